/// Columns of whole numbers that tell rows apart although nothing says that they are codes: each of their values stands
/// with most of the other keys'.
struct CrossingNumbers {
    let table: RoleTable
    /// Places of the keys so far.
    let keys: [Int]
    let year: KeyDictionary?

    /// More different numbers are figures.
    static let mostCategories = 500
    private static let mostTogether = 6
    private static let triedAtMost = 64

    /// Columns of which each alone would do.
    var alone: [Int] {
        columns(repeated: 2).prefix(Self.triedAtMost).filter { tellApart([$0]) }
    }

    /// Several columns that only do together; none where they don't.
    var together: [Int] {
        let few = columns(repeated: 3)
        return (2...Self.mostTogether).contains(few.count) && tellApart(few) ? few : []
    }

    /// Columns of whole numbers that come so many times on average.
    private func columns(repeated times: Int) -> [Int] {
        table.open.filter { column in
            let entry = table.columns[column]
            guard !keys.contains(column), let own = entry.texts, entry.profile.isOfWholeNumbers,
                !entry.heading.isValue
            else { return false }
            return own.count > 1 && own.count <= Self.mostCategories && own.count * times <= table.rowCount
        }
    }

    private func tellApart(_ columns: [Int]) -> Bool {
        let others = (keys + columns).compactMap { table.columns[$0].texts } + (year.map { [$0] } ?? [])
        return ColumnRelations.areUnique(others, rowCount: table.rowCount)
            && ColumnRelations.cross(others.filter { $0.count > 1 }, rowCount: table.rowCount)
    }
}
