import Annals

/// How a delimited file is laid out: what parts its fields, where its header stands.
struct DelimitedForm {
    let delimiter: UInt8
    /// Column names, quotes and spaces removed.
    let header: [String]
    let headerLine: Int
    /// Lines above the header, as printed.
    let above: [String]
    /// Fields of the line right above the header, 0 where there is none.
    let widthAbove: Int
    /// Offset of the first row.
    let bodyStart: Int
    /// Line of the first row.
    let bodyLine: Int
    /// The first records, the header's and those above it included.
    let sample: RecordSample

    private static let delimiters: [(byte: UInt8, name: String)] = [
        (0x09, "tab"), (0x3B, "semicolon"), (0x2C, "comma"),
    ]

    /// What a candidate delimiter makes of the sample.
    private struct Trial {
        var delimiter: UInt8
        var sample: RecordSample
        /// Share of the records that have the width of most, 0…1.
        var support: Double
        /// The first record that has the width of most.
        var header: Int
    }

    /// Nil where no delimiter parts most lines into equally many fields, two at least.
    ///
    /// The title above the table may hold commas of its own, so it is the width of most records that counts; between
    /// equals, a tab before a semicolon before a comma, since the later ones occur in figures and texts.
    init?(_ text: UnsafeBufferPointer<UInt8>, lineLimit: Int) {
        let trials = Self.delimiters.compactMap { delimiter in
            RecordSample.mayHold(delimiter.byte, text, lineLimit: lineLimit)
                ? Self.trial(text, delimiter: delimiter.byte, lineLimit: lineLimit) : nil
        }
        guard let best = trials.max(by: { $0.support < $1.support }), best.support > 0.4,
            let trial = trials.first(where: { $0.support == best.support })
        else { return nil }
        let records = trial.sample.records
        let scanner = FieldScanner(text: text, delimiter: trial.delimiter)
        delimiter = trial.delimiter
        sample = trial.sample
        header = sample.fields[records[trial.header].fields].map { FieldText.collapsed(scanner.string($0)) }
        headerLine = records[trial.header].line
        above = records[..<trial.header].map { record in
            let end = text[record.start...].firstIndex(of: 0x0A) ?? text.count
            return Self.unquoted(FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: text[record.start..<end])))
        }
        widthAbove = trial.header == 0 ? 0 : records[trial.header - 1].fields.count
        (bodyStart, bodyLine) = records[trial.header].next
    }

    private static func trial(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, lineLimit: Int) -> Trial? {
        let sample = RecordSample(text, delimiter: delimiter, lineLimit: lineLimit)
        var counts: [Int: Int] = [:]
        for record in sample.records where record.fields.count > 1 { counts[record.fields.count, default: 0] += 1 }
        guard let (width, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
            let header = sample.records.firstIndex(where: { $0.fields.count == width })
        else { return nil }
        return Trial(
            delimiter: delimiter, sample: sample, support: Double(count) / Double(sample.records.count),
            header: header)
    }

    private static func unquoted(_ line: String) -> String {
        guard line.count > 1, line.hasPrefix("\""), line.hasSuffix("\"") else { return line }
        return String(line.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
}
