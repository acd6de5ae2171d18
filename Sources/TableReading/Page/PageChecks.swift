import Annals

/// What the labels of a page must not be, and what is odd about them.
enum PageChecks {
    /// - Throws: Where one heading has a category twice.
    static func refuseTwins(_ layout: PageLayout, _ columns: PageSide) throws(Reason) {
        let starts = layout.labelStarts
        for (heading, start) in zip(layout.headings, starts) {
            var places: [UInt32: Int] = [:]
            for (place, label) in heading.labels.enumerated() where !label.isEmpty {
                let category = columns.indices[start + place]
                guard let first = places[category] else {
                    places[category] = place
                    continue
                }
                throw Reason(
                    "Two columns are the same category", line: heading.line, column: place + 2,
                    found: "\(heading.labels[first]), \(label)", expected: "each category once",
                    remedy: "Correct one of the two headings")
            }
        }
    }

    /// - Throws: Years whose figures are in two units.
    static func refuseUnits(_ layout: PageLayout, _ columns: PageSide) throws(Reason) {
        guard let years = columns.years else { return }
        let used = columns.categories.indices.filter { !columns.isLeftOut[$0] }
        let names = used.map { columns.categories[$0].label }
        try YearUnits.refuse(names, used.map { years[$0] }) { layout.place(ofHeading: names[$0]) }
    }

    /// - Throws: A year above the labels of the rows, beside years above the figures, or another than theirs: either it
    ///   heads figures, or it is the year of all of them.
    static func refuseYearAboveLabels(_ layout: PageLayout, _ periods: [Period]) throws(Reason) {
        for heading in layout.headings {
            guard let year = YearHeading.parse(heading.stub).year, year.remainder.isEmpty else { continue }
            let labels = heading.labels.filter { !$0.isEmpty }
            guard
                labels.contains(where: HeadingLines.namesYear)
                    || !periods.contains(where: { $0.year == year.mention.year })
            else { continue }
            throw Reason(
                "A year stands above the labels of the rows", line: heading.line, column: 1, found: heading.stub,
                expected: "the name of the rows, or nothing; a year above each column of figures, or one in the title",
                remedy:
                    "Write what the rows are in its place; where a column of figures is empty throughout, print a symbol in it"
            )
        }
    }

    /// - Throws: A heading that names a key, a year or a value: the rows are then those of a list.
    static func refuseLists(_ layout: PageLayout) throws(Reason) {
        for heading in layout.headings {
            for (place, label) in heading.labels.enumerated() where isListed(label) {
                throw Reason(
                    "The column `\(label)` holds keys, years or values: this is a list, and no page",
                    line: heading.line,
                    column: place + 2, found: label, expected: "a category or a year above each column",
                    remedy: "Export the table as CSV")
            }
        }
    }

    private static func isListed(_ label: String) -> Bool {
        // `Number` beside `Per cent` says that something was counted.
        let name = ColumnName(label)
        return name.isYear || name.isValue || name.isOfItsOwn
            || name.isCode && !ColumnName.isGenericMeasure(label)
    }

    /// - Throws: Two labels of one block that are one category: which of the two rows is meant can't be told.
    static func refuseTwinRows(_ layout: PageLayout, _ rows: PageSide) throws(Reason) {
        var heading = -1
        var first: [UInt32: (label: String, line: Int)] = [:]
        for (row, category) in zip(layout.rows, rows.indices) {
            if row.heading != heading { (heading, first) = (row.heading, [:]) }
            let label = LabelText.normalized(row.label)
            guard let earlier = first[category] else {
                first[category] = (label, row.line)
                continue
            }
            guard earlier.label != label else { continue }
            throw Reason(
                "Two rows of one block are the same category: `\(earlier.label)` in line \(earlier.line) and "
                    + "`\(label)` in line \(row.line)", line: row.line, column: 1, found: label,
                expected: "each category once", remedy: "Tell the labels apart, or remove one of the rows")
        }
    }

    /// - Throws: A row that is the heading of a group.
    static func refuseGroups(_ layout: PageLayout, _ rows: PageSide) throws(Reason) {
        guard let first = layout.headings.first, rows.years == nil else { return }
        // A row without figures in one block may have some in another.
        var hasFigures = [Bool](repeating: false, count: rows.categories.count)
        for (row, category) in zip(layout.rows, rows.indices) where !hasFigures[Int(category)] {
            hasFigures[Int(category)] = layout.text.fields[row.fields].contains { !$0.isEmpty }
        }
        let isFirst = layout.headings.map { $0.labels == first.labels }
        let block = layout.rows.indices.filter { isFirst[layout.rows[$0].heading] }
        let dimension = Dimension(id: "row", label: "row", categories: rows.categories)
        let marks = block.map { hasFigures[Int(rows.indices[$0])] ? UInt16(0) : 1 }
        let figure = FigureColumn(values: [], marks: marks, decimals: 0)
        let key = KeyColumn(dimension: dimension, indices: EntryRows(block.map { rows.indices[$0] }))
        let columns = TableColumns(
            rowCount: block.count, keys: [key],
            periods: [], rowPeriods: nil, extra: nil,
            figures: [FigureColumn](repeating: figure, count: min(2, first.labels.count)), measures: [], palette: [],
            title: "", notes: [])
        guard let group = GroupRows.first(columns, isBlank: { $0 == 1 }) else { return }
        throw GroupRows.reason(columns, group, line: layout.rows[block[group]].line)
    }

