import Annals

/// Sheets that are each called after another year, read as one dataset.
struct SheetsOfYears {
    private let choice: SheetChoice

    init(_ choice: SheetChoice) { self.choice = choice }

    /// - Throws: Why a sheet can't be taken; and where one is of another dataset, has other dimensions or measures, or a
    ///   year that another one has.
    func read(_ input: ReaderInput) throws(Reason) -> Reading {
        guard let first = choice.grids.first else { throw Reason("The workbook has no sheet") }
        var whole = try GridTable(first, input).read()
        whole.findings = choice.findings + whole.findings
        for grid in choice.grids.dropFirst() {
            var next = input
            // The first sheet says what the columns of all are for.
            if next.bound == nil { next.bound = whole.plan }
            let reading = try GridTable(grid, next).read()
            try check(reading, grid, against: whole, first)
            whole.tables += reading.tables
            whole.origins += reading.origins
            whole.findings += reading.findings.filter { !whole.findings.contains($0) }
        }
        let order = whole.tables.indices.sorted { whole.tables[$0].period.year < whole.tables[$1].period.year }
        if whole.origins.count == whole.tables.count { whole.origins = order.map { whole.origins[$0] } }
        whole.tables = order.map { whole.tables[$0] }
        return whole
    }

    private func check(_ reading: Reading, _ grid: Grid, against whole: Reading, _ first: Grid) throws(Reason) {
        let known = Set(whole.tables.map(\.period.year))
        guard let table = reading.tables.first, let other = whole.tables.first else { return }
        let found: YearsOfOneFile.Difference?
        if reading.dataset != whole.dataset {
            found = ("another dataset", reading.dataset.slug, whole.dataset.slug)
        } else if let difference = YearsOfOneFile.difference(table, other) {
            found = difference
        } else if let twice = reading.tables.first(where: { known.contains($0.period.year) }) {
            found = ("a year that another sheet has", twice.period.label, "each year once")
        } else {
            found = nil
        }
        guard let found else { return }
        throw Reason(
            "Sheet `\(grid.name)` holds \(found.what), beside sheet `\(first.name)`", found: found.here,
            expected: found.there, remedy: "Drop each sheet as a file of its own, or say `sheet:` in a sidecar")
    }
}
