import Annals

/// Sums a table to the codes of groups, in one pass over its cells.
///
/// A sum has the status that ``SumStatus`` says, and is `incomplete` where the table lacks a code of its group. Where
/// two dimensions have the same codes, what moves within a group ends on the diagonal: in a net matrix it cancels, so
/// that the diagonal of a group is 0; in a gross one it is summed there, and what doesn't apply on the table's own
/// diagonal adds nothing.
struct Regrouping {
    private let table: Table
    private let axes: [RegroupedAxis]
    private let keySpace: KeySpace
    /// The two dimensions with the same codes.
    private let pair: (row: Int, column: Int)?
    /// Whether figures are net.
    ///
    /// *Shape:* one a measure.
    private let isNet: [Bool]

    /// - Throws: `tooManyCombinations`.
    init(
        _ table: Table, axes: [RegroupedAxis], pair: (row: Int, column: Int)?, isAntisymmetric: Bool
    ) throws(ComparisonRefusal) {
        guard let keySpace = KeySpace(axes.map(\.dimension)), keySpace.size < Self.leftOut.magnitude else {
            throw .tooManyCombinations
        }
        self.table = table
        self.axes = axes
        self.keySpace = keySpace
        self.pair = pair
        isNet = table.measures.map { $0.kind == .net || ($0.kind == nil && isAntisymmetric) }
    }

    /// The same where two of the dimensions that a concordance is for have the same codes.
    ///
    /// - Throws: `tooManyCombinations`.
    init(
        _ table: Table, axes: [RegroupedAxis], in dimensions: [String], _ options: DeltaOptions
    ) throws(ComparisonRefusal) {
        let places = dimensions.compactMap(table.keySpace.dimensionIndex)
        let antisymmetric = options.antisymmetric.flatMap { pair in
            dimensions.contains(pair.row) && dimensions.contains(pair.column) ? pair : nil
        }
        let declared = antisymmetric.flatMap { pair in
            table.keySpace.dimensionIndex(pair.row).flatMap { row in
                table.keySpace.dimensionIndex(pair.column).map { (row: row, column: $0) }
            }
        }
        let pair = declared ?? (places.count == 2 ? (row: places[0], column: places[1]) : nil)
        try self.init(table, axes: axes, pair: pair, isAntisymmetric: declared != nil)
    }

    /// What a left-out category adds to an ordinal, so that it is below zero whatever the others add.
    private static let leftOut = -(1 << 56)

    /// The table in the codes of groups.
    ///
    /// - Throws: `sumTooLarge`, with the codes of the first.
    func regrouped() throws(ComparisonRefusal) -> Table {
        var result = table
        result.keySpace = keySpace
        if axes.allSatisfy(\.keepsPlaces), netDiagonal.isEmpty { return result }
        let isCompact = keySpace.size <= 4 * table.cells.count
        let (ordinals, sums) = isCompact ? compactSums() : sortedSums()
        if let overflown = sums.overflown {
            throw .sumTooLarge(at: keySpace.codes(at: ordinals.map { Int($0[overflown]) } ?? overflown))
        }
        (result.presence, result.cells) = cells(of: sums, ordinals)
        return result
    }

    // MARK: Summing

    private var translation: OrdinalTranslation {
        OrdinalTranslation(
            table: table,
            contributions: axes.enumerated().map { dimension, axis in
                axis.places.map { $0.map { $0 * keySpace.strides[dimension] } ?? Self.leftOut }
            })
    }

    /// One sum for every combination there can be.
    private func compactSums() -> (ordinals: [UInt64]?, SumColumns) {
        var sums = SumColumns(count: keySpace.size)
        let parts = table.cells.palette.map(SumColumns.Part.init)
        let (values, marks) = (table.cells.values, table.cells.marks)
        let addsNothing = marksThatMayAddNothing
        let mayAddNothing = addsNothing.contains(true)
        translation.forEach { cell, ordinal in
            guard ordinal >= 0 else { return }
            let mark = Int(marks[cell])
            if mayAddNothing, addsNothing[mark], isOnDiagonal(cell) {
                sums.addNothing(parts[mark], to: ordinal)
            } else {
                sums.add(values[cell], parts[mark], to: ordinal)
            }
        }
        adjust(&sums, count: keySpace.size) { $0 }
        return (nil, sums)
    }

