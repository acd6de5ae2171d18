import Annals

/// The roles that the columns of the dataset's latest file had: they hold for the next one, column by column.
enum BoundRoles {
    private static let why = "had this role in the dataset's latest file"

    /// Gives columns of the same heading the same role; what is new in the file is decided by itself.
    static func assign(_ table: inout RoleTable, _ plan: ReadingPlan) {
        var roles: [String: ReadingPlan.Column] = [:]
        for column in plan.columns where !column.name.isEmpty { roles[column.name] = column }
        for column in table.open {
            guard let bound = roles[table.columns[column].name], holds(bound.role, table.columns[column]) else {
                continue
            }
            let owner = bound.of.flatMap { name in table.columns.firstIndex { $0.title == name } }
            table.assign(column, bound.role, of: owner, why)
        }
    }

    /// Whether the column can have the role at all; where it can't, it is decided anew, and the difference is told.
    private static func holds(_ role: ReadingPlan.Role, _ column: PlanColumn) -> Bool {
        switch role {
        case .year, .key, .flag: column.texts != nil && column.profile.filled > 0
        case .measure: FigureChoice.mayBeFigures(column)
        case .label, .attribute, .index, .ignored: true
        }
    }
}
