import Annals
import Definitions

/// Which tables of a page hold figures, and which of them is read.
struct HTMLTableChoice {
    struct Candidate {
        var table: HTMLTable
        var surroundings: HTMLSurroundings
        /// What it is called.
        var name: String { surroundings.title?.text ?? "no title" }
    }

    /// One, or one a year.
    private(set) var chosen: [Candidate] = []

    /// - Parameters:
    ///   - page: The page.
    ///   - wanted: The number or the caption that a person gave.
    /// - Throws: Where no table, or not one alone, is the one.
    init(_ page: HTMLPage, wanted: String?) throws(Reason) {
        // Whatever stands below, in a frame of links for example.
        if wanted == nil, page.title.map(NoTableText.isError) == true { throw Self.nothing(page) }
        let tables = page.tables.filter { HTMLTableSurvey.holdsFigures($0) }
        let ranges = tables.map { $0.place.offset..<max($0.place.offset, $0.end) }
        func candidate(_ table: HTMLTable) -> Candidate {
            let others = ranges.filter { $0.lowerBound != table.place.offset }
            return Candidate(table: table, surroundings: HTMLSurroundings(table, page, others: others))
        }
        if let number = wanted.flatMap({ Int($0) }), let table = tables.first(where: { $0.number == number }) {
            chosen = [candidate(table)]
            return
        }
        guard tables.count <= Self.mostTables else {
            throw Reason(
                "\(tables.count) tables of the page hold figures", line: tables[1].place.line,
                expected: "one table, or tables of one name that are each of another year",
                remedy: "Say which in a sidecar NAME.meta.yaml, or in a definition: `table: \(tables[0].number)`")
        }
        let candidates = tables.map(candidate)
        if let wanted {
            chosen = [try Self.named(wanted, candidates, page)]
            return
        }
        guard let first = candidates.first else { throw Self.nothing(page) }
        if candidates.count == 1 || Self.areOneAYear(candidates) {
            chosen = candidates
            return
        }
        throw Reason(
            "\(candidates.count) tables of the page hold figures: \(Self.list(candidates))",
            line: candidates[1].table.place.line, found: Self.list(candidates),
            expected: "one table, or tables of one name that are each of another year",
            remedy: "Say which in a sidecar NAME.meta.yaml, or in a definition: "
                + ([first] + candidates.dropFirst().prefix(Self.mostNamed - 1)).map { "`table: \($0.table.number)`" }
                .joined(separator: " or "))
    }

    private static let mostNamed = 8
    private static let mostTables = 200

    private static func list(_ candidates: [Candidate]) -> String {
        candidates.prefix(mostNamed).map { "\($0.table.number) `\($0.name)`" }.joined(separator: ", ")
            + (candidates.count > mostNamed ? " and others" : "")
    }

    private static func named(_ wanted: String, _ candidates: [Candidate], _ page: HTMLPage) throws(Reason) -> Candidate
    {
        func folded(_ name: String) -> String { FieldText.collapsed(name).lowercased() }
        let found = candidates.filter { folded($0.name) == folded(wanted) }
        if found.count == 1 { return found[0] }
        guard !candidates.isEmpty else { throw nothing(page) }
        throw Reason(
            found.isEmpty
                ? "The page has no table of figures `\(wanted)`"
                : "\(found.count) tables of the page are called `\(wanted)`",
            found: list(candidates), expected: wanted, remedy: "Correct `table:` in the sidecar or the definition")
    }

    /// Whether tables are called the same but for the year, and each of another one.
    private static func areOneAYear(_ candidates: [Candidate]) -> Bool {
        let titles = candidates.map { $0.surroundings.title.map { TitleLine($0.text, marks: []) } }
        let years = titles.map { title -> Int? in
            guard let found = title?.mentions.years, found.count == 1 else { return nil }
            return found[0].year
        }
        let names = Set(titles.map { $0?.cleaned.map { Slug.name($0) } ?? "" })
        return years.allSatisfy { $0 != nil } && Set(years).count == years.count && names.count == 1
    }

    /// A page without a table, by what it is.
    private static func nothing(_ page: HTMLPage) -> Reason {
        let found = page.title ?? page.blocks.first?.text
        if let place = page.cutOff {
            return Reason(
                "The page ends in the middle of a tag, a comment or a script, and no table stands before",
                line: place.line,
                found: found, expected: "a whole page", remedy: "Save the page again, whole")
        }
        if page.hasFrames {
            return Reason(
                "The page consists of frames, and holds no table itself", line: 1, found: found,
                expected: "a page with a table",
                remedy: "Save the frame that shows the table; a workbook that was saved as pages has its sheets in a "
                    + "folder beside this file")
        }
        if page.asksForPassword {
            return Reason(
                "The file is a page that asks for a password, and no table", line: 1, found: found, expected: "a table",
                remedy: "Log in, and fetch the table again")
        }
        if let error = page.errorText {
            return Reason(
                "The file is a web page that tells of an error, and no table", line: 1, found: error,
                expected: "a table", remedy: "Fetch the table again; the server answered with an error")
        }
        return Reason(
            page.tables.isEmpty
                ? "The file is a web page without a table" : "No table of the web page has figures beside labels",
            line: 1, found: found, expected: "a table with labels and figures",
            remedy: "Save the page that shows the table, once it shows it, or export the table as CSV")
    }
}

extension HTMLPage {
    /// A title or heading that tells of an error: `404 Not Found`.
    fileprivate var errorText: String? {
        let texts = ([title].compactMap(\.self) + blocks.filter { $0.level > 0 }.map(\.text)).prefix(3)
        return texts.first { text in
            let words = text.lowercased()
            return ["400", "401", "403", "404", "408", "429", "500", "502", "503", "504"].contains {
                words.hasPrefix($0) || words.contains("error \($0)") || words.contains("http \($0)")
            }
                || [
                    "not found", "forbidden", "bad gateway", "service unavailable", "access denied",
                    "internal server error", "just a moment", "attention required",
                ]
                .contains { words.contains($0) }
        }
    }
}

/// Whether a table of a page holds figures beside labels; no layout, no menu.
enum HTMLTableSurvey {
    static func holdsFigures(_ table: HTMLTable) -> Bool {
        guard !table.isHidden, !table.isPresentation else { return false }
        return table.rows.contains { row in
            let filled = row.cells.filter { !$0.traits.contains(.hidden) && !$0.text.isEmpty }
            guard !row.isHidden, filled.count > 1 else { return false }
            let figures = filled.count { HTMLFigure.isFigure($0.plain) && !HeaderSearch.isYear($0.plain) }
            // In a layout a number may stand beside anything.
            return figures > (table.holdsTable ? 1 : 0)
        }
    }
}
