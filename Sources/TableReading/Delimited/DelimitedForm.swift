import Annals
import Glibc

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

    private static let delimiters: [(byte: UInt8, name: String)] = [
        (0x09, "tab"), (0x3B, "semicolon"), (0x2C, "comma"),
    ]
    private static let sampleRecords = 300
    private static let sampleBytes = 1 << 20

    /// What a candidate delimiter makes of the sample.
    private struct Trial {
        var delimiter: UInt8
        /// Fields of most records.
        var width: Int
        /// Share of the records that have that width, 0…1.
        var support: Double
        /// Offset and line of the first record of that width.
        var headerStart: Int
        var headerLine: Int
        var above: [String]
        var widthAbove: Int
    }

    /// Nil where no delimiter parts most lines into equally many fields, two at least.
    ///
    /// The title above the table may hold commas of its own, so it is the width of most records that counts; between
    /// equals, a tab before a semicolon before a comma, since the later ones occur in figures and texts.
    init?(_ text: UnsafeBufferPointer<UInt8>, lineLimit: Int) {
        let trials = Self.delimiters.compactMap { delimiter in
            Self.mayPart(text, delimiter.byte, lineLimit: lineLimit)
                ? Self.trial(text, delimiter: delimiter.byte, lineLimit: lineLimit) : nil
        }
        guard let best = trials.max(by: { $0.support < $1.support }), best.support > 0.4,
            let trial = trials.first(where: { $0.support == best.support })
        else { return nil }
        delimiter = trial.delimiter
        headerLine = trial.headerLine
        above = trial.above
        widthAbove = trial.widthAbove
        var records = RecordScanner(
            text, delimiter: trial.delimiter, position: trial.headerStart, line: trial.headerLine, lineLimit: lineLimit)
        var fields: [Field] = []
        guard (try? records.next(&fields)) != nil else { return nil }  // the trial read the same record without error
        header = fields.map { FieldText.collapsed(records.scanner.string($0)) }
        bodyStart = records.position
        bodyLine = records.line
    }

    /// Whether the byte stands anywhere in the records that a trial looks at.
    private static func mayPart(_ text: UnsafeBufferPointer<UInt8>, _ byte: UInt8, lineLimit: Int) -> Bool {
        let (end, overflow) = sampleBytes.addingReportingOverflow(lineLimit)
        let sample = overflow ? text : UnsafeBufferPointer(rebasing: text.prefix(end))
        return sample.baseAddress.map { memchr($0, Int32(byte), sample.count) != nil } ?? false
    }

    private static func trial(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, lineLimit: Int) -> Trial? {
        var records = RecordScanner(text, delimiter: delimiter, lineLimit: lineLimit)
        var fields: [Field] = []
        var seen: [(width: Int, start: Int, line: Int)] = []
        while seen.count < sampleRecords, records.position < sampleBytes {
            let start = records.position
            // A record that can't be cut ends the sample; whoever reads the file says why.
            guard let line = try? records.next(&fields) else { break }
            if fields.count == 1, fields[0].start == fields[0].end { continue }
            // "sep=;" tells a spreadsheet program the delimiter; it is no part of the table.
            if start == 0, text.prefix(4).elementsEqual("sep=".utf8) { continue }
            seen.append((fields.count, start, line))
        }
        var counts: [Int: Int] = [:]
        for record in seen where record.width > 1 { counts[record.width, default: 0] += 1 }
        guard let (width, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
            let place = seen.firstIndex(where: { $0.width == width })
        else { return nil }
        let above = seen[..<place].map { record in
            let end = text[record.start...].firstIndex(of: 0x0A) ?? text.count
            return unquoted(FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: text[record.start..<end])))
        }
        return Trial(
            delimiter: delimiter, width: width, support: Double(count) / Double(seen.count),
            headerStart: seen[place].start, headerLine: seen[place].line, above: above,
            widthAbove: place == 0 ? 0 : seen[place - 1].width)
    }

    private static func unquoted(_ line: String) -> String {
        guard line.count > 1, line.hasPrefix("\""), line.hasSuffix("\"") else { return line }
        return String(line.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
}
