import Annals

/// Sheets that are each called after another year, read as one dataset.
struct SheetsOfYears {
    private let choice: SheetChoice

    init(_ choice: SheetChoice) { self.choice = choice }

    /// - Throws: Why a sheet can't be taken; and where one is of another dataset, has other dimensions or measures, or a
    ///   year that another one has.
    func read(_ input: ReaderInput) throws(Reason) -> Reading {
        guard !choice.grids.isEmpty else { throw Reason("The workbook has no sheet") }
        var whole = try YearsOfOneFile.reading(choice.grids, input) { (grid, input) throws(Reason) in
            try GridTable(grid, input).read()
        } refusal: { grid, first, found in
            Reason(
                "Sheet `\(grid.name)` holds \(found.what), beside sheet `\(first.name)`", found: found.here,
                expected: found.there, remedy: "Drop each sheet as a file of its own, or say `sheet:` in a sidecar")
        }
        whole.findings = choice.findings + whole.findings
        return whole
    }
}