    /// One sum for every combination that there is: a table with few of many.
    private func sortedSums() -> (ordinals: [UInt64]?, SumColumns) {
        var pairs: [(ordinal: Int, cell: Int)] = []
        pairs.reserveCapacity(table.cells.count)
        translation.forEach { cell, ordinal in
            if ordinal >= 0 { pairs.append((ordinal, cell)) }
        }
        pairs.sort { $0 < $1 }
        var ordinals: [UInt64] = []
        var sums = SumColumns(count: pairs.count)
        let parts = table.cells.palette.map(SumColumns.Part.init)
        let addsNothing = marksThatMayAddNothing
        for (ordinal, cell) in pairs {
            if ordinals.last != UInt64(ordinal) { ordinals.append(UInt64(ordinal)) }
            let mark = Int(table.cells.marks[cell])
            if addsNothing[mark], isOnDiagonal(cell) {
                sums.addNothing(parts[mark], to: ordinals.count - 1)
            } else {
                sums.add(table.cells.values[cell], parts[mark], to: ordinals.count - 1)
            }
        }
        adjust(&sums, count: ordinals.count) { Int(ordinals[$0]) }
        return (ordinals, sums)
    }

    // MARK: The diagonal, and what is missing

    /// *Shape:* one a mark of the palette.
    private var marksThatMayAddNothing: [Bool] {
        table.cells.palette.map { pair != nil && $0.status == .notApplicable }
    }

    private func isOnDiagonal(_ cell: Int) -> Bool {
        guard let pair else { return false }
        let ordinal = table.ordinal(ofCell: cell)
        let row = table.keySpace.index(ofDimension: pair.row, at: ordinal)
        let column = table.keySpace.index(ofDimension: pair.column, at: ordinal)
        return table.keySpace.dimensions[pair.row].categories[row].code
            == table.keySpace.dimensions[pair.column].categories[column].code
    }

    /// For each row category that is a group of several codes, the column category of the same group; empty where no
    /// measure is net.
    private var netDiagonal: [Int: Int] {
        guard let pair, isNet.contains(true) else { return [:] }
        let places = axes[pair.column].dimension.indexByCode()
        var columns: [Int: Int] = [:]
        for (row, category) in axes[pair.row].dimension.categories.enumerated() where axes[pair.row].isJoined[row] {
            columns[row] = places[category.code]
        }
        return columns
    }

    /// Sets what doesn't follow from the parts alone.
    private func adjust(_ sums: inout SumColumns, count: Int, ordinal: (Int) -> Int) {
        for (dimension, axis) in axes.enumerated() where axis.isIncomplete.contains(true) {
            let (stride, width) = (keySpace.strides[dimension], axis.isIncomplete.count)
            for sum in 0..<count where axis.isIncomplete[ordinal(sum) / stride % width] {
                sums.set(.incomplete, at: sum)
            }
        }
        let diagonal = netDiagonal
        guard let pair, !diagonal.isEmpty else { return }
        let columns = axes[pair.row].dimension.categories.indices.map { diagonal[$0] ?? -1 }
        for sum in 0..<count {
            let ordinal = ordinal(sum)
            let row = keySpace.index(ofDimension: pair.row, at: ordinal)
            guard columns[row] == keySpace.index(ofDimension: pair.column, at: ordinal) else { continue }
            let measure = keySpace.measureDimension.map { keySpace.index(ofDimension: $0, at: ordinal) } ?? 0
            if isNet[measure] { sums.set(.value, at: sum) }
        }
    }

    // MARK: The cells

    private func cells(of sums: SumColumns, _ ordinals: [UInt64]?) -> (Presence, Cells) {
        let count = ordinals?.count ?? keySpace.size
        let isDense = count == keySpace.size && !(0..<count).contains(where: sums.isAbsent)
        var present: [UInt64] = []
        var (values, marks): ([Int64], [UInt16]) = ([], [])
        values.reserveCapacity(count)
        marks.reserveCapacity(count)
        // As many as there are statuses and combinations of flags: few, and the same one after another.
        var keys: [UInt32] = []
        var last = 0
        for sum in 0..<count where !sums.isAbsent(sum) {
            if !isDense { present.append(ordinals?[sum] ?? UInt64(sum)) }
            let key = sums.key(of: sum)
            if keys.isEmpty || keys[last] != key {
                last = keys.firstIndex(of: key) ?? keys.count
                if last == keys.count { keys.append(key) }
            }
            values.append(sums.value(of: sum))
            marks.append(UInt16(last))
        }
        let cells = Cells(values: values, marks: marks, palette: keys.map(SumColumns.mark))
        return (isDense ? .dense : .sparse(present), cells)
    }
}
