import Annals
import Definitions

/// Which sheets of a workbook are its tables.
///
/// The one that a sidecar or a definition names, hidden or not; else of those that are shown the one that holds a table
/// (``GridSurvey``), or several that are each called after another year. Anything else is refused, naming the sheets.
struct SheetChoice {
    /// One, or one a year.
    private(set) var grids: [Grid] = []
    private(set) var findings: [Finding] = []
    private(set) var isOneAYear = false
    /// Lines of sheets of notes and legends.
    private(set) var notes: [String] = []

    /// - Parameters:
    ///   - workbook: The workbook.
    ///   - wanted: The name that a person gave.
    /// - Throws: Where no sheet, or not one alone, is the table.
    init(_ workbook: any Workbook, wanted: String?) throws(Reason) {
        let names = workbook.sheetNames
        if let wanted {
            guard let index = Self.index(of: wanted, in: names.map(\.name)) else {
                throw Reason(
                    "The workbook has no sheet `\(wanted)`", found: Self.list(names.map(\.name)), expected: wanted,
                    remedy: "Correct `sheet:` in the sidecar or the definition")
            }
            grids = [try workbook.grid(ofSheet: index)]
            return
        }
        var tables: [Grid] = []
        var others: [String] = []
        for (index, sheet) in names.enumerated() where !sheet.isHidden {
            let grid = try workbook.grid(ofSheet: index)
            if GridSurvey(grid).holdsTable {
                tables.append(grid)
            } else {
                others.append(sheet.name)
                takeNotes(grid)
            }
        }
        let hidden = names.filter(\.isHidden).map(\.name)
        note("sheets-passed-over", others, "no table in it")
        note("hidden-sheets", hidden, "hidden, and not read")
        guard let first = tables.first else {
            throw Reason(
                "No sheet that is shown holds a table", found: Self.list(others),
                expected: "labels and figures beside one another",
                remedy: hidden.isEmpty
                    ? "Say which sheet it is in a sidecar NAME.meta.yaml: `sheet: …`"
                    : "If it is a hidden one, say so in a sidecar NAME.meta.yaml: "
                        + hidden.prefix(Self.mostNamed).map { "`\(DatasetDefinition.Layout.line(sheet: $0))`" }
                        .joined(separator: " or "))
        }
        guard tables.count > 1 else {
            grids = [first]
            return
        }
        guard Self.areOneAYear(tables) else {
            throw Reason(
                "\(tables.count) sheets hold tables", found: Self.list(tables.map(\.name)),
                expected: "one table, or sheets that are each called after another year",
                remedy: "Say which in a sidecar NAME.meta.yaml, or in a definition: "
                    + tables.prefix(Self.mostNamed).map { "`\(DatasetDefinition.Layout.line(sheet: $0.name))`" }
                    .joined(separator: " or "))
        }
        grids = tables
        isOneAYear = true
    }

    private static let mostNamed = 8
    private static let mostNotes = 200

    /// What a sheet says that is called notes or a legend, a row a note.
    private mutating func takeNotes(_ grid: Grid) {
        guard GridSurvey.isOfNotes(grid.name) else { return }
        var row: Int32 = 0
        for cell in grid.cells where cell.kind != .problem {
            if cell.row != row {
                guard notes.count < Self.mostNotes else { return }
                notes.append("")
                row = cell.row
            }
            let note = notes[notes.count - 1]
            notes[notes.count - 1] = note.isEmpty ? grid.text(cell) : "\(note) \(grid.text(cell))"
        }
    }

    private static func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }

    /// The sheet of a name; capitals and spaces around it don't count where no other sheet differs by them alone.
    private static func index(of wanted: String, in names: [String]) -> Int? {
        if let exact = names.firstIndex(of: wanted) { return exact }
        func folded(_ name: String) -> String { FieldText.collapsed(name).lowercased() }
        let found = names.indices.filter { folded(names[$0]) == folded(wanted) }
        return found.count == 1 ? found[0] : nil
    }

    private static func areOneAYear(_ grids: [Grid]) -> Bool {
        let years = grids.map { grid -> Int? in
            let years = FileName(grid.name).mentions.years
            return years.count == 1 ? years[0].year : nil
        }
        return years.allSatisfy { $0 != nil } && Set(years).count == years.count
    }

    private mutating func note(_ code: String, _ names: [String], _ what: String) {
        guard !names.isEmpty else { return }
        findings.append(
            Finding(code, "\(names.count == 1 ? "Sheet" : "Sheets") \(Self.list(names)): \(what)"))
    }
}
