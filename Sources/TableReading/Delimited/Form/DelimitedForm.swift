import Annals
import Definitions

/// How a delimited file is laid out: what parts its fields, where its heading and its rows stand.
struct DelimitedForm {
    let delimiter: UInt8
    /// Column names, quotes and spaces removed; where the heading has several lines, these joined.
    let header: [String]
    let headerLine: Int
    /// The first line of the heading as it is printed, one text a field; rows that repeat it are none.
    let printedHeader: [String]
    /// Lines above the header, as printed.
    let above: [String]
    /// Offset of the first row.
    let bodyStart: Int
    /// Line of the first row.
    let bodyLine: Int
    /// The first records, the header's and those above it included.
    let sample: RecordSample
    /// Why the header can't be used; said once the file is read.
    let missing: Reason?
    /// Whether a program wrote it in a format of its own: the heading is the first record, and all others are rows.
    let isExact: Bool
    /// What was passed over between heading and rows.
    private(set) var findings: [Finding] = []

    private static let delimiters: [(byte: UInt8, name: String)] = [
        (0x09, "tab"), (0x3B, "semicolon"), (0x2C, "comma"),
    ]

    /// What a candidate delimiter makes of the sample.
    private struct Trial {
        var delimiter: UInt8
        var sample: RecordSample
        /// Share of the records that have the width of most, 0…1.
        var support: Double
        /// Fields of most records.
        var width: Int
    }

