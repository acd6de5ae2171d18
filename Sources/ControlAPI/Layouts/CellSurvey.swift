import Annals

/// What the cells of an answer use of their table, and how wide they are: found in one pass before the first is written.
struct CellSurvey {
    /// *Shape:* `[dimension][category]`.
    private(set) var usesCategory: [[Bool]]
    /// *Shape:* one a mark of the palette.
    private(set) var usesMark: [Bool]
    /// Characters of the widest cell.
    ///
    /// *Shape:* one a category of the last dimension, or one.
    private(set) var widths: [Int]

    init(_ cells: ChosenCells, _ text: CellText) {
        let keySpace = cells.table.keySpace
        var usesLast = [Bool](repeating: false, count: max(keySpace.dimensions.last?.categories.count ?? 1, 1))
        var usesMark = [Bool](repeating: false, count: cells.isNumber.count)
        var widths = [Int](repeating: 0, count: usesLast.count)
        usesCategory = keySpace.dimensions.map { [Bool](repeating: false, count: $0.categories.count) }
        let perRun = usesLast.count
        var run = -1
        for row in 0..<cells.count {
            let cell = cells.cell(at: row)
            let ordinal = cells.ordinal(ofCell: cell)
            let (newRun, last) = ordinal.quotientAndRemainder(dividingBy: perRun)
            if newRun != run {
                run = newRun
                for dimension in usesCategory.indices.dropLast() {
                    usesCategory[dimension][keySpace.index(ofDimension: dimension, at: ordinal)] = true
                }
            }
            usesLast[last] = true
            usesMark[Int(cells.marks[cell])] = true
            let width = text.width(ofCell: cell, decimals: cells.decimals(at: ordinal))
            if width > widths[last] { widths[last] = width }
        }
        if !usesCategory.isEmpty { usesCategory[usesCategory.count - 1] = usesLast }
        self.usesMark = usesMark
        self.widths = widths
    }

    /// The categories of a dimension that the cells have: their indices, in order.
    func used(_ dimension: Int) -> [Int] { usesCategory[dimension].indices.filter { usesCategory[dimension][$0] } }
}
