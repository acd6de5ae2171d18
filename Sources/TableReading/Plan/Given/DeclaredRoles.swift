import Annals
import Definitions

/// The roles that a definition gives: it has the last word.
enum DeclaredRoles {
    private static let why = "is named in the definition"

    /// - Throws: Where a column that the definition names is missing, is two columns, or gets two roles.
    static func assign(_ table: inout RoleTable, _ definition: DatasetDefinition) throws(Reason) {
        let declared = definition.columns
        if let year = declared.year { try give(&table, year.column, .year) }
        for key in declared.keys {
            for name in key.columns { try give(&table, name, .key) }
            guard let label = key.label, let code = key.columns.last else { continue }
            try give(&table, label, .label, of: try column(code, as: "key", table))
        }
        for dimension in definition.dimensions {
            guard case .column(let name) = dimension.role else { continue }
            // Where the keys name it as well, it is the same role said twice.
            if table.role(try column(name, as: "key", table)) != .key { try give(&table, name, .key) }
        }
        for pair in declared.labels {
            try give(&table, pair.label, .label, of: try column(pair.code, as: "key", table))
        }
        for name in declared.attributes { try give(&table, name, .attribute) }
        for name in declared.ignored { try give(&table, name, .ignored) }
        let yearless = yearless(table)
        for name in declared.values {
            for place in try values(name, table, yearless) where table.role(place) != .measure {
                try give(&table, place, name, .measure)
            }
        }
        for flags in declared.flags {
            let owner = try flags.value.map { (name) throws(Reason) in try values(name, table, yearless)[0] }
            for name in flags.columns { try give(&table, name, .flag, of: owner) }
        }
        for name in definition.units.keys.sorted() { _ = try values(name, table, yearless) }
    }

    private static func give(
        _ table: inout RoleTable, _ name: String, _ role: ReadingPlan.Role, of owner: Int? = nil
    ) throws(Reason) {
        try give(&table, try column(name, as: role.rawValue, table), name, role, of: owner)
    }

    private static func give(
        _ table: inout RoleTable, _ place: Int, _ name: String, _ role: ReadingPlan.Role, of owner: Int? = nil
    ) throws(Reason) {
        if let earlier = table.role(place) {
            throw Reason(
                "The definition gives the column `\(table.columns[place].name)` two roles, \(earlier.rawValue) and "
                    + role.rawValue, line: table.headingLine, column: table.columns[place].place + 1, found: name,
                expected: "one role for each column",
                remedy:
                    "Leave one of them out of the definition; upper and lower case and punctuation don't tell names apart"
            )
        }
        table.assign(place, role, of: owner, why)
    }

    // MARK: Names

    /// The column of a name: as it is written, else the one that differs by case, spaces and punctuation alone.
    private static func column(_ name: String, as role: String, _ table: RoleTable) throws(Reason) -> Int {
        if let exact = table.named.exactly(name).first { return exact }
        let found = table.named.like(name)
        guard let first = found.first else { throw missing(name, role, table) }
        guard found.count == 1 else {
            let names = found.map { "`\(table.columns[$0].name)`" }.joined(separator: " and ")
            throw Reason(
                "The definition's \(role) column `\(name)` may be \(names)", line: table.headingLine,
                column: table.columns[found[1]].place + 1, found: names, expected: name,
                remedy: "Write the name in the definition as the file does")
        }
        return first
    }

    /// Columns by what their headings say beside a year.
    private static func yearless(_ table: RoleTable) -> NamedPlaces {
        table.columns.indices.reduce(into: NamedPlaces()) { named, place in
            guard let year = table.columns[place].heading.year else { return }
            for name in [MeasureHeading(year.remainder).name, year.remainder] {
                named.add(name, slug: Slug.name(name), place: place)
            }
        }
    }

    /// The columns of a measure: the one of that heading, else all that say so beside a year.
    private static func values(_ name: String, _ table: RoleTable, _ yearless: NamedPlaces) throws(Reason) -> [Int] {
        if let exact = table.named.exactly(name).first { return [exact] }
        guard table.named.like(name).isEmpty else { return [try column(name, as: "value", table)] }
        let found = yearless.like(name)
        guard !found.isEmpty else { throw missing(name, "value", table) }
        return found
    }

    /// Whether a heading is the one that a definition names, with or without a year beside it.
    static func isHeading(_ heading: String, of name: String) -> Bool {
        if ColumnName.areSame(heading, name) { return true }
        guard case .year(let year) = YearHeading.parse(heading) else { return false }
        return ColumnName.areSame(MeasureHeading(year.remainder).name, name)
            || ColumnName.areSame(year.remainder, name)
    }

    private static func missing(_ name: String, _ role: String, _ table: RoleTable) -> Reason {
        Reason(
            "The definition's \(role) column `\(name)` is missing", line: table.headingLine,
            found: table.columns.map(\.name).joined(separator: ", "), expected: name,
            remedy: "Correct the file's header, or the definition")
    }
}
