import Annals
import Definitions

/// What the fields of each column are, over a sample of the rows or over all of them.
///
/// It decides no role: it tells what is worth keeping of each column while the rows are gone through.
struct ColumnSurvey {
    /// Counts of one column.
    struct Column {
        var numbers = 0
        /// A number and something behind it that nobody explains: `12*`, `153 p`.
        var markedNumbers = 0
        /// Numbers with a percent sign behind them, among ``markedNumbers``.
        var percentages = 0
        var leadingZeros = 0
        var symbols = 0
        var blanks = 0
        /// Numbers that no key would be: negative, or with decimals.
        var fractions = 0
        /// Fields that are none of these.
        var others = 0
        /// Of the fields that are digits alone.
        var greatest: UInt64 = 0
        /// What its numbers say about point and comma.
        var style = NumberStyleSurvey()

        var isBlank: Bool { numbers == 0 && markedNumbers == 0 && symbols == 0 && others == 0 }

        /// Whether at least half of its filled fields are figures, symbols aside.
        var isMostlyFigures: Bool {
            let figures = numbers + markedNumbers
            return figures > 0 && figures >= others
        }

        /// Whether its figures have percent signs: all of them, or as many as haven't, which are zeros or slips.
        var isOfPercentages: Bool {
            percentages > 0 && percentages == markedNumbers && percentages >= numbers && others == 0
        }

        /// Whether there are whole numbers and nothing else.
        var isWhole: Bool {
            numbers > 0 && markedNumbers == 0 && symbols == 0 && blanks == 0 && fractions == 0 && others == 0
        }
    }

    private(set) var columns: [Column]
    /// Whether every row was looked at.
    private(set) var isComplete = false
    private(set) var rowCount = 0

    /// - Parameters:
    ///   - text: The text, up to the notes below its rows.
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
        var recent = RecentTexts(text, columns: form.header.count)
        let reader = FigureReader(dialect: dialect, style: NumberStyle(decimalMark: nil, grouping: []))
        let scanner = FieldScanner(text: text, delimiter: form.delimiter)
        var sampled = 0
        for record in form.sample.records where record.start >= form.bodyStart && record.next.position <= text.count {
            add(form.sample.fields[record.fields], record.line, scanner, reader, &recent)
            sampled = record.next.position
        }
        guard sampled < text.count else {
            isComplete = true
            return
        }
        // A sample is longer than what told the delimiter.
        var records = RecordScanner(
            text, delimiter: form.delimiter, position: form.sample.end.position, line: form.sample.end.line,
            lineLimit: limits.lineBytes)
        var fields: [Field] = []
        while let line = try records.next(&fields) {
            add(fields[...], line, scanner, reader, &recent)
            if let sampleRows, rowCount >= sampleRows, records.position < text.count { return }
        }
        isComplete = true
    }

    /// Rows of another width are notes or mistakes; the scan tells them apart.
    private mutating func add(
        _ fields: ArraySlice<Field>, _ line: Int, _ scanner: FieldScanner, _ reader: FigureReader,
        _ recent: inout RecentTexts
    ) {
        guard fields.count == columns.count else { return }
        let text = scanner.text
        columns.withUnsafeMutableBufferPointer { columns in
            fields.withUnsafeBufferPointer { fields in
                // Bounds: as many fields as columns.
                for column in 0..<columns.count {
                    let place = fields[column].start..<fields[column].end
                    if place.isEmpty {
                        columns[column].blanks += 1
                        continue
                    }
                    let bytes = FieldText.trimmed(UnsafeBufferPointer(rebasing: text[place]))
                    if let number = NumberShape.value(ofDigitsAlone: bytes) {
                        columns[column].add(number, digits: bytes)
                    } else if let known = recent.kind(of: place, column) {
                        columns[column].count(known)
                    } else {
                        let kind = columns[column].add(bytes, reader) {
                            .init(line: line, column: column + 1, text: FieldText.string($0))
                        }
                        if let kind { recent.keep(place, kind, column) }
                    }
                }
            }
        }
        rowCount += 1
    }
}

extension ColumnSurvey.Column {
    /// What a text without a figure is, and a figure that tells nothing of point and comma.
    enum Kind {
        case symbol, marked, other
    }

    @inline(__always)
    fileprivate mutating func count(_ kind: Kind) {
        switch kind {
        case .symbol: symbols += 1
        case .marked: markedNumbers += 1
        case .other: others += 1
        }
    }

    @inline(__always)
    fileprivate mutating func add(_ number: UInt64, digits: UnsafeBufferPointer<UInt8>) {
        numbers += 1
        if NumberShape.hasLeadingZero(digits: digits) { leadingZeros += 1 }
        greatest = max(greatest, number)
    }

    /// Counts a field that is more than digits; `place` is asked where it tells of point and comma.
    ///
    /// - Returns: What another field of the same bytes counts as; nil where that one has to be looked at again.
    fileprivate mutating func add(
        _ bytes: UnsafeBufferPointer<UInt8>, _ reader: FigureReader,
        place: (UnsafeBufferPointer<UInt8>) -> NumberStyleSurvey.Place
    ) -> Kind? {
        let shape = NumberShape(bytes).flatMap { $0.evidence == .invalid ? nil : $0 }
        var figure: Figure?
        if let shape {
            let isPlain = shape.end == bytes.count
            var isFlagged = false
            if !isPlain {
                let read = reader.read(bytes, shape: shape)
                if case .number = read { isFlagged = true }
                figure = read
            }
            if isPlain || isFlagged || shape.separatorCount > 0 && isKnownSuffix(bytes, shape, reader) {
                addNumber(shape) { place(bytes) }
                return nil
            }
        }
        var kind = Kind.other
        if case .symbol = figure ?? reader.read(bytes) {
            kind = .symbol
        } else if let shape, isNumberWithMark(bytes, shape) {
            kind = .marked
            if bytes.last == UInt8(ascii: "%") {
                markedNumbers += 1
                percentages += 1
                style.add(shape) { place(bytes) }
                return nil
            }
        }
        count(kind)
        return kind
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

    /// `12*`, `153 p`: a figure with a mark that the dialect doesn't explain; not `105+`, `1 year`, `0-4`.
    private func isNumberWithMark(_ bytes: UnsafeBufferPointer<UInt8>, _ shape: NumberShape) -> Bool {
        guard shape.end < bytes.count, bytes.count <= shape.end + 8 else { return false }
        let suffix = FieldText.string(FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...])))
        return suffix.count <= 2 && !suffix.contains { $0.isNumber || $0 == "+" || $0 == "-" || $0 == "–" }
    }
}
