import Annals
import Definitions

/// What the fields of each column are, over a sample of the rows or over all of them.
struct ColumnSurvey {
    enum Kind {
        case text, figure
    }

    /// Counts of one column.
    struct Column {
        var numbers = 0
        var leadingZeros = 0
        var symbols = 0
        var blanks = 0
        /// Numbers that no key would be: negative, or with decimals.
        var fractions = 0
        /// Different fields that are neither, the first few.
        var oddities = Oddities()
        var hasWords = false
        /// What its numbers say about point and comma.
        var style = NumberStyleSurvey()

        /// Whether the column could hold codes: whole numbers everywhere.
        var isWhole: Bool { numbers > 0 && symbols == 0 && blanks == 0 && fractions == 0 && oddities.isEmpty }

        /// Nil where there is nothing to tell by: blanks alone, or symbols that nobody explains.
        var kind: Kind? {
            if leadingZeros > 0 || hasWords { return .text }
            if oddities.isEmpty { return numbers > 0 || symbols > 0 ? .figure : nil }
            if numbers > oddities.count { return .figure }
            return numbers > 0 || symbols > 0 || oddities.haveLetters ? .text : nil
        }

        var isBlank: Bool { numbers == 0 && symbols == 0 && oddities.isEmpty && !hasWords }
    }

    private(set) var columns: [Column]
    /// Whether every row was looked at.
    private(set) var isComplete = false
    private(set) var rowCount = 0

    /// - Parameters:
    ///   - text: The whole text.
    ///   - form: Where its rows are.
    ///   - dialect: Knows the symbols.
    ///   - limits: For the line limit.
    ///   - sampleRows: How many rows at most; nil for all.
    /// - Throws: A record that can't be cut.
    init(
        _ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm, dialect: Dialect, limits: ReadingLimits,
        sampleRows: Int?
    ) throws(Reason) {
        columns = [Column](repeating: Column(), count: form.header.count)
        let reader = FigureReader(dialect: dialect, style: NumberStyle(decimalMark: nil, grouping: []))
        let scanner = FieldScanner(text: text, delimiter: form.delimiter)
        for record in form.sample.records where record.start >= form.bodyStart {
            add(form.sample.fields[record.fields], record.line, scanner, reader)
        }
        // A sample is longer than what told the delimiter.
        var records = RecordScanner(
            text, delimiter: form.delimiter, position: form.sample.end.position, line: form.sample.end.line,
            lineLimit: limits.lineBytes)
        var fields: [Field] = []
        while let line = try records.next(&fields) {
            add(fields[...], line, scanner, reader)
            if let sampleRows, rowCount >= sampleRows, records.position < text.count { return }
        }
        isComplete = true
    }

    /// Rows of another width are notes or mistakes; the scan tells them apart.
    private mutating func add(
        _ fields: ArraySlice<Field>, _ line: Int, _ scanner: FieldScanner, _ reader: FigureReader
    ) {
        guard fields.count == columns.count else { return }
        for (column, field) in fields.enumerated() {
            columns[column].add(field, scanner.text, reader) {
                .init(line: line, column: column + 1, text: FieldText.string($0))
            }
        }
        rowCount += 1
    }

    /// What the figures of some columns say together about point and comma.
    func style(of figures: [Int], dialect: Dialect) throws(Reason) -> NumberStyle {
        var together = NumberStyleSurvey()
        for column in figures { together.merge(columns[column].style) }
        return try together.style(dialect)
    }
}

