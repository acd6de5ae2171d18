/// Where a cell stands in the file, and what stands there.
package struct CellOrigin: Hashable, Sendable {
    /// Counts from 1.
    package var line: Int
    /// Counts fields from 1.
    package var column: Int
    /// As printed, without spaces around it.
    package var text: String
    /// The sheet of a workbook; nil for a file without sheets.
    package var sheet: String?

    package init(line: Int, column: Int, text: String, sheet: String? = nil) {
        self.sheet = sheet
        self.line = line
        self.column = column
        self.text = text
    }
}

/// The places of a table's cells, worked out one by one when they are asked for.
package struct CellOrigins: Sendable {
    /// *Shape:* one a cell of the table, in its order: which field of ``find`` holds it.
    private let fields: [(row: UInt32, column: UInt32)]
    private let find: @Sendable (_ row: Int, _ column: Int) -> CellOrigin

    init(
        fields: [(row: UInt32, column: UInt32)],
        find: @escaping @Sendable (_ row: Int, _ column: Int) -> CellOrigin
    ) {
        self.fields = fields
        self.find = find
    }

    /// The same with something else said of each place.
    func mapped(_ change: @escaping @Sendable (CellOrigin) -> CellOrigin) -> CellOrigins {
        CellOrigins(fields: fields) { [find] row, column in change(find(row, column)) }
    }

    package var count: Int { fields.count }

    /// The place of a cell, by its number in the table.
    package func origin(ofCell cell: Int) -> CellOrigin {
        find(Int(fields[cell].row), Int(fields[cell].column))
    }
}
