import Annals
import Definitions

/// The roles that the columns of the dataset's latest file had: they hold for the next one, column by column.
enum BoundRoles {
    private static let why = "had this role in the dataset's latest file"

    /// Gives columns of the same heading the same role; what is new in the file is decided by itself.
    static func assign(_ table: inout RoleTable, _ plan: ReadingPlan) {
        let roles = plan.byName
        for column in table.open {
            guard let bound = roles[table.columns[column].name], holds(bound, table.columns[column]) else { continue }
            let owner = bound.of.flatMap { name in table.columns.firstIndex { $0.title == name } }
            table.assign(column, bound.role, of: owner, why)
        }
    }

    /// Whether the column can have the role at all; where it can't, it is decided anew, and the difference is told.
    private static func holds(_ bound: ReadingPlan.Column, _ column: PlanColumn) -> Bool {
        switch bound.role {
        case .year, .key, .flag: column.texts != nil && column.profile.filled > 0
        case .measure: FigureChoice.mayBeFigures(column)
        // What was said of the whole table tells rows apart now.
        case .attribute where bound.text != nil: column.texts.map { $0.count <= 1 } ?? false
        case .label, .attribute, .index, .ignored: true
        }
    }

    /// Refuses a file that says throughout something else than the dataset's latest one did: `Deaths` for `Births`.
    ///
    /// - Throws: The first such column.
    static func refuseOtherConstant(_ table: RoleTable, _ plan: ReadingPlan) throws(Reason) {
        let bound = plan.byName
        for column in table.columns.indices {
            let entry = table.columns[column]
            guard let text = table.constant(column), let earlier = bound[entry.name]?.text,
                !entry.heading.changesByItself, folded(text) != folded(earlier)
            else { continue }
            throw Reason(
                "ambiguous-dataset: the column `\(entry.name)` says `\(text)` in every row, and `\(earlier)` in the "
                    + "dataset's latest file",
                line: table.lineOfRow(0), column: entry.place + 1, found: text, expected: earlier,
                remedy:
                    "Where it is another table, name its own dataset in a sidecar (dataset: …); where the column says "
                    + "nothing of what is counted, leave it out by a definition: "
                    + "`\(DatasetDefinition.Columns(ignored: [entry.name]).line)`")
        }
    }

    /// Without years, which differ from file to file, and without capitals and accents; in any script.
    private static func folded(_ text: String) -> String {
        if YearValue.parse(text) != nil { return "" }
        return LabelText.folded(YearMentions(in: text).remainder)
    }
}
