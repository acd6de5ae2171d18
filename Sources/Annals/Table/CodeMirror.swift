/// Two dimensions with the same codes, and where the combination (a, b) has its mirror (b, a).
package struct CodeMirror: Hashable {
    package let row: Int
    package let column: Int
    /// The column's index for each row index; nil for a total, or a code that the columns don't have.
    package let columnOfRow: [Int?]
    /// The row index that has the same code, by column index; nil where there is none.
    package let rowOfColumn: [Int?]
    /// How many codes the two share.
    package let sharedCount: Int
    private let rowStride: Int
    private let columnStride: Int
    private let rowCount: Int
    private let columnCount: Int

    /// Fewest codes that make a matrix.
    package static let fewestCodes = 3

    /// Matches the codes of two dimensions; what `isTotal` says yes to is left out.
    package init(row: Int, column: Int, of keySpace: KeySpace, isTotal: (_ dimension: Int, _ category: Int) -> Bool) {
        self.row = row
        self.column = column
        let rows = keySpace.dimensions[row].categories
        let columns = keySpace.dimensions[column].categories
        let places = keySpace.dimensions[column].indexByCode()
        var rowOfColumn = [Int?](repeating: nil, count: columns.count)
        var shared = 0
        columnOfRow = rows.enumerated().map { index, category in
            guard let place = places[category.code], !isTotal(row, index), !isTotal(column, place) else { return nil }
            rowOfColumn[place] = index
            shared += 1
            return place
        }
        self.rowOfColumn = rowOfColumn
        sharedCount = shared
        rowStride = keySpace.strides[row]
        columnStride = keySpace.strides[column]
        rowCount = rows.count
        columnCount = columns.count
    }

    /// The row index of a combination.
    package func rowIndex(of ordinal: Int) -> Int { ordinal / rowStride % rowCount }

    /// The column index of a combination.
    package func columnIndex(of ordinal: Int) -> Int { ordinal / columnStride % columnCount }

    /// The ordinal of the mirror; itself on the diagonal; nil where one of the two codes is not shared.
    package func mirror(of ordinal: Int) -> Int? {
        let row = rowIndex(of: ordinal)
        let column = columnIndex(of: ordinal)
        guard let mirroredRow = rowOfColumn[column], let mirroredColumn = columnOfRow[row] else { return nil }
        return ordinal + (mirroredRow - row) * rowStride + (mirroredColumn - column) * columnStride
    }

    /// How many pairs off the diagonal a key space has, over all combinations of its other dimensions.
    package func pairCount(in keySpace: KeySpace) -> Int {
        keySpace.size / (rowCount * columnCount) * (sharedCount * (sharedCount - 1) / 2)
    }

    /// The row categories that no column shares: a total's place, if they are few.
    package var extraRows: [Int] { columnOfRow.indices.filter { columnOfRow[$0] == nil } }

    package var extraColumns: [Int] { rowOfColumn.indices.filter { rowOfColumn[$0] == nil } }

    /// Whether the two have the same codes, three or more, but for at most one category each, which may be a total.
    package var isSquare: Bool {
        sharedCount >= Self.fewestCodes && extraRows.count <= 1 && extraColumns.count <= 1
    }
}
