import Annals

/// The reading plan of a page: the stub is its first column, and each heading one more, whatever block it stands in.
enum PagePlan {
    /// - Parameters:
    ///   - layout: For the stub's own heading.
    ///   - rows: The stub.
    ///   - columns: The headings.
    ///   - keys: Ids of the dimensions, the stub's first where it is one.
    ///   - matrixCodes: Where the same categories stand on both sides.
    /// - Returns: One column for the stub, one for each heading.
    static func plan(
        _ layout: PageLayout, rows: PageSide, columns: PageSide, keys: [String], matrixCodes: MatrixCodes?
    ) -> ReadingPlan {
        let stub = layout.headings.first?.stub ?? ""
        var plan = ReadingPlan()
        if rows.years == nil {
            let id = keys.first ?? "row"
            plan.columns.append(
                .init(name: stub, number: 1, role: .key, why: "stands in front of the rows and names the \(id)"))
        } else {
            plan.columns.append(.init(name: stub, number: 1, role: .year, why: "holds a year in each row"))
        }
        let id = (rows.years == nil ? keys.dropFirst() : keys[...]).first ?? "column"
        let labels = layout.headings.flatMap(\.labels)
        let heads = "holds figures, and its heading is the \(id) `"
        for (place, category) in columns.categories.enumerated() {
            let name = labels[columns.firstMention[place]]
            let isInRows = matrixCodes?.isInRows[place] ?? false
            let (role, why) = meaning(place, category, columns, heads: heads, isInRows: isInRows)
            plan.columns.append(.init(name: name, number: place + 2, role: role, why: why))
        }
        return plan
    }

    private static func meaning(
        _ place: Int, _ category: Category, _ columns: PageSide, heads: String, isInRows: Bool
    ) -> (ReadingPlan.Role, String) {
        if columns.isIgnored(place) { return (.ignored, "is named in the definition") }
        guard let years = columns.years else {
            return (.measure, heads + category.code + (isInRows ? "`, as in front of a row" : "`"))
        }
        return years[place] == nil
            ? (.attribute, "holds figures, and no year stands in its heading, as it does in others")
            : (.measure, "has a year in its heading")
    }
}
