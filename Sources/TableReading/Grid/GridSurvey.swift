/// Whether a sheet holds a table: figures beside labels; no cover, list of contents or page of notes.
///
/// What may be a table is taken for one, and refused where it can't be read: a sheet is passed over only where it has no
/// figure beside a text at all, where its only figures number a list of the contents, or where it is called a cover or
/// notes and has a few figures at most.
struct GridSurvey {
    let holdsTable: Bool

    private static let words: Set<String> = [
        "contents", "content", "index", "cover", "notes", "note", "metadata", "readme", "about", "info", "information",
        "contact", "toc", "title", "guide", "legend", "definitions", "symbols", "sources", "innhold", "forside", "om",
        "noter", "inhalt", "inhaltsverzeichnis", "deckblatt", "titel", "impressum", "hinweise", "erläuterungen",
        "sommaire", "notice", "lisez", "innehåll", "sisällys", "indice", "índice", "kontakt", "merknader",
        "cover_sheet",
    ]

    private static let notes: Set<String> = [
        "notes", "note", "legend", "symbols", "noter", "hinweise", "merknader", "erläuterungen", "anmerkungen",
    ]

    /// Whether a sheet is called notes, or a legend of symbols.
    static func isOfNotes(_ name: String) -> Bool { isCalled(name, one: notes) }

    private static func isCalled(_ name: String, one of: Set<String>) -> Bool {
        name.lowercased().split { !$0.isLetter && $0 != "_" }.contains { of.contains(String($0)) }
    }

    /// More texts than that aren't asked whether they are figures, where no number was found among the cells.
    private static let mostTexts = 20_000
    private static let fewFigures = 10

    init(_ grid: Grid) {
        var figures = 0
        var columns: Set<Int32> = []
        var values: [Int] = []
        var texts = 0
        var row: Int32 = 0
        var isBehindText = false
        for (index, cell) in grid.cells.enumerated() {
            if cell.row != row { (row, isBehindText) = (cell.row, false) }
            var isFigure = false
            switch cell.kind {
            case .number, .problem, .error: isFigure = true
            case .text where texts < Self.mostTexts:
                texts += 1
                isFigure = HeaderLines.isFigure(grid.text(cell))
            case .text, .date, .truth: break
            }
            if isFigure, isBehindText || index + 1 < grid.cells.count && grid.cells[index + 1].row == cell.row {
                figures += 1
                columns.insert(cell.column)
                if values.count <= 1000 { values.append(Int(grid.text(cell)) ?? -1) }
            }
            // Years in front of figures are labels.
            if !isFigure || GridMerges.isYear(grid.bytes(cell)) { isBehindText = true }
        }
        let isCalledOther = Self.isCalled(grid.name, one: Self.words)
        let numbersList =
            columns.count == 1 && !values.isEmpty && zip(values, values.dropFirst()).allSatisfy { $0 + 1 == $1 }
        holdsTable =
            figures > 0 && !(isCalledOther && (figures <= Self.fewFigures || numbersList))
            && !(numbersList && columns.first == grid.cells.map(\.column).min())
    }
}
