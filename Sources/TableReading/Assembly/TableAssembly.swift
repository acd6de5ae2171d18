import Annals

/// Puts rows into key order and makes one table a period of them.
struct TableAssembly {
    /// A table, and for each of its cells the row and the figure column that it came from.
    struct Result {
        var table: Table
        /// Empty unless wanted.
        var fields: [(row: UInt32, column: UInt32)]
    }

    private let columns: TableColumns
    private let wantsFields: Bool

    init(_ columns: TableColumns, wantsFields: Bool) {
        self.columns = columns
        self.wantsFields = wantsFields
    }

    /// One result a period that has rows, ascending.
    func tables() throws(AssemblyError) -> [Result] {
        let order = columns.periods.indices.sorted { columns.periods[$0].year < columns.periods[$1].year }
        let rows = rowsByPeriod()
        var results: [Result] = []
        for period in order {
            if let result = try table(period, rows: rows?[period]) { results.append(result) }
        }
        return results
    }

    private func table(_ period: Int, rows: [UInt32]?) throws(AssemblyError) -> Result? {
        let figures = columns.figures.indices.filter { (columns.figures[$0].period ?? period) == period }
            .sorted { columns.figures[$0].extra < columns.figures[$1].extra }
        guard !figures.isEmpty, rows?.isEmpty != true, columns.rowCount > 0 else { return nil }
        let (keys, extra) = usedKeys(rows, figures: figures)
        let dimensions = keys.map(\.dimension) + (extra.map { [$0.dimension] } ?? [])
        guard let keySpace = KeySpace(dimensions), let rowSpace = KeySpace(keys.map(\.dimension)) else {
            throw .tooManyCombinations
        }
        let sorted = try RowOrder(keys: keys, rowSpace: rowSpace, rows: rows, rowCount: columns.rowCount)
        let extraCount = extra?.dimension.categories.count ?? 1
        let isDense = sorted.count == rowSpace.size && figures.count == extraCount
        var cells = gather(figures, sorted)
        if let flags = columns.titleFlags[columns.periods[period].label] { add(flags, to: &cells) }
        compact(&cells)
        let presence: Presence
        if isDense {
            presence = .dense
        } else {
            let places = figures.map { UInt64(extra?.indices[Int($0)] ?? 0) }
            presence = .sparse(
                extraCount == 1 && figures.count == 1
                    ? sorted.ordinals
                    : sorted.ordinals.flatMap { row in places.map { row * UInt64(extraCount) + $0 } })
        }
        let table = Table(
            title: columns.title, period: columns.periods[period], notes: columns.notes, measures: measures(dimensions),
            keySpace: keySpace, presence: presence, cells: cells)
        return Result(table: table, fields: wantsFields ? fields(figures, sorted) : [])
    }

    /// *Shape:* one a period: its rows in the order of the file; nil where all rows are of one period.
    private func rowsByPeriod() -> [[UInt32]]? {
        guard let rowPeriods = columns.rowPeriods, columns.periods.count > 1 else { return nil }
        var rows = [[UInt32]](repeating: [], count: columns.periods.count)
        for (row, period) in rowPeriods.enumerated() { rows[Int(period)].append(UInt32(row)) }
        return rows
    }

    // MARK: Categories in use

    /// Keys and the extra dimension without the categories that no row and no column of the period has.
    ///
    /// A table of 2011 must not differ because 2010 stood in the same file.
    private func usedKeys(
        _ rows: [UInt32]?, figures: [Int]
    ) -> (keys: [KeyColumn], extra: (dimension: Dimension, indices: [Int: Int])?) {
        let keys = rows.map { rows in columns.keys.map { Self.pruned($0, rows: rows) } } ?? columns.keys
        guard var extra = columns.extra else { return (keys, nil) }
        let used = Set(figures.map { columns.figures[$0].extra })
        var places: [Int: Int] = [:]
        for category in extra.categories.indices where used.contains(category) { places[category] = places.count }
        extra.categories = extra.categories.indices.filter(used.contains).map { extra.categories[$0] }
        let indices = Dictionary(
            uniqueKeysWithValues: figures.map { ($0, places[columns.figures[$0].extra] ?? 0) })
        return (keys, (extra, indices))
    }

