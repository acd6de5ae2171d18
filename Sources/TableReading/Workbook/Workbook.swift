import Annals

/// What the formats of workbooks have in common: sheets in their order, each a grid.
protocol Workbook: AnyObject {
    /// Name of each sheet of cells, and whether it is hidden.
    var sheetNames: [(name: String, isHidden: Bool)] { get }

    /// The cells of one of them.
    ///
    /// - Throws: Where it is damaged, or larger than the limits.
    func grid(ofSheet index: Int) throws(Reason) -> Grid
}

extension OfficeWorkbook: Workbook {
    var sheetNames: [(name: String, isHidden: Bool)] { sheets.map { ($0.name, $0.isHidden) } }

    func grid(ofSheet index: Int) throws(Reason) -> Grid { try grid(sheets[index]) }
}
