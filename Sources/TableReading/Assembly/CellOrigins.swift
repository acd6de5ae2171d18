/// Where a cell stands in the file, and what stands there.
package struct CellOrigin: Hashable, Sendable {
    /// Counts from 1.
    package var line: Int
    /// Counts fields from 1.
    package var column: Int
    /// As printed, without spaces around it.
    package var text: String

    package init(line: Int, column: Int, text: String) {
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

    package var count: Int { fields.count }

    /// The place of a cell, by its number in the table.
    package func origin(ofCell cell: Int) -> CellOrigin {
        find(Int(fields[cell].row), Int(fields[cell].column))
    }

    /// The same cells, each place as something else says it.
    func mapped(_ place: @escaping @Sendable (CellOrigin) -> CellOrigin) -> CellOrigins {
        let find = find
        return CellOrigins(fields: fields) { place(find($0, $1)) }
    }
}
