import Annals
import Definitions

/// Finds the heading of a delimited table among its first records.
///
/// Decided by what the lines are, from the first row of figures upward: a row has a figure that is no year in a column of
/// figures. The heading is the first line above it that names those columns; what stands above that is title and remarks,
/// whether a spreadsheet padded it or not. Lines between the heading and the rows whose keys are empty belong to it: years
/// below contents, or the units.
///
///     Population by region;;          title, padded
///     region;Births;Births            heading
///     ;2010;2011                      its second line
///     North;120;121                   first row
struct HeaderSearch {
    /// Index of the record that is the heading, among the records.
    private(set) var first: Int
    /// Further lines of the heading, right below it.
    private(set) var further: Range<Int>
    /// Names of the columns, the lines of the heading joined.
    private(set) var names: [String]

    /// What is wrong where no heading is found.
    enum Missing: Error {
        case heading(line: Int, column: Int, found: String)
        /// A line stands above the rows, and has another number of fields.
        case width(line: Int, found: Int, expected: Int)
        /// The heading is parted by one delimiter, the rows by another.
        case delimiter(line: Int, heading: UInt8, rows: UInt8)
    }

    /// - Parameters:
    ///   - sample: The first records, one at least.
    ///   - scanner: Cuts their fields.
    ///   - declared: What a definition says of the lines of the heading.
    /// - Throws: Where figures stand that nothing names.
    init(
        _ sample: RecordSample, _ scanner: FieldScanner, _ declared: DatasetDefinition.Layout.Header = .found
    ) throws(Missing) {
        let records = sample.records
        // A few lines behind the first row tell the columns of figures; making texts of all would cost more than reading them.
        func cut(_ count: Int) -> [[String]] {
            records.prefix(count).map { record in sample.fields[record.fields].map { Self.text($0, scanner) } }
        }
        var texts = cut(Self.firstLines)
        if records.count > texts.count, (Self.firstRow(texts) ?? .max) > Self.firstLines / 2 {
            texts = cut(records.count)
        }
        if let lines = Self.declaredLines(declared), lines <= texts.count {
            // So many lines together, from the first that has the fields of a row.
            let width = Self.usualWidth(texts)
            first = texts.firstIndex { $0.count == width } ?? 0
            further = first + 1..<max(first + 1, min(texts.count, first + lines))
            names = texts[further].reduce(texts[first]) { $1.count == $0.count ? Self.joined($0, $1) : $0 }
            return
        }
        let row = Self.firstRow(texts)
        let width = row.map { texts[$0].count } ?? Self.usualWidth(texts)
        let figures = Self.figureColumns(texts, width: width, from: row ?? 0)
        let end = row ?? texts.count
        var start: Int?
        for index in 0..<end where start == nil && texts[index].count == width {
            if Self.isHeading(texts, index, figures: figures, end: end) { start = index }
        }
        guard let start else {
            guard let row else {
                // No row has a figure: the first line of the table's width names the columns.
                first = texts.firstIndex { $0.count == width && Self.filled($0) > 1 } ?? 0
                further = first + 1..<first + 1
                names = texts[first]
                return
            }
            first = row
            further = row..<row
            names = texts[row]
            guard !Self.countsOn(texts[row], figures: figures, rows: texts[(row + 1)...]) else { return }
            if row > 0, texts[row - 1].count > 1, texts[row - 1].count != width, Self.filled(texts[row - 1]) > 1 {
                throw .width(line: records[row].line, found: width, expected: texts[row - 1].count)
            }
            let column = texts[row].firstIndex { Self.isFigure($0) } ?? 0
            throw .heading(line: records[max(0, row - 1)].line, column: column + 1, found: texts[row][column])
        }
        first = start
        names = texts[start]
        var next = start + 1
        while next < end, texts[next].count == width, Self.filled(texts[next]) > 0,
            Self.belongsToHeading(texts[next], figures: figures, below: names)
        {
            if texts[next] != texts[next - 1] { names = Self.joined(names, texts[next]) }
            next += 1
        }
        further = start + 1..<next
    }

    private static func text(_ field: Field, _ scanner: FieldScanner) -> String {
        LabelText.withoutInvisible(FieldText.collapsed(scanner.string(field)))
    }

    private static func declaredLines(_ header: DatasetDefinition.Layout.Header) -> Int? {
        switch header {
        case .lines(let count): max(1, count)
        case .line: 1
        case .found, .none: nil
        }
    }

    private static let firstLines = 40

    // MARK: Rows

    private static func filled(_ record: [String]) -> Int { record.reduce(0) { $1.isEmpty ? $0 : $0 + 1 } }

    /// Whether a field is a figure; `65+` is an age.
    static func isFigure(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.last != UInt8(ascii: "+")
            && FieldText.withBytes(of: text) { NumberShape($0).map { $0.evidence != .invalid } ?? false }
            && FieldText.looksLikeFigure(text)
    }

    private static func isYear(_ text: String) -> Bool {
        if case .none = YearHeading.parse(text) { false } else { true }
    }

    /// The first record with a figure that is no year, beside another filled field.
    private static func firstRow(_ texts: [[String]]) -> Int? {
        texts.indices.first { index in
            let record = texts[index]
            guard record.count > 1, filled(record) > 1 else { return false }
            let figures = record.indices.filter { isFigure(record[$0]) }
            if isNote(record), !figures.contains(where: { $0 > 0 }) { return false }
            if figures.contains(where: { !isYear(record[$0]) }) { return true }
            return !figures.isEmpty && standsBelowNames(texts, index, figures: figures)
        }
    }

