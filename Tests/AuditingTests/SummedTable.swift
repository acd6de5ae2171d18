import Annals

/// Tables that add up, made by hand.
enum SummedTable {
    /// Dimensions of `count` parts each, a total in front where `total` says so, figures by ordinal.
    static func dimensions(_ shape: [(id: String, parts: Int, total: String?)]) -> [Dimension] {
        shape.map { id, parts, total in
            let totals = total.map { [Category(code: "T", label: $0)] } ?? []
            let categories = totals + (1...parts).map { Category(code: "\($0)", label: "\(id) \($0)") }
            return Dimension(id: id, label: id, categories: categories)
        }
    }

    /// A dense table whose totals (code `T`) are the sums of its parts.
    static func table(
        _ dimensions: [Dimension], measures: [Measure] = [Measure(code: "v")], part: (_ ordinal: Int) -> Int64
    ) -> Table {
        let keySpace = KeySpace(dimensions)!
        var values = (0..<keySpace.size).map(part)
        for (index, dimension) in dimensions.enumerated() {
            guard let total = dimension.index(of: "T") else { continue }
            let stride = keySpace.strides[index]
            for ordinal in values.indices where keySpace.index(ofDimension: index, at: ordinal) == total {
                let base = ordinal - total * stride
                values[ordinal] = dimension.categories.indices.filter { $0 != total }
                    .reduce(0) { $0 + values[base + $1 * stride] }
            }
        }
        let cells = Cells(values: values, marks: Array(repeating: 0, count: values.count), palette: [.plain])
        return Table(
            title: "t", period: Period(year: 2011), notes: [], measures: measures, keySpace: keySpace,
            presence: .dense, cells: cells)
    }

    /// The table with one cell's figure or status replaced.
    static func changing(
        _ table: Table, at codes: [String], to value: Int64 = 0, _ status: CellStatus = .value
    ) -> Table {
        var table = table
        let cell = table.cell(at: codes)!
        table.cells.palette.append(Mark(status))
        table.cells.values[cell] = value
        table.cells.marks[cell] = UInt16(table.cells.palette.count - 1)
        return table
    }

    /// The table without the cells for which `isAbsent` says so.
    static func sparse(_ table: Table, without isAbsent: (Int) -> Bool) -> Table {
        var sparse = table
        let kept = (0..<table.cells.count).filter { !isAbsent($0) }
        sparse.presence = .sparse(kept.map(UInt64.init))
        sparse.cells.values = kept.map { table.cells.values[$0] }
        sparse.cells.marks = kept.map { table.cells.marks[$0] }
        return sparse
    }
}
