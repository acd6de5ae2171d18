import Annals

/// What stands around a table of a page: its title, what goes with it, and its notes.
struct HTMLSurroundings: Sendable {
    struct Line: Sendable {
        var text: String
        var place: HTMLPlace
    }

    /// The caption, else the nearest heading above, else the page's title.
    private(set) var title: Line?
    private(set) var isCaption = false
    /// Whether nothing but the page's own title says one.
    private(set) var isPageTitle = false
    /// The headings above that one, and lines right above the table that say a unit, a year or a source.
    private(set) var remarks: [Line] = []
    /// Lines below the table, up to the next heading or table, that begin as notes do.
    private(set) var notes: [Line] = []

    /// - Parameters:
    ///   - table: A table of the page.
    ///   - page: The page.
    ///   - others: Where other tables of figures begin and end.
    init(_ table: HTMLTable, _ page: HTMLPage, others: [Range<Int>]) {
        let above = page.blocks.filter { $0.place.offset < table.place.offset }
        let headings = Self.headings(above)
        if let caption = table.caption {
            title = Line(text: caption, place: table.place)
            isCaption = true
            remarks = headings
        } else if let first = headings.first {
            title = first
            remarks = Array(headings.dropFirst())
        } else if let text = page.title {
            title = Line(text: text, place: HTMLPlace(offset: 0, line: 1))
            isPageTitle = true
        }
        let start = max(
            above.last { $0.level > 0 }?.place.offset ?? 0,
            others.map(\.upperBound).filter { $0 <= table.place.offset }.max() ?? 0)
        let between = above.filter { $0.level == 0 && $0.place.offset > start }
        remarks += between.suffix(Self.mostLines).filter { Self.goesWithTable($0.text) }.map(Self.line)
        let next = others.map(\.lowerBound).filter { $0 >= table.end }.min() ?? .max
        for block in page.blocks where block.place.offset >= table.end && block.place.offset < next {
            guard block.level == 0, notes.count < Self.mostNotes else { break }
            if Self.isNote(block.text) { notes.append(Self.line(block)) }
        }
    }

    private static let mostLines = 8
    private static let mostNotes = 50
    /// In bytes.
    private static let longestRemark = 120
    private static let mostWords = 8

    private static func line(_ block: HTMLPage.Block) -> Line { Line(text: block.text, place: block.place) }

    /// The nearest heading, the one that it stands below, and so on up to the first.
    private static func headings(_ above: [HTMLPage.Block]) -> [Line] {
        var headings: [Line] = []
        var level = 7
        for block in above.reversed() where block.level > 0 && block.level < level {
            headings.append(line(block))
            level = block.level
        }
        return headings
    }

    private static func goesWithTable(_ text: String) -> Bool {
        guard text.utf8.count <= longestRemark else { return false }
        if UnitLine.unit(of: [text]) != nil || NoteLine.beginsLikeNote(text) { return true }
        // A sentence may name any year.
        return text.split(separator: " ").count <= mostWords && !text.hasSuffix(".")
            && !YearMentions(in: text).years.isEmpty
    }

    private static func isNote(_ text: String) -> Bool {
        guard text.first != "©" else { return false }
        let letter = text.prefix(while: \.isLetter)
        return NoteLine.beginsLikeNote(text) || letter.count == 1 && text.dropFirst().first == ")"
    }
}
