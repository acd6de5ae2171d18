import Annals
import Definitions

/// The columns of a TSV file of Eurostat: dimensions that ``PackedColumn`` took apart, then one column a year.
struct EurostatColumns: ColumnFormat {
    func unpacked(_ columns: [PlanColumn], reader: (Int) -> FigureReader) -> [PlanColumn] { columns }

    func title(ofColumn place: Int) -> String? { nil }

    func isOfMeasures(column place: Int) -> Bool { false }

    func isOfPublication(column place: Int) -> Bool { false }

    func published(_ table: RoleTable) -> Instant? { nil }

    var hasDecimals: Bool { false }

    func assign(_ table: inout RoleTable, _ context: ColumnFormatContext) throws(Reason) {
        for column in table.open where table.columns[column].place > 0 {
            try refusePart(table.columns[column], line: table.headingLine)
        }
        for column in table.open {
            let entry = table.columns[column]
            if entry.place > 0 {
                table.assign(column, .measure, "has a year in its heading")
            } else if entry.heading.slug == "freq" {
                try context.assignFrequency(column, &table)
            } else {
                context.assignKey(column, &table, "is one of the dimensions of the first column")
            }
        }
    }

    /// Refuses a heading that is no year: `2020M01`, `2020-Q1`, `2020-W01`.
    private func refusePart(_ column: PlanColumn, line: Int) throws(Reason) {
        guard YearValue.parse(column.name).map({ $0.day == nil && $0.footnotes.isEmpty }) != true else { return }
        let isOfTime = column.name.utf8.first.map(NumberShape.isDigit) ?? false
        throw Reason(
            isOfTime
                ? "The headings are months, quarters, weeks or days" : "`\(column.name)` stands where years do",
            line: line,
            column: column.place + 1, found: column.name, expected: "a year above each column of figures",
            remedy: "Annal keeps yearly tables; export the yearly figures alone (frequency A)")
    }
}
