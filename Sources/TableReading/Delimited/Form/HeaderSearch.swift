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
    /// The line below the heading that numbers its columns.
    private(set) var numbersLine: Int?

    /// What is wrong where no heading is found.
    enum Missing: Error {
        case heading(line: Int, column: Int, found: String)
        /// A line that names columns has a number among its names.
        case number(line: Int, column: Int, found: String)
        /// A line stands above the rows, and has another number of fields.
        case width(line: Int, found: Int, expected: Int)
        /// The heading is parted by one delimiter, the rows by another.
        case delimiter(line: Int, heading: UInt8, rows: UInt8)
        /// Which columns a label of an upper line covers.
        case span(line: Int, column: Int, HeadingSpans.Unclear, lines: Int?)
        /// The last column has figures, and no name.
        case lastName(line: Int, names: [String])
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
        // A few lines behind the first row tell the columns of figures.
        var lines = HeaderLines(sample, scanner, count: Self.firstLines)
        var row = Self.firstRow(lines)
        if records.count > lines.count, row ?? .max > Self.firstLines / 2 {
            lines = HeaderLines(sample, scanner, count: records.count)
            row = Self.firstRow(lines)
        }
        if let count = Self.declaredLines(declared), count <= lines.count {
            // So many lines together, from the first that has the fields of a row.
            let width = Self.usualWidth(lines)
            let figures = HeadedColumns.all(lines, width: width, from: row ?? 0)
            first = (0..<lines.count).first { lines.width($0) == width } ?? 0
            further = first + 1..<max(first + 1, min(lines.count, first + count))
            let headed = HeadedColumns.withoutWords(lines, figures, from: Self.firstRow(lines) ?? 0)
            names = further.map(lines.texts).reduce(lines.texts(first)) {
                guard $1.count == $0.count else { return $0 }
                // Whoever counts the lines says that labels go on to the right.
                return Self.joined($0, $1, figures: headed, covering: (try? Self.covering($0, $1, headed)) ?? nil)
            }
            return
        }
        let width = row.map(lines.width) ?? Self.usualWidth(lines)
        let figures = HeadedColumns.all(lines, width: width, from: row ?? 0)
        let end = row ?? lines.count
        let whole = (0..<end).filter { lines.width($0) == width }
        let start =
            whole.first { Self.isHeading(lines, $0, figures: figures, end: end) }
            ?? whole.first { Self.lacksOneName(lines, $0, figures: figures) }
            ?? whole.last.flatMap { $0 == end - 1 && Self.namesHalf(lines, $0, figures: figures) ? $0 : nil }
        guard let start else {
            guard let row else {
                // No row has a figure: the first line of the table's width names the columns.
                first = (0..<lines.count).first { lines.width($0) == width && lines.filled($0) > 1 } ?? 0
                further = first + 1..<first + 1
                names = lines.texts(first)
                return
            }
            first = row
            further = row..<row
            names = lines.texts(row)
            guard !Self.countsOn(names) else { return }
            if row > 0, lines.width(row - 1) > 1, lines.width(row - 1) != width, lines.filled(row - 1) > 1 {
                throw .width(line: records[row].line, found: width, expected: lines.width(row - 1))
            }
            if let column = Self.numberAmongNames(lines, row) {
                throw .number(line: records[row].line, column: column + 1, found: names[column])
            }
            let column = lines.figures(row).first ?? 0
            throw .heading(line: records[max(0, row - 1)].line, column: column + 1, found: names[column])
        }
        first = start
        names = lines.texts(start)
        lazy var headed = HeadedColumns.withoutWords(lines, figures, from: end)
        var next = start + 1
        while next < end, lines.width(next) == width, lines.filled(next) > 0 {
            let texts = lines.texts(next)
            if Self.numbersColumns(lines, next) {
                numbersLine = records[next].line
                next += 1
                continue
            }
            guard Self.belongsToHeading(texts, figures: figures, below: names, isLast: next == end - 1),
                !Self.isRowOfYears(texts, below: names, lines, from: end)
            else { break }
            if texts != lines.texts(next - 1) {
                do throws(HeadingSpans.Unclear) {
                    let covering = try Self.covering(names, texts, headed)
                    names = Self.joined(names, texts, figures: headed, covering: covering)
                } catch {
                    // Counted from the first line of this width.
                    let count = whole.first == start ? end - start : nil
                    throw .span(line: records[start].line, column: error.place + 1, error, lines: count)
                }
            }
            next += 1
        }
        further = start + 1..<next
        if Self.lacksLastName(names, lines, figures: figures, from: next) {
            throw .lastName(line: records[start].line, names: names)
        }
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

    static func isYear(_ text: String) -> Bool {
        if case .none = YearHeading.parse(text) { false } else { true }
    }

    /// The first record with a figure that is no year, beside another filled field.
    private static func firstRow(_ lines: HeaderLines) -> Int? {
        (0..<lines.count).first { index in
            guard lines.width(index) > 1, lines.filled(index) > 1, !numbersColumns(lines, index) else { return false }
            let figures = lines.figures(index)
            guard let last = figures.last else { return false }
            if NoteLine.beginsLikeNote(lines.text(index, 0)), last == 0 { return false }
            return figures.contains { !isYear(lines.text(index, $0)) } && !headsMatrix(lines, index, figures: figures)
                || standsBelowNames(lines, index, figures: figures)
        }
    }

    private static func usualWidth(_ lines: HeaderLines) -> Int {
        var counts: [Int: Int] = [:]
        for record in 0..<lines.count where lines.width(record) > 1 { counts[lines.width(record), default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
    }

    // MARK: Headings

    /// Whether a line names most of the columns of figures, alone or with the line below it.
    private static func isHeading(_ lines: HeaderLines, _ index: Int, figures: [Bool], end: Int) -> Bool {
        let width = lines.width(index)
        let filled = lines.filled(index)
        guard filled > 1 || width == 2 && lines.isFilled(index, 1) else { return false }
        // Programs write row numbers in a first column without a name.
        let wanted = (0..<width).filter { figures[$0] && ($0 > 0 || lines.isFilled(index, 0)) }
        guard !wanted.isEmpty else { return true }
        let named = wanted.count { lines.isFilled(index, $0) }
        if named * 2 > wanted.count { return true }
        return named > 0 && index + 1 < end && lines.width(index + 1) == width
            && belongsToHeading(lines.texts(index + 1), figures: figures, below: lines.texts(index))
    }

    /// Whether a line names all columns but one, and half of those of figures.
    private static func lacksOneName(_ lines: HeaderLines, _ index: Int, figures: [Bool]) -> Bool {
        let wanted = figures.indices.filter { figures[$0] }
        return lines.filled(index) == lines.width(index) - 1 && lines.filled(index) > 1
            && wanted.count { lines.isFilled(index, $0) } * 2 >= wanted.count
    }

    /// Whether a line stands above figures alone: its keys are empty, or say that years follow.
    ///
    /// - Parameters:
    ///   - record: The line.
    ///   - figures: Which columns hold figures.
    ///   - upper: The heading so far.
    ///   - isLast: Whether it stands right above the first row.
    /// - Returns: False for a row, or a line of something else.
    private static func belongsToHeading(
        _ record: [String], figures: [Bool], below upper: [String]? = nil, isLast: Bool = false
    ) -> Bool {
        // A label in the first column, above row numbers, heads a group and no column.
        let wanted = record.indices.filter { figures[$0] && $0 > 0 }
        guard !wanted.isEmpty, wanted.count(where: { !record[$0].isEmpty }) * 2 >= wanted.count else { return false }
        let above = record.indices.filter { figures[$0] && !record[$0].isEmpty }
        let areYears = above.allSatisfy { isYear(record[$0]) }
        // Years and units may stand in one line: `;km2;2010;2011`.
        let areNames = above.allSatisfy { !HeaderLines.isFigure(record[$0]) || record[0].isEmpty && isYear(record[$0]) }
        guard areYears || areNames else { return false }
        // Units stand right above the figures, and the name of the key beside them.
        let keys = record.indices.filter { !figures[$0] || $0 == 0 && above.isEmpty }
        let areUnits =
            isLast && above.allSatisfy { UnitText(unbracketed(record[$0])) != nil }
            && keys.allSatisfy { upper?[$0].isEmpty == false }
        // The names of the keys may stand in the lower line, where the upper one leaves them empty. Years and units that
        // come again there have something above them.
        let comeAgain = Set(above.map { record[$0] }).count < above.count
        if let upper, !keys.isEmpty, keys.allSatisfy({ upper[$0].isEmpty && !record[$0].isEmpty }),
            comeAgain || !areYears && above.allSatisfy({ UnitText(unbracketed(record[$0])) == nil })
        {
            return true
        }
        let figureNames = upper.map { upper in above.map { upper[$0] } } ?? []
        let hasTwins = Set(figureNames).count < figureNames.count && !figureNames.contains("")
        return keys.allSatisfy { column in
            record[column].isEmpty || areYears && ColumnName(record[column]).speaksOfTime || areUnits
                || hasTwins && (areYears || upper?[column].isEmpty == true)
        }
    }

    /// What covers each column, where the labels of the upper line don't go on to the right.
    private static func covering(
        _ upper: [String], _ lower: [String], _ figures: [Bool]
    ) throws(HeadingSpans.Unclear) -> [String]? {
        let columns = figures.indices.filter { figures[$0] }
        let label = columns.first { !upper[$0].isEmpty && !lower[$0].isEmpty } ?? 0
        func isSetApart(_ place: Int) -> Bool {
            let column = columns[place]
            return (column..<max(column, label)).contains { !figures[$0] } || column == 0 && lower[0].isEmpty
                || ColumnName(lower[column]).isKey && columns.count { lower[$0] == lower[column] } == 1
        }
        let found: [String]?
        do throws(HeadingSpans.Unclear) {
            found = try HeadingSpans.covering(
                columns.map { upper[$0] }, columns.map { lower[$0] }, goesOnAlone: true, isSetApart: isSetApart)
        } catch {
            var unclear = error
            unclear.place = columns[error.place]
            throw unclear
        }
        guard let found else { return nil }
        var covering = [String](repeating: "", count: upper.count)
        for (column, label) in zip(columns, found) { covering[column] = label }
        return covering
    }

    /// Contents above years, or units below names: what stands in the upper line goes on to the right, unless it is
    /// known what covers each column.
    private static func joined(
        _ upper: [String], _ lower: [String], figures: [Bool], covering: [String]?
    ) -> [String] {
        let below = lower.indices.filter { figures[$0] && !lower[$0].isEmpty }
        let areUnits = below.allSatisfy { UnitText(unbracketed(lower[$0])) != nil }
        let areYears = below.contains { isYear(lower[$0]) }
        var last = ""
        return upper.indices.map { column in
            let name = lower[column]
            // The name of a key goes on to no other column.
            let isKey = !figures[column] || name.isEmpty && (column == 0 || ColumnName(upper[column]).isKey)
            if !upper[column].isEmpty { last = isKey ? "" : upper[column] }
            guard figures[column] else { return keyName(upper[column], name) }
            if name.isEmpty { return upper[column] }
            let last = covering?[column] ?? last
            if last.isEmpty { return name }
            let isUnit = areUnits || areYears && !isYear(name) && UnitText(unbracketed(name)) != nil
            return isUnit ? "\(last) (\(unbracketed(name)))" : "\(last) \(name)"
        }
    }

    /// Whether a line below names numbers the columns: `1`, `2`, `3`, or `(1)`, `(2)` right of the label.
    ///
    /// A first row of a table of numbered things looks the same: its label is one of numbers, and labels of words are not.
    private static func numbersColumns(_ lines: HeaderLines, _ index: Int) -> Bool {
        let width = lines.width(index)
        guard index > 0, width > 1, width == lines.width(index - 1) else { return false }
        let isLabelNumbered = lines.isFilled(index, 0)
        let columns = (isLabelNumbered ? 0 : 1)..<width
        guard columns.count > 1, columns.allSatisfy({ lines.isFilled(index, $0) }),
            columns.allSatisfy({ column in
                lines.isFilled(index - 1, column)
                    && (!lines.isFigure(index - 1, column) || isYear(lines.text(index - 1, column)))
            })
        else { return false }
        guard ColumnNumbers.countOn(columns.map { lines.text(index, $0) }, isLabelNumbered: isLabelNumbered) else {
            return false
        }
        let labels = (index + 1..<lines.count).filter { lines.width($0) == width && lines.filled($0) > 1 }
            .map { lines.text($0, 0) }.filter { !$0.isEmpty }
        return !labels.isEmpty && labels.allSatisfy(ColumnNumbers.mayStandBeside)
    }

    /// Whether only the last column has no name, and figures in most rows: the heading may be shifted to the left.
    private static func lacksLastName(
        _ names: [String], _ lines: HeaderLines, figures: [Bool], from row: Int
    ) -> Bool {
        guard names.count > 2, names.last?.isEmpty == true, figures.last == true,
            names.dropFirst().dropLast().allSatisfy({ !$0.isEmpty })
        else { return false }
        let rows = (row..<lines.count).filter { lines.width($0) == names.count && lines.filled($0) > 1 }
        // Years below `year` are neither shifted nor decimals behind a comma.
        let areInPlace = names.indices.contains { column in
            ColumnName(names[column]).isYear && rows.allSatisfy { YearValue.parse(lines.texts($0)[column]) != nil }
        }
        guard !areInPlace else { return false }
        return rows.count { lines.isFigure($0, names.count - 1) } * 2 > rows.count
    }

    /// The name of a key that two lines name: the lower one, unless it says that years follow.
    private static func keyName(_ upper: String, _ lower: String) -> String {
        lower.isEmpty || !upper.isEmpty && ColumnName(lower).speaksOfTime ? upper : lower
    }

    private static func unbracketed(_ text: String) -> String {
        guard let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    /// Whether a first line of numbers is a heading all the same: its numbers count on, as ages do.
    private static func countsOn(_ record: [String]) -> Bool {
        let numbers = record.indices.filter { HeaderLines.isFigure(record[$0]) }
        let values = numbers.compactMap { Int32(record[$0]) }
        guard values.count == numbers.count, values.count > 2, values.count < record.count else { return false }
        let steps = Set(zip(values, values.dropFirst()).map { Int($1) - Int($0) })
        return steps.count == 1 && steps.first ?? 0 > 0
    }
}
