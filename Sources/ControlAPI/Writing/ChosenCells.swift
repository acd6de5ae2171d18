package import Annals

/// The cells of a table that an answer has, in key order, as columns at hand for a hot loop.
///
/// A row of the answer is a cell. Nothing here counts references or asks another module, which a loop over millions of
/// cells would feel.
package struct ChosenCells: Sendable {
    package let table: Table
    /// Of each row; nil where rows are all cells.
    private let picked: [Int]?
    let values: [Int64]
    let marks: [UInt16]
    /// *Shape:* one a cell; empty where the table is dense.
    private let ordinals: [UInt64]
    /// *Shape:* one a mark of the palette.
    let isNumber: [Bool]
    /// *Shape:* one a measure.
    let decimals: [Int]
    let measures: MeasurePlace
    /// How many rows there are.
    package let count: Int

    /// - Parameters:
    ///   - table: Whose cells.
    ///   - picked: Which, ascending; nil for all.
    package init(_ table: Table, picked: [Int]? = nil) {
        self.table = table
        self.picked = picked
        values = table.cells.values
        marks = table.cells.marks
        switch table.presence {
        case .dense: ordinals = []
        case .sparse(let present): ordinals = present
        }
        isNumber = table.cells.palette.map(\.status.countsAsNumber)
        decimals = table.measures.map(\.decimals)
        measures = MeasurePlace(table.keySpace, measureCount: table.measures.count)
        count = picked?.count ?? table.cells.count
    }

    /// The cell of a row.
    @inline(__always)
    func cell(at row: Int) -> Int { picked.map { $0[row] } ?? row }

    /// The combination of a cell.
    @inline(__always)
    func ordinal(ofCell cell: Int) -> Int { ordinals.isEmpty ? cell : Int(ordinals[cell]) }

    /// The decimals of the measure that a combination counts.
    @inline(__always)
    func decimals(at ordinal: Int) -> Int { decimals[measures.index(at: ordinal)] }
}

/// Which measure a combination counts.
package struct MeasurePlace: Sendable {
    /// 1 where there is only one.
    private let count: Int
    private let stride: Int

    /// - Parameters:
    ///   - keySpace: Perhaps with a dimension whose categories are the measures.
    ///   - measureCount: At least one.
    package init(_ keySpace: KeySpace, measureCount: Int) {
        if let dimension = keySpace.measureDimension, measureCount > 1 {
            count = keySpace.dimensions[dimension].categories.count
            stride = keySpace.strides[dimension]
        } else {
            count = 1
            stride = 1
        }
    }

    /// Its index.
    @inline(__always)
    package func index(at ordinal: Int) -> Int { count == 1 ? 0 : (ordinal / stride) % count }
}
