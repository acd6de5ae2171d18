/// Where in the source a cell was printed, and as what.
package struct CellPlace: Codable, Hashable, Sendable {
    package var line: Int
    package var column: Int
    package var text: String

    package init(line: Int, column: Int, text: String) {
        self.line = line
        self.column = column
        self.text = text
    }

    /// Where the cell of a combination stands; nil for one that isn't printed.
    package typealias Finder = @Sendable (_ ordinal: Int) -> CellPlace?
}
