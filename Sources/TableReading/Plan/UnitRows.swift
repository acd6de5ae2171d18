import Annals
import Definitions

/// Rows whose figures are in units of several sizes: `Unit` above `1000 kr` in one row and `kr` in another.
enum UnitRows {
    /// - Throws: The first row that is in another size than those before, where a column says so under whatever name.
    static func refuse(_ table: RoleTable) throws(Reason) {
        for column in table.columns.indices where [.attribute, .label].contains(table.role(column)) {
            let entry = table.columns[column]
            guard let texts = entry.texts, (2...mostUnits).contains(texts.count), !entry.profile.isOfFigures else {
                continue
            }
            let strings = texts.strings
            let sizes = strings.map { isUnit($0) ? 0 : UnitText(LabelText.normalized($0))?.multiplier }
            guard let first = sizes.first ?? nil, sizes.allSatisfy({ $0 != nil }),
                let odd = sizes.firstIndex(where: { $0 != first })
            else { continue }
            throw Reason(
                "The figures of rows are in units of several sizes: `\(strings[0])` and "
                    + "`\(strings[odd])` in `\(entry.title)`", line: table.lineOfRow(texts.firstRow(odd)),
                column: entry.place + 1, found: strings[odd], expected: "one size of unit in all rows",
                remedy: "Bring the figures to one unit; where each row is a series of its own, make the unit a key: "
                    + "`\(DatasetDefinition.Columns(keys: keys(adding: column, table)).line)`")
        }
    }

    private static let mostUnits = 20

    /// `units`, `actual`: the figures as they are.
    private static func isUnit(_ text: String) -> Bool {
        ["unit", "units", "one", "ones", "actual", "1", "stk", "einheiten", "enheter", "unidades", "unités"]
            .contains(
                text.lowercased())
    }

    private static func keys(adding column: Int, _ table: RoleTable) -> [DatasetDefinition.Columns.Key] {
        (table.places(.key) + [column]).map { .init(columns: [table.columns[$0].title]) }
    }
}
