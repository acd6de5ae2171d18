import Annals

/// The reading plan of a page: the stub is its first column, and each heading one more, whatever block it stands in.
enum PagePlan {
    /// - Parameters:
    ///   - layout: For the stub's own heading.
    ///   - rows: The stub.
    ///   - columns: The headings.
    ///   - keys: Ids of the dimensions, the stub's first where it is one.
    ///   - isMatrix: Whether the same categories stand on both sides.
    /// - Returns: One column for the stub, one for each heading.
    static func plan(
        _ layout: PageLayout, rows: PageSide, columns: PageSide, keys: [String], isMatrix: Bool
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
        let inRows = isMatrix ? Set(rows.categories.map(\.code)) : []
        let id = (rows.years == nil ? keys.dropFirst() : keys[...]).first ?? "column"
        let labels = layout.headings.flatMap(\.labels)
        for (place, category) in columns.categories.enumerated() {
            let name = labels[columns.firstMention[place]]
            let (role, why) = meaning(place, category, columns, id: id, inRows: inRows)
            plan.columns.append(.init(name: name, number: place + 2, role: role, why: why))
        }
        return plan
    }

    private static func meaning(
        _ place: Int, _ category: Category, _ columns: PageSide, id: String, inRows: Set<String>
    ) -> (ReadingPlan.Role, String) {
        if columns.isIgnored(place) { return (.ignored, "is named in the definition") }
        guard let years = columns.years else {
            let other = inRows.contains(category.code) ? ", as in front of a row" : ""
            return (.measure, "holds figures, and its heading is the \(id) `\(category.code)`\(other)")
        }
        return years[place] == nil
            ? (.attribute, "holds figures, and no year stands in its heading, as it does in others")
            : (.measure, "has a year in its heading")
    }
}