extension ColumnSurvey.Column {
    /// Counts one field; `place` is asked where it tells of point and comma.
    @inline(__always)
    mutating func add(
        _ field: Field, _ text: UnsafeBufferPointer<UInt8>, _ reader: FigureReader,
        place: (UnsafeBufferPointer<UInt8>) -> NumberStyleSurvey.Place
    ) {
        if field.start == field.end {
            blanks += 1
            return
        }
        let bytes = FieldText.trimmed(UnsafeBufferPointer(rebasing: text[field.start..<field.end]))
        if NumberShape.isDigitsAlone(bytes) {
            numbers += 1
            if NumberShape.hasLeadingZero(digits: bytes) { leadingZeros += 1 }
            style.addPlain(digits: bytes.count)
            return
        }
        var figure: Figure?
        if let shape = NumberShape(bytes), shape.evidence != .invalid {
            let isPlain = shape.end == bytes.count
            var isFlagged = false
            if !isPlain {
                let read = reader.read(bytes, shape: shape)
                if case .number = read { isFlagged = true }
                figure = read
            }
            if isPlain || isFlagged || shape.separatorCount > 0 && isKnownSuffix(bytes, shape, reader) {
                addNumber(shape) { place(bytes) }
                return
            }
        }
        if case .symbol = figure ?? reader.read(bytes) {
            symbols += 1
        } else if !hasWords, !oddities.addAgain(bytes) {
            addOddity(FieldText.string(bytes))
        }
    }

    /// Whether marks that the dialect knows follow a number whose style isn't known yet.
    private func isKnownSuffix(
        _ bytes: UnsafeBufferPointer<UInt8>, _ shape: NumberShape, _ reader: FigureReader
    ) -> Bool {
        let suffix = "1" + FieldText.string(UnsafeBufferPointer(rebasing: bytes[shape.end...]))
        if case .number = FieldText.withBytes(of: suffix, { reader.read($0) }) { return true }
        return false
    }

    private mutating func addNumber(_ shape: NumberShape, place: () -> NumberStyleSurvey.Place) {
        numbers += 1
        if shape.hasLeadingZero { leadingZeros += 1 }
        style.add(shape, place: place)
        if shape.isNegative || shape.separatorCount > 0 { fractions += 1 }
    }

    private mutating func addOddity(_ text: String) {
        // Symbols are short and have no digits; anything longer is a word, and the column one of text.
        if text.count > 5 || text.contains(where: \.isNumber) || text.contains("\u{FFFD}") {
            hasWords = !isNumberWithMark(text)
            if hasWords { return }
        }
        if !oddities.add(text) {
            oddities = Oddities()
            hasWords = true
        }
    }

    /// `12*`, `153 p`: a figure with a mark that the dialect doesn't explain; not `105+`, `1 year`, `0-4`.
    private func isNumberWithMark(_ text: String) -> Bool {
        FieldText.withBytes(of: text) { bytes in
            guard let shape = NumberShape(bytes), shape.evidence != .invalid, shape.end < bytes.count else {
                return false
            }
            let suffix = FieldText.string(
                FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...])))
            return suffix.count <= 2 && !suffix.contains { $0.isNumber || $0 == "+" || $0 == "-" || $0 == "–" }
        }
    }
}

/// Fields of a column that are neither figures nor symbols, the first few different ones, and how often each stands there.
struct Oddities {
    private struct Entry {
        var text: String
        var bytes: [UInt8]
        var count: Int
    }

    private var entries: [Entry] = []

    private static let maximumCount = 5

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }
    var haveLetters: Bool { entries.contains { $0.text.contains(where: \.isLetter) } }

    /// The texts, those first that stand there most often.
    var mostFrequentFirst: [String] {
        entries.sorted { ($1.count, $0.text) < ($0.count, $1.text) }.map(\.text)
    }

    /// Counts a field that stood there before, byte by byte; false where none did.
    mutating func addAgain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let place = entries.firstIndex(where: { $0.bytes.count == bytes.count && $0.bytes.elementsEqual(bytes) })
        else { return false }
        entries[place].count += 1
        return true
    }

    /// Counts a field; false where it would be one different field too many.
    mutating func add(_ text: String) -> Bool {
        if let place = entries.firstIndex(where: { $0.text == text }) {
            entries[place].count += 1
            return true
        }
        entries.append(Entry(text: text, bytes: Array(text.utf8), count: 1))
        return entries.count <= Self.maximumCount
    }
}