    /// Whether what look like years are figures: names stand above them, and a label beside them.
    private static func standsBelowNames(_ texts: [[String]], _ index: Int, figures: [Int]) -> Bool {
        let record = texts[index]
        let labels = record.indices.filter { !figures.contains($0) && !record[$0].isEmpty }
        guard !labels.isEmpty, !labels.contains(where: { ColumnNames.isYear(record[$0]) }) else { return false }
        return texts[..<index].contains { above in
            above.count == record.count && figures.allSatisfy { !above[$0].isEmpty && !isFigure(above[$0]) }
                && labels.contains { !above[$0].isEmpty }
        }
    }

    /// A title or a source that happens to have delimiters in it.
    private static func isNote(_ record: [String]) -> Bool {
        record.count > 1 && NoteLine.beginsLikeNote(record[0])
    }

    private static func usualWidth(_ texts: [[String]]) -> Int {
        var counts: [Int: Int] = [:]
        for record in texts where record.count > 1 { counts[record.count, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
    }

    /// The columns in which more than half of the filled fields are figures.
    private static func figureColumns(_ texts: [[String]], width: Int, from row: Int) -> [Bool] {
        var figures = [Int](repeating: 0, count: width)
        var fields = figures
        for record in texts[row...] where record.count == width && filled(record) > 1 {
            for (column, text) in record.enumerated() where !text.isEmpty {
                fields[column] += 1
                if isFigure(text) { figures[column] += 1 }
            }
        }
        return (0..<width).map { figures[$0] * 2 > fields[$0] }
    }

    // MARK: Headings

    /// Whether a line names most of the columns of figures, alone or with the line below it.
    private static func isHeading(_ texts: [[String]], _ index: Int, figures: [Bool], end: Int) -> Bool {
        let record = texts[index]
        guard filled(record) > 1 || record.count == 2 && !(record.last?.isEmpty ?? true) else { return false }
        // Programs write row numbers in a first column without a name.
        let wanted = record.indices.filter { figures[$0] && ($0 > 0 || !record[0].isEmpty) }
        guard !wanted.isEmpty else { return true }
        let named = wanted.filter { !record[$0].isEmpty }.count
        if named * 2 > wanted.count { return true }
        return named > 0 && index + 1 < end && texts[index + 1].count == record.count
            && belongsToHeading(texts[index + 1], figures: figures, below: record)
    }

    /// Whether a line stands above figures alone: its keys are empty, or say that years follow.
    ///
    /// - Parameters:
    ///   - record: The line.
    ///   - figures: Which columns hold figures.
    ///   - upper: The heading so far.
    /// - Returns: False for a row, or a line of something else.
    private static func belongsToHeading(_ record: [String], figures: [Bool], below upper: [String]? = nil) -> Bool {
        // A label in the first column, above row numbers, heads a group and no column.
        let wanted = record.indices.filter { figures[$0] && $0 > 0 }
        guard !wanted.isEmpty, wanted.count(where: { !record[$0].isEmpty }) * 2 >= wanted.count else { return false }
        let above = record.indices.filter { figures[$0] && !record[$0].isEmpty }
        let areYears = above.allSatisfy { isYear(record[$0]) }
        guard areYears || above.allSatisfy({ !isFigure(record[$0]) }) else { return false }
        let keys = record.indices.filter { !figures[$0] || $0 == 0 && above.isEmpty }
        // The names of the keys may stand in the lower line, where the upper one leaves them empty.
        if let upper, !keys.isEmpty, keys.allSatisfy({ upper[$0].isEmpty && !record[$0].isEmpty }), !areYears,
            above.allSatisfy({ UnitText(unbracketed(record[$0])) == nil })
        {
            return true
        }
        return keys.allSatisfy { column in
            record[column].isEmpty || areYears && ColumnNames.isYear(record[column])
        }
    }

    /// Contents above years, or units below names: what stands in the upper line goes on to the right.
    private static func joined(_ upper: [String], _ lower: [String]) -> [String] {
        let areUnits = lower.allSatisfy { $0.isEmpty || UnitText(unbracketed($0)) != nil }
        var last = ""
        return upper.indices.map { column in
            let below = lower[column]
            if areUnits { return below.isEmpty ? upper[column] : "\(upper[column]) (\(unbracketed(below)))" }
            if !upper[column].isEmpty { last = upper[column] }
            if below.isEmpty { return upper[column] }
            return last.isEmpty ? below : "\(last) \(below)"
        }
    }

    private static func unbracketed(_ text: String) -> String {
        guard let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    /// Whether a first line of numbers is a heading all the same: its numbers count on, as ages do.
    private static func countsOn(_ record: [String], figures: [Bool], rows: ArraySlice<[String]>) -> Bool {
        let numbers = record.indices.filter { isFigure(record[$0]) }
        let values = numbers.compactMap { Int32(record[$0]) }
        guard values.count == numbers.count, values.count > 2, values.count < record.count else { return false }
        let steps = Set(zip(values, values.dropFirst()).map { Int($1) - Int($0) })
        return steps.count == 1 && steps.first ?? 0 > 0
    }
}