    /// Nil where no delimiter parts most lines into equally many fields, two at least.
    ///
    /// The title above the table may hold commas of its own, so it is the width of most records that counts; between
    /// equals, a tab before a semicolon before a comma, since the later ones occur in figures and texts.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - layout: What a definition says of where the table begins.
    ///   - known: What parts the fields, where that is known.
    ///   - lineLimit: The longest line.
    init?(
        _ text: UnsafeBufferPointer<UInt8>, layout: DatasetDefinition.Layout = DatasetDefinition.Layout(),
        delimiter known: UInt8? = nil, lineLimit: Int
    ) {
        isExact = false
        let start = Self.start(text, layout)
        let known = known ?? (layout.positions.isEmpty ? nil : FixedWidth.delimiter)
        let delimiters = known.map { [$0] } ?? Self.delimiters.map(\.byte)
        let trials = delimiters.compactMap { delimiter in
            RecordSample.mayHold(delimiter, text, lineLimit: lineLimit)
                ? Self.trial(text, from: start, delimiter: delimiter, lineLimit: lineLimit) : nil
        }
        guard
            let trial =
                known == nil
                ? Self.best(trials) ?? Self.piped(text, from: start, lineLimit: lineLimit)
                : trials.first
        else { return nil }
        let records = trial.sample.records
        let scanner = FieldScanner(text: text, delimiter: trial.delimiter)
        let first: Int
        let last: Int
        do throws(HeaderSearch.Missing) {
            if layout.header == .none || !layout.positions.isEmpty && !Self.hasHeading(trial, scanner, layout) {
                let given = layout.givenNames
                header = given.isEmpty ? Array(repeating: "", count: trial.width) : given
                (missing, sample, delimiter) = (nil, trial.sample, trial.delimiter)
                (printedHeader, headerLine, above) = ([], records[0].line, [])
                (bodyStart, bodyLine) = (records[0].start, records[0].line)
                return
            }
            if let other = Self.otherDelimiter(trial, scanner, lineLimit: lineLimit) {
                throw .delimiter(line: records[0].line, heading: trial.delimiter, rows: other)
            }
            let search = try HeaderSearch(trial.sample, scanner, layout.header)
            (first, last) = (search.first, search.further.isEmpty ? search.first : search.further.upperBound - 1)
            header = layout.positions.isEmpty ? search.names : layout.givenNames
            missing = nil
            findings = search.numbersLine.map { [ColumnNumbers.finding(line: $0)] } ?? []
        } catch {
            let place = records.firstIndex { $0.fields.count > 1 } ?? 0
            (first, last) = (place, place)
            header = trial.sample.fields[records[place].fields].map { FieldText.collapsed(scanner.string($0)) }
            missing = Self.reason(error)
        }
        printedHeader = trial.sample.fields[records[first].fields].map { FieldText.collapsed(scanner.string($0)) }
        headerLine = records[first].line
        above = records[..<first].map { record in
            let filled = trial.sample.fields[record.fields].filter { $0.start < $0.end }
            if filled.isEmpty { return "" }
            if filled.count == 1 { return LabelText.withoutInvisible(FieldText.collapsed(scanner.string(filled[0]))) }
            let end = ByteSearch.first(0x0A, in: text, from: record.start) ?? text.count
            return Self.unquoted(FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: text[record.start..<end])))
        }
        (bodyStart, bodyLine) = records[last].next
        delimiter = trial.delimiter
        sample = trial.sample
    }

    /// Of a text that a program wrote in a format of its own: the first record is the heading, all others are rows.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - delimiter: What parts its fields.
    ///   - lineLimit: The longest line.
    ///   - names: What the columns are called, from the heading as printed; nil where it is none of the format.
    init?(
        exactly text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, lineLimit: Int, names: ([String]) -> [String]?
    ) {
        let sample = RecordSample(text, delimiter: delimiter, lineLimit: lineLimit)
        guard let first = sample.records.first else { return nil }
        let scanner = FieldScanner(text: text, delimiter: delimiter)
        printedHeader = sample.fields[first.fields].map { FieldText.collapsed(scanner.string($0)) }
        guard let header = names(printedHeader) else { return nil }
        self.header = header
        self.delimiter = delimiter
        self.sample = sample
        (headerLine, above, missing, isExact) = (first.line, [], nil, true)
        (bodyStart, bodyLine) = first.next
    }

    /// Pipes, where none of the others parts the lines: `Region|2010|2011`.
    ///
    /// What they frame or draw (`| Region | 2010 |`) is a page.
    private static func piped(
        _ text: UnsafeBufferPointer<UInt8>, from start: (position: Int, line: Int), lineLimit: Int
    ) -> Trial? {
        let pipe = UInt8(ascii: "|")
        guard RecordSample.mayHold(pipe, text, lineLimit: lineLimit),
            let trial = best([trial(text, from: start, delimiter: pipe, lineLimit: lineLimit)].compactMap(\.self)),
            trial.sample.records.allSatisfy({ text[$0.start] != pipe })
        else { return nil }
        return trial
    }

    private static func best(_ trials: [Trial]) -> Trial? {
        guard let best = trials.map(\.support).max(), best > 0.4 else { return nil }
        return trials.first { $0.support == best }
    }

    /// Which line above the header is the title.
    private var titlePlace: Int? {
        above.firstIndex {
            $0.contains(where: \.isLetter) && !NoteLine.tellsOfPublication($0) && !NoteLine.tellsOfLayout($0)
        }
    }

    /// The title, without a sentence on when it was published; nil where no line above the header is one.
    var title: String? {
        titlePlace.map { place in
            let sentences = above[place].split(separator: ". ", omittingEmptySubsequences: false)
            return sentences.filter { !NoteLine.tellsOfPublication(String($0)) }.joined(separator: ". ")
        }
    }

    /// The other lines above the header.
    var remarks: [String] {
        let title = titlePlace
        return above.indices.filter { $0 != title && !above[$0].isEmpty }.map { above[$0] }
    }

    /// Whether a file of fixed width has a heading above its rows; the definition names its columns anyway.
    private static func hasHeading(
        _ trial: Trial, _ scanner: FieldScanner, _ layout: DatasetDefinition.Layout
    ) -> Bool {
        guard layout.header == .found else { return true }
        // Nothing found is an answer here, not an error.
        return (try? HeaderSearch(trial.sample, scanner, layout.header)) != nil
    }

    /// Behind the lines that a definition skips.
    private static func start(
        _ text: UnsafeBufferPointer<UInt8>, _ layout: DatasetDefinition.Layout
    ) -> (position: Int, line: Int) {
        var wanted = layout.skip
        if case .line(let number) = layout.header { wanted = max(wanted, number - 1) }
        var start = (position: 0, line: 1)
        while start.line <= wanted, let end = text[start.position...].firstIndex(of: 0x0A) {
            start = (end + 1, start.line + 1)
        }
        return start
    }

    /// The semicolon, where decimal commas look like the delimiter: `Land,2010` above `Austria;92454,5`.
    private static func otherDelimiter(_ trial: Trial, _ scanner: FieldScanner, lineLimit: Int) -> UInt8? {
        guard trial.delimiter == 0x2C, trial.sample.records.count > 2,
            RecordSample.mayHold(0x3B, scanner.text, lineLimit: lineLimit)
        else { return nil }
        let rows = trial.sample.records.dropFirst()
        let parted = rows.count { record in
            let field = trial.sample.fields[record.fields.lowerBound]
            let bytes = scanner.text[field.start..<field.end]
            guard let semicolon = bytes.firstIndex(of: 0x3B), semicolon + 1 < bytes.endIndex else { return false }
            return NumberShape.isDigit(bytes[semicolon + 1]) || bytes[semicolon + 1] == 0x2D
        }
        return parted * 10 >= rows.count * 9 ? 0x3B : nil
    }

    private static func reason(_ missing: HeaderSearch.Missing) -> Reason {
        switch missing {
        case .heading(let line, let column, let found):
            Reason(
                "The file has no header line", line: line, column: column, found: found,
                expected: "column names above the figures", remedy: "Export the table with its column names")
        case .number(let line, let column, let found):
            Reason(
                "`\(found)` stands where columns are named, and is neither a name nor a year", line: line,
                column: column, found: found, expected: "a name, or a year such as 2010, above each column of figures",
                remedy:
                    "Correct it, with a footnote's mark apart from its year; where the line names the columns as it "
                    + "is, say so in a definition: `header: {lines: 1}`; where it is a row, export the table with its "
                    + "column names")
        case .delimiter(let line, let heading, let rows):
            Reason(
                "The heading is parted by `\(Character(Unicode.Scalar(heading)))`, the rows by "
                    + "`\(Character(Unicode.Scalar(rows)))`",
                line: line, expected: "one delimiter in the whole file",
                remedy: "Export the table again, heading included")
        case .width(let line, let found, let expected):
            PageLayout.widthReason(line: line, found: found, expected: expected)
        case .span(let line, let column, let unclear, let lines):
            unclear.reason(
                line: line, column: column,
                declared: lines.map {
                    "; where it goes on to the right as far as the next, say so in a definition: `header: {lines: \($0)}`"
                })
        case .lastName(let line, let names):
            Reason(
                "The last column has figures and no name: the heading may stand one column too far to the left",
                line: line, column: names.count, found: names.filter { !$0.isEmpty }.joined(separator: ", "),
                expected: "a name above each column of figures",
                remedy: "Leave the first field of the heading empty if it is shifted; put quotes around figures with a "
                    + "decimal comma; if the column has no name, say so in a definition: `header: {lines: 1}`")
        }
    }

    private static func trial(
        _ text: UnsafeBufferPointer<UInt8>, from start: (position: Int, line: Int), delimiter: UInt8, lineLimit: Int
    ) -> Trial? {
        let sample = RecordSample(text, from: start, delimiter: delimiter, lineLimit: lineLimit)
        let counts = sample.widths
        guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return nil }
        // Lines without the delimiter are title and notes, of which a short table may have more than rows.
        let parted = counts.values.reduce(0, +)
        let bare = sample.records.count - parted
        let counted = most.value < fewestAlike ? bare : min(bare, parted)
        return Trial(
            delimiter: delimiter, sample: sample, support: Double(most.value) / Double(parted + counted),
            width: most.key)
    }

    private static let fewestAlike = 3

    private static func unquoted(_ line: String) -> String {
        guard line.count > 1, line.hasPrefix("\""), line.hasSuffix("\"") else { return line }
        return String(line.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
}
