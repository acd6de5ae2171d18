/// What each column of a file was taken for, and why.
///
/// Decided from whole columns before any table is made, recorded with the vintage, and binding for the dataset: the next
/// file is read with the same roles, or held back with the difference.
package struct ReadingPlan: Hashable, Sendable {
    /// What a column is for; each has exactly one.
    package enum Role: String, Hashable, Sendable, CaseIterable {
        /// The reference period.
        case year
        /// Names the category of a dimension; the fewest that tell the rows apart.
        case key
        /// Says a key's category in words.
        case label
        /// Said of a category, of the rows, or of the table: no dimension.
        case attribute
        /// Figures.
        case measure
        /// Status and flags of a measure's cells.
        case flag
        /// Counts the rows: left out.
        case index
        /// Left out, because a definition says so.
        case ignored
    }

    /// One column of the file.
    package struct Column: Hashable, Sendable {
        /// The heading as printed; empty where the column has none.
        package var name: String
        /// Counts from 1.
        package var number: Int
        package var role: Role
        /// The column that a label, an attribute or a flag belongs to, by its heading.
        package var of: String?
        /// What the column says in every row, where that is the same and no figure of a measure: of whom the table is.
        ///
        /// Empty where nothing stands in the whole column.
        package var text: String?
        /// Why it was taken for that, as the rest of a sentence that begins with the column's name.
        package var why: String

        /// Whether it says one thing of the whole table.
        package var isConstant: Bool { role == .attribute && of == nil && text.map { !$0.isEmpty } ?? false }

        package init(name: String, number: Int, role: Role, of: String? = nil, text: String? = nil, why: String) {
            self.name = name
            self.number = number
            self.role = role
            self.of = of
            self.text = text
            self.why = why
        }
    }

    /// In the order of the file.
    package var columns: [Column]

    package init(columns: [Column] = []) { self.columns = columns }

    /// As it is recorded: roles alone, and where there are too many columns, those that aren't figures.
    ///
    /// The words on why are for whoever looks at the file; figures of many years have other headings the next time.
    package var recorded: ReadingPlan {
        var plan = self
        if columns.count > Self.mostRecorded { plan.columns.removeAll { $0.role == .measure } }
        for index in plan.columns.indices { plan.columns[index].why = "" }
        return plan
    }

    private static let mostRecorded = 200

    /// Whether columns of the same heading have the same role in both.
    package func hasRoles(of earlier: ReadingPlan) -> Bool {
        pairs(with: earlier).allSatisfy { $0.role == $1.role }
    }

    /// Whether columns that say the same in every row say it in both, and neither has such a column that the other hasn't.
    package func saysThroughout(whatSays earlier: ReadingPlan) -> Bool {
        pairs(with: earlier).allSatisfy { $0.text == $1.text || $1.text == nil }
            && constants.isSubset(of: earlier.byName.keys) && earlier.constants.isSubset(of: byName.keys)
    }

    /// The headings of columns that say something of the whole table.
    package var constants: Set<String> {
        Set(columns.filter { $0.isConstant && !$0.name.isEmpty }.map(\.name))
    }

    /// The columns that have a heading, by it.
    package var byName: [String: Column] {
        let named = columns.filter { !$0.name.isEmpty }.map { ($0.name, $0) }
        return Dictionary(named, uniquingKeysWith: { _, last in last })
    }

    /// Columns of the same heading, ours and theirs.
    private func pairs(with earlier: ReadingPlan) -> [(Column, Column)] {
        let byName = earlier.byName
        return columns.compactMap { column in byName[column.name].map { (column, $0) } }
    }

    /// The headings of the columns that have a role, in the order of the file.
    package func names(_ role: Role) -> [String] { columns.filter { $0.role == role }.map(\.name) }
}
