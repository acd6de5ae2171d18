import Annals
import Definitions

/// A grid that is read as a table.
struct GridTable {
    private let grid: Grid
    private let input: ReaderInput

    init(_ grid: Grid, _ input: ReaderInput) {
        self.grid = grid
        self.input = input
    }

    /// - Throws: Why the sheet can't be taken, with the cell.
    func read() throws(Reason) -> Reading {
        if let problem = grid.problem { throw problem }
        if let covered = GridMerges(grid).covered() {
            throw grid.place(
                Grid.covered, at: CellReference(row: Int(covered.row), column: Int(covered.column)))
        }
        var input = input
        // What the sheet is called goes before what the file is called.
        let named = FileName(grid.name)
        let year = named.mentions.years.count == 1 ? named.mentions.years.first : nil
        if year != nil { input.fileName = input.fileName.withYears(ofSheet: named) }
        let file = try file(&input)
        let places = file.places
        do throws(Reason) {
            try refuseErrors(file.table, places)
            var reading = try file.table.read()
            try refuseOtherYear(than: year, reading)
            reading.findings = reading.findings.map(places.placed) + findings(reading, file)
            reading.origins = reading.origins.map(places.placed)
            for index in reading.plan.columns.indices {
                let field = reading.plan.columns[index].number
                reading.plan.columns[index].number = places.column(ofField: field) ?? field
            }
            return reading
        } catch {
            throw error.message.hasPrefix("Sheet `") ? error : places.placed(error)
        }
    }

    /// The sheet as text, numbers with the decimal mark of its texts.
    private func file(_ input: inout ReaderInput) throws(Reason) -> (table: DelimitedFile, places: GridPlaces) {
        var mark = Dialect.DecimalMark.point
        while true {
            let lines = try GridLines(grid, decimalMark: mark)
            let places = GridPlaces(sheet: grid.name, columns: lines.columns)
            do throws(Reason) {
                let text = DecodedText(bytes: lines.bytes, start: 0, encoding: "UTF-8")
                guard let table = try DelimitedFile(text, delimiter: GridLines.delimiter, input) else {
                    throw Reason(
                        "The sheet holds no table", expected: "labels and figures beside one another",
                        remedy: "Choose another sheet: say `sheet:` in a sidecar NAME.meta.yaml")
                }
                let said = try identity(table).dialect.decimalMark
                if said == .comma, mark == .point {
                    mark = .comma
                    continue
                }
                if said == nil, grid.hasFraction { input.decimalMark = .point }
                return (DelimitedFile(table, input), places)
            } catch {
                throw places.placed(error)
            }
        }
    }

    private func identity(_ table: DelimitedFile) throws(Reason) -> TableIdentity {
        try TableIdentity(table.input, title: table.form.title.map { TitleLine($0, notes: []) })
    }

    /// Error values are no labels and no figures, unless the dialect says what one means.
    private func refuseErrors(_ table: DelimitedFile, _ places: GridPlaces) throws(Reason) {
        guard grid.cells.contains(where: { $0.kind == .error }) else { return }
        let dialect = try identity(table).dialect
        guard let odd = grid.cells.first(where: { $0.kind == .error && dialect.symbols[grid.text($0)] == nil }) else {
            return
        }
        throw grid.place(
            Reason(
                "The cell holds an error value", found: grid.text(odd), expected: "a figure, a label or a symbol",
                remedy: "Correct the formula; where it stands for a missing figure, name a dialect that says so "
                    + "(`dialect:` in a definition)"),
            at: CellReference(row: Int(odd.row), column: Int(odd.column)))
    }

    /// A sheet that is called after one year and holds another one may be an old one that was copied.
    private func refuseOtherYear(than year: YearMention?, _ reading: Reading) throws(Reason) {
        guard let year, input.document.sidecar?.year == nil, reading.tables.count == 1,
            let period = reading.tables.first?.period, period.year != year.year
        else { return }
        throw Reason(
            "Sheet `\(grid.name)` is called after \(year.label), and its table is of \(period.label)",
            found: period.label, expected: year.label,
            remedy: "Say which in a sidecar NAME.meta.yaml: `year: \(year.year)` or `year: \(period.year)`")
    }

    // MARK: Findings

    private func findings(_ reading: Reading, _ file: (table: DelimitedFile, places: GridPlaces)) -> [Finding] {
        var findings: [Finding] = []
        if let row = grid.hiddenRows.first {
            let count = grid.hiddenRows.count
            findings.append(
                Finding(
                    "hidden-rows",
                    "Sheet `\(grid.name)` hides \(count == 1 ? "row" : "\(count) rows, the first of them") \(row): read as all others",
                    line: row))
        }
        let hidden = file.places.columns.filter { column in
            grid.hiddenColumns.contains { $0.contains(column) }
        }
        if !hidden.isEmpty {
            let letters = hidden.prefix(10).map(CellReference.letters).joined(separator: ", ")
            findings.append(
                Finding("hidden-columns", "Sheet `\(grid.name)` hides columns: \(letters): read as all others"))
        }
        if let words = grid.words {
            findings.append(
                Finding(
                    "number-format-text",
                    "The number format of cell \(words.place) of sheet `\(grid.name)` writes `\(words.text)` beside its "
                        + "number; the number alone is read", line: words.place.row))
        }
        return findings + (figuresAsText(reading, file).map { [$0] } ?? [])
    }

    /// Cells in columns of figures that hold their figure as text.
    private func figuresAsText(
        _ reading: Reading, _ file: (table: DelimitedFile, places: GridPlaces)
    ) -> Finding? {
        let columns = Set(
            reading.plan.columns.filter { $0.role == .measure }.compactMap { file.places.column(ofField: $0.number) })
        var (count, first) = (0, CellReference?.none)
        for cell in grid.cells
        where cell.kind == .text && Int(cell.row) >= file.table.form.bodyLine && columns.contains(Int(cell.column))
            && HeaderLines.isFigure(grid.text(cell))
        {
            count += 1
            first = first ?? CellReference(row: Int(cell.row), column: Int(cell.column))
        }
        guard let first else { return nil }
        return Finding(
            "figures-as-text",
            count == 1
                ? "Cell \(first) of sheet `\(grid.name)` holds its figure as text"
                : "\(count) cells of sheet `\(grid.name)` hold their figures as text, the first of them \(first)",
            line: first.row)
    }
}
