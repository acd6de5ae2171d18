import Annals
import Definitions

/// Decides the role of each column of a file from what stands in all of it.
///
/// The order is that of certainty. A definition has the last word, so it goes first. Then what only one role fits: the
/// year column, figures below a year, marks, what is the same throughout, remarks, row numbers. Then the keys: the fewest
/// columns of words and codes that tell the rows apart, what follows from them being labels and attributes. What is left
/// holds figures. A column of which none of this is true is refused, never given a role.
enum ColumnPlanning {
    /// - Parameters:
    ///   - columns: In the order of the file.
    ///   - rowCount: How many rows there are.
    ///   - headingLine: The line of the heading, for messages.
    ///   - lineOfRow: The line of a row, for messages.
    ///   - format: What the file's own format says of them.
    ///   - definition: What is said about the columns.
    ///   - bound: The roles that the dataset's latest file had; a definition goes first.
    ///   - claimed: The years that title or file name give.
    ///   - mayDiffer: Whether the sidecar says that the table is made in another way than before.
    /// - Returns: Every column with its role.
    /// - Throws: Where a column that is needed is missing, two claim one role, or none holds figures.
    static func decide(
        _ columns: [PlanColumn], rowCount: Int, headingLine: Int, lineOfRow: @escaping (Int) -> Int,
        format: (any ColumnFormat)? = nil, definition: DatasetDefinition?, bound: ReadingPlan? = nil,
        claimed: Set<Int> = [], mayDiffer: Bool = false
    ) throws(Reason) -> RoleTable {
        var table = RoleTable(columns, rowCount: rowCount, headingLine: headingLine, lineOfRow: lineOfRow)
        try refuseTwins(columns, line: headingLine)
        if let definition { try DeclaredRoles.assign(&table, definition) }
        if let format { try format.assign(&table, ColumnFormatContext(definition: definition, bound: bound)) }
        if definition == nil, let bound { BoundRoles.assign(&table, bound) }
        if format == nil || !table.open.isEmpty { try decideOpen(&table, definition: definition, claimed: claimed) }
        table.keepUnits()
        if let bound {
            try BoundRoles.refuseOtherUnits(table, bound)
            try BoundRoles.refuseOtherConstant(table, bound)
            try BoundRoles.refuseNoLongerConstant(table, bound, declared: definition?.columns.attributes ?? [])
            try BoundRoles.refuseNewFigures(table, bound, declared: definition?.columns.values ?? [])
            var change = ConstantChange(bound, declared: definition?.columns.attributes ?? [], mayDiffer: mayDiffer)
            try change.compare(table)
            for (code, message) in change.notes { table.note(code, message) }
        }
        return table
    }

    /// Decides the columns that have no role yet.
    private static func decideOpen(
        _ table: inout RoleTable, definition: DatasetDefinition?, claimed: Set<Int>
    ) throws(Reason) {
        try PartColumns.refuse(table)
        FlagChoice.assignOwned(&table)
        let headings = try FigureChoice.headings(&table, claimed: claimed, definition: definition)
        if table.places(.year).isEmpty {
            try YearChoice.assign(&table, headingsGiveYears: headings.giveSeveralYears, claimed: claimed)
        }
        let hasYearColumn = !table.places(.year).isEmpty
        try YearsAbove.check(&table, headings, isDeclared: definition?.columns.year != nil)
        FigureChoice.assignCertain(&table, headings, yearColumn: hasYearColumn)
        FlagChoice.assignFlags(&table)
        FlagChoice.assignConstants(&table)
        FlagChoice.assignRemarks(&table)
        IndexChoice.assign(&table)
        CodesInFront.leaveOutCounter(&table)
        try KeyChoice.assign(&table, declared: definition?.columns.keys ?? [], isDefined: definition != nil)
        try FigureChoice.assignRest(&table, headings, yearColumn: hasYearColumn)
        try FlagChoice.assignBeside(&table)
        if definition?.columns.keys.isEmpty ?? true { try UnitRows.refuse(table) }
    }

    private static func refuseTwins(_ columns: [PlanColumn], line: Int) throws(Reason) {
        var seen: [String: PlanColumn] = [:]
        for column in columns where !column.name.isEmpty {
            if let first = seen[column.name] {
                throw Reason(
                    "Columns \(first.place + 1) and \(column.place + 1) have the same name", line: line,
                    column: column.place + 1, found: column.name, expected: "different names",
                    remedy: "Rename one of them")
            }
            seen[column.name] = column
        }
    }
}