    /// A key column of some rows only, *shape:* one of them.
    private static func pruned(_ key: KeyColumn, rows: [UInt32]) -> KeyColumn {
        var isUsed = [Bool](repeating: false, count: key.dimension.categories.count)
        var indices = [UInt32](repeating: 0, count: rows.count)
        for (place, row) in rows.enumerated() {
            indices[place] = key.indices[Int(row)]
            isUsed[Int(indices[place])] = true
        }
        guard isUsed.contains(false) else { return KeyColumn(dimension: key.dimension, indices: EntryRows(indices)) }
        var places = [UInt32](repeating: 0, count: isUsed.count)
        var dimension = key.dimension
        dimension.categories = []
        for (index, category) in key.dimension.categories.enumerated() where isUsed[index] {
            places[index] = UInt32(dimension.categories.count)
            dimension.categories.append(category)
        }
        for place in indices.indices { indices[place] = places[Int(indices[place])] }
        return KeyColumn(dimension: dimension, indices: EntryRows(indices))
    }

    private func measures(_ dimensions: [Dimension]) -> [Measure] {
        guard let dimension = dimensions.first(where: \.isMeasure) else { return [columns.measures[0]] }
        let measures = Dictionary(columns.measures.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        return dimension.categories.compactMap { measures[$0.code] }
    }

    // MARK: Cells

    private func gather(_ figures: [Int], _ sorted: RowOrder) -> Cells {
        if figures.count == 1 {
            let column = columns.figures[figures[0]]
            let (values, marks) =
                sorted.isAsRead
                ? (column.values, column.marks)
                : (sorted.map { column.values[$0] }, sorted.map { column.marks[$0] })
            return Cells(values: values, marks: marks, palette: columns.palette)
        }
        let picked = figures.map { columns.figures[$0] }
        return Cells(
            values: Self.interleaved(picked.map(\.values), sorted),
            // All have the only mark that there is.
            marks: columns.palette.count == 1
                ? [UInt16](repeating: 0, count: sorted.count * picked.count)
                : Self.interleaved(picked.map(\.marks), sorted),
            palette: columns.palette)
    }

    /// Columns side by side, row after row.
    ///
    /// Some rows of a column at once: what is read and what is written lies together for a while.
    private static func interleaved<Element: BitwiseCopyable>(_ columns: [[Element]], _ sorted: RowOrder) -> [Element] {
        let (rowCount, columnCount) = (sorted.count, columns.count)
        return [Element](unsafeUninitializedCapacity: rowCount * columnCount) { cells, filled in
            cells.askForLargePages()
            for start in stride(from: 0, to: rowCount, by: rowsAtOnce) {
                let places = start..<min(start + rowsAtOnce, rowCount)
                for (place, column) in columns.enumerated() {
                    // Bounds: a place is below the number of rows, and so many cells there is room for.
                    if sorted.isAsRead {
                        column[places].withUnsafeBufferPointer { column in
                            var cell = start * columnCount + place
                            for value in column {
                                cells[cell] = value
                                cell += columnCount
                            }
                        }
                    } else {
                        for row in places { cells[row * columnCount + place] = column[sorted.row(at: row)] }
                    }
                }
            }
            filled = rowCount * columnCount
        }
    }

    private static let rowsAtOnce = 128

    /// Adds flags to all cells; marks that become equal are one.
    private func add(_ flags: CellFlags, to cells: inout Cells) {
        var places: [Mark: UInt16] = [:]
        var palette: [Mark] = []
        let merged = cells.palette.map { mark in
            let mark = Mark(mark.status, flags: mark.flags.union(flags), glyph: mark.glyph)
            if let place = places[mark] { return place }
            places[mark] = UInt16(palette.count)
            palette.append(mark)
            return UInt16(palette.count - 1)
        }
        for cell in cells.marks.indices { cells.marks[cell] = merged[Int(cells.marks[cell])] }
        cells.palette = palette
    }

    /// Leaves in the palette what occurs, in the order of marks, so that equal cells have equal columns.
    private func compact(_ cells: inout Cells) {
        // The only mark that there is.
        if cells.palette.count == 1, cells.count > 0 { return }
        var isUsed = [Bool](repeating: false, count: cells.palette.count)
        for mark in cells.marks { isUsed[Int(mark)] = true }
        let kept = cells.palette.indices.filter { isUsed[$0] }.sorted { cells.palette[$0] < cells.palette[$1] }
        if kept == Array(cells.palette.indices) { return }
        var places = [UInt16](repeating: 0, count: cells.palette.count)
        for (place, index) in kept.enumerated() { places[index] = UInt16(place) }
        if kept.count > 1 || kept.first != 0 {
            for cell in cells.marks.indices { cells.marks[cell] = places[Int(cells.marks[cell])] }
        }
        cells.palette = kept.map { cells.palette[$0] }
    }

    private func fields(_ figures: [Int], _ sorted: RowOrder) -> [(row: UInt32, column: UInt32)] {
        var fields: [(row: UInt32, column: UInt32)] = []
        fields.reserveCapacity(sorted.count * figures.count)
        sorted.forEachRow { row in
            for column in figures { fields.append((UInt32(row), UInt32(column))) }
        }
        return fields
    }
}
