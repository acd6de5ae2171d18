import Annals

/// Which categories of the two sides of a matrix have the same code.
struct MatrixCodes {
    /// *Shape:* one a row category; the column category, nil where there is none.
    let columnOfRow: [Int?]
    /// *Shape:* one a column category; whether a row has its code.
    let isInRows: [Bool]

    init(rows: PageSide, columns: PageSide) {
        var places = [String: Int](minimumCapacity: columns.categories.count)
        for (place, category) in columns.categories.enumerated() { places[category.code] = place }
        var isInRows = [Bool](repeating: false, count: columns.categories.count)
        columnOfRow = rows.categories.map { category in
            let place = places[category.code]
            if let place { isInRows[place] = true }
            return place
        }
        self.isInRows = isInRows
    }
}
