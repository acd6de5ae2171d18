import Annals
import Definitions
import Testing

@testable import TableReading

/// Pages of which every cell is known, written in all the ways that people and programs have.
@Suite struct HTMLRandomPagesTests {
    @Test(arguments: 0..<200) func everyCell(seed: Int) throws {
        var page = RandomPage(seed: seed)
        let text = page.html()
        let document = try read(text, name: "page.html")
        #expect(document.tables.map(\.period.year) == page.years, "seed \(seed)")
        for (year, table) in zip(page.years, document.tables) {
            for (row, region) in page.regions.enumerated() {
                for (column, measure) in page.measures.enumerated() {
                    let wanted = String(page.value(year: year, row: row, column: column))
                    #expect(
                        table.shown(region, measure.lowercased()) == wanted,
                        "seed \(seed): \(year) \(region) \(measure)")
                }
            }
            #expect(table.cells.count == page.regions.count * page.measures.count)
        }
    }

    /// Without one of its cells a page is refused, or says the same.
    @Test(arguments: 0..<200) func aCellMissing(seed: Int) {
        var page = RandomPage(seed: seed)
        page.missing = seed % (page.regions.count * page.years.count * page.measures.count)
        let text = page.html()
        // A refusal is what is wanted.
        guard let document = try? read(text, name: "page.html") else { return }
        Issue.record("seed \(seed): read as \(document.tables.count) tables")
    }
}

/// A table of regions by years and measures, as a page.
private struct RandomPage {
    private var state: UInt64
    private let seed: Int
    let regions: [String]
    let years: [Int]
    let measures = ["Births", "Deaths"]
    /// Which cell of figures is left out.
    var missing: Int?

    init(seed: Int) {
        self.seed = seed
        state = UInt64(seed) &* 7919 &+ 17
        regions = Array(["Østfold", "Akershus", "Oslo", "Møre & Romsdal", "Finnmark", "Troms"].prefix(3 + seed % 4))
        years = Array([2008, 2009, 2011].prefix(2 + seed % 2))
    }

    func value(year: Int, row: Int, column: Int) -> Int { 10_000 + year % 100 * 371 + row * 53 + column * 7 + seed }

    private mutating func next(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
    }

    private mutating func number(_ value: Int) -> String {
        let digits = String(value)
        let text = next(2) == 0 ? digits : "\(digits.dropLast(3))&nbsp;\(digits.suffix(3))"
        return switch next(8) {
        case 0: "<b>\(text)</b>"
        case 1: "<span style=\"display: none\">\(next(99))</span>\(text)"
        case 2: "<!-- \(next(99)) -->\n\(text) "
        case 3: "\(text)<sup>1</sup>"
        case 4: "\(text)<sup><a href=\"#cite_note-2\">[2]</a></sup>"
        case 5: "<![if !supportEmptyParas]><font color=red>\(text)<![endif]>"
        default: text
        }
    }

    private func cell(_ name: String, _ content: String, isClosed: Bool) -> String {
        let end = name.split(separator: " ").first.map { "</\($0)>" } ?? ""
        return "<\(name)>\(content)\(isClosed ? end : "")"
    }

    mutating func html() -> String {
        let heading = seed % 3 == 0 ? "td" : "th"
        let isClosed = next(4) > 0
        let isByYear = next(2) == 0
        let labels = isByYear ? years.map(String.init) : measures
        let below = isByYear ? measures : years.map(String.init)
        var rows = [
            cell("\(heading) rowspan=2", "Region", isClosed: isClosed)
                + labels.map { cell("\(heading) colspan=\"\(below.count)\"", $0, isClosed: isClosed) }.joined(),
            labels.map { _ in below.map { cell(heading, $0, isClosed: isClosed) }.joined() }.joined(),
        ]
        var place = 0
        for (row, region) in regions.enumerated() {
            let side = heading == "th" && next(2) == 0 ? "th scope=\"row\"" : "td"
            var line = cell(side, region.replacing("&", with: "&amp;"), isClosed: isClosed)
            for upper in labels.indices {
                for lower in below.indices {
                    let (year, column) = isByYear ? (years[upper], lower) : (years[lower], upper)
                    let text = number(value(year: year, row: row, column: column))
                    if place != missing { line += cell("td", text, isClosed: isClosed) }
                    place += 1
                }
            }
            rows.append(line)
        }
        let table =
            "<table><caption>Vital events</caption>" + rows.map { "<tr>\($0)" + (isClosed ? "</tr>" : "\n") }.joined()
            + "</table><p><sup>1</sup> Provisional.</p>"
        let isInLayout = next(3) == 0
        return "<!DOCTYPE html><html><body>"
            + (isInLayout ? "<table><tr><td><a href=\"/\">Home</a></td><td>\(table)</td></tr></table>" : table)
            + "</body></html>"
    }
}