    /// Rows that stand in one block and not in another beside it.
    static func missingRows(_ layout: PageLayout, _ rows: PageSide, _ columns: PageSide) -> [Finding] {
        // Blocks with the same columns are one, broken by the end of a page.
        var places: [[UInt32]: Int] = [:]
        var blocks: [(line: Int, rows: Set<UInt32>)] = []
        let starts = layout.labelStarts
        let blockOfHeading = layout.headings.indices.map { index in
            let labels = layout.headings[index].labels
            let key = labels.indices.filter { !labels[$0].isEmpty }.map { columns.indices[starts[index] + $0] }
            if let block = places[key] { return block }
            places[key] = blocks.count
            blocks.append((layout.headings[index].line, []))
            return blocks.count - 1
        }
        guard blocks.count > 1 else { return [] }
        for (row, category) in zip(layout.rows, rows.indices) {
            blocks[blockOfHeading[row.heading]].rows.insert(category)
        }
        var findings: [Finding] = []
        for block in blocks where block.rows.count < rows.categories.count {
            let missing = rows.categories.indices.filter { !block.rows.contains(UInt32($0)) }
            let names = missing.prefix(namedAtMost).map { "`\(rows.categories[$0].label)`" }.joined(separator: ", ")
            findings.append(
                Finding("row-missing", "The block below line \(block.line) has no row of \(names)", line: block.line))
            if findings.count == namedAtMost { break }
        }
        return findings
    }

    private static let namedAtMost = 5

    /// Blank places on a diagonal that is printed otherwise: the row may have lost its figures.
    static func blankDiagonal(_ cells: PageCells, _ rows: PageSide, _ codes: MatrixCodes) -> [Finding] {
        let diagonal = cells.cells.filter { codes.columnOfRow[Int($0.row)] == Int($0.column) }
        let blank = diagonal.filter { cells.palette.marks[Int($0.mark)].status == .blank }
        guard blank.count * 2 < diagonal.count else { return [] }
        return blank.prefix(namedAtMost).map { cell in
            Finding(
                "diagonal-blank",
                "Nothing stands where `\(rows.categories[Int(cell.row)].label)` meets itself, and others have a symbol there",
                line: cell.line)
        }
    }

    /// Figures in a triangle that is blank but for them: a row may stand in the wrong block.
    static func oddTriangle(
        _ cells: PageCells, _ rows: PageSide, _ columns: PageSide, _ codes: MatrixCodes
    ) -> [Finding] {
        let areTotals = columns.categories.map { TotalLabel.matches($0.label) }
        var (upper, lower): ([Int], [Int]) = ([], [])
        for (index, cell) in cells.cells.enumerated() {
            guard let own = codes.columnOfRow[Int(cell.row)], !areTotals[Int(cell.column)],
                cells.palette.marks[Int(cell.mark)].status != .blank
            else { continue }
            if own < Int(cell.column) { upper.append(index) } else if own > Int(cell.column) { lower.append(index) }
        }
        let few = upper.count < lower.count ? upper : lower
        guard let first = few.first, few.count * 5 < max(upper.count, lower.count) else { return [] }
        let cell = cells.cells[first]
        return [
            Finding(
                "odd-triangle",
                "`\(rows.categories[Int(cell.row)].label)` has figures in the triangle that is blank otherwise",
                line: cell.line)
        ]
    }

    /// Categories that stand on one side of a matrix alone, totals aside.
    static func oddOnes(
        _ layout: PageLayout, _ rows: PageSide, _ columns: PageSide, _ codes: MatrixCodes
    ) -> [Finding] {
        let lines = layout.headings.flatMap { heading in heading.labels.map { _ in heading.line } }
        let oddColumns = columns.categories.indices.filter { place in
            let category = columns.categories[place]
            return !codes.isInRows[place] && !TotalLabel.matches(category.label) && category.code != "total"
        }
        let oddRows = rows.categories.indices.filter { place in
            let category = rows.categories[place]
            return codes.columnOfRow[place] == nil && !TotalLabel.matches(category.label) && category.code != "total"
        }
        let totals = [("heads a column", columns, lines), ("stands in front of a row", rows, layout.rows.map(\.line))]
            .flatMap { place, side, lines -> [Finding] in
                let totals = side.categories.indices.filter { TotalLabel.matches(side.categories[$0].label) }
                guard totals.count > 1 else { return [] }
                return totals.prefix(namedAtMost).map { total in
                    Finding(
                        "two-totals", "`\(side.categories[total].label)` \(place), and another total too",
                        line: lines[side.firstMention[total]])
                }
            }
        return totals
            + oddColumns.prefix(namedAtMost).map { place in
                Finding(
                    "one-side-only",
                    "`\(columns.categories[place].label)` heads a column and stands in front of no row",
                    line: lines[columns.firstMention[place]])
            }
            + oddRows.prefix(namedAtMost).map { place in
                Finding(
                    "one-side-only", "`\(rows.categories[place].label)` stands in front of a row and heads no column",
                    line: layout.rows[rows.firstMention[place]].line)
            }
    }
}
