import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

/// The founding table as the other years' pages lay it out: the same cells, whatever parts them.
@Suite struct PageLayoutsTests {
    /// How the fields of a line are put together.
    enum Layout: String, CaseIterable {
        case tabs, pipes, paddedPipes, widePipes, twoSpaces, aligned, singleSpaces, twoBeforeThreeDigits

        func line(_ fields: [String], isHeading: Bool) -> String {
            switch self {
            case .tabs: return fields.joined(separator: "\t")
            case .pipes: return "| " + fields.joined(separator: " | ") + " |"
            case .paddedPipes:
                return Self.pipes.line(fields, isHeading: isHeading) + String(repeating: "  |", count: 38)
            case .widePipes: return "|" + fields.map { " \($0) |  |" }.joined()
            case .twoSpaces: return fields.filter { !$0.isEmpty }.joined(separator: "  ")
            case .aligned:
                let width = 24
                func pad(_ text: String) -> String { String(repeating: " ", count: max(2, width - text.count)) }
                return fields[0] + pad(fields[0]) + fields.dropFirst().map { pad($0) + $0 }.joined()
            case .singleSpaces: return fields.filter { !$0.isEmpty }.joined(separator: " ")
            case .twoBeforeThreeDigits:
                if isHeading { return Self.twoSpaces.line(fields, isHeading: true) }
                return fields.filter { !$0.isEmpty }.enumerated().map { place, text in
                    let digits = text.filter(\.isNumber).count
                    return place == 0 ? text : (digits == 3 && text.count < 5 ? "  " : " ") + text
                }.joined()
            }
        }
    }

    /// The page taken apart: blocks of lines of fields, the heading first.
    struct Blocks {
        var blocks: [[[String]]] = []
        var note = ""

        init() throws {
            let page = try #require(RepositoryFiles.text("Config/samples/net-migration-between-counties-2011.txt"))
            for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("¹") { note = "1 " + line.dropFirst(2) }
                guard line.contains("\t") else { continue }
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                if fields[0].isEmpty { blocks.append([]) }
                blocks[blocks.count - 1].append(fields)
            }
        }

        /// All columns in one block; the second page of the second block and its repeated row put together.
        mutating func joinAll() {
            let right = blocks[1] + blocks[2].dropFirst().filter { $0[0] != "Hordaland" }
            blocks = [zip(blocks[0], right).map { $0 + $1.dropFirst() }]
        }

        /// The page, with a text of its own above the row labels and on the diagonal, and the other figures edited.
        func text(
            _ layout: Layout, stub: String = "", diagonal: String = "-", isTotalBelow: Bool = false,
            edit: (String) -> String = { $0 }
        ) -> String {
            var lines = ["6 Net migration1 between counties. 2011", ""]
            for block in blocks {
                var heading = block[0]
                heading[0] = stub
                if isTotalBelow, heading[1].hasPrefix("Net") {
                    let total = heading[1]
                    heading[1] = ""
                    lines.append(layout.line(heading, isHeading: true))
                    let blanks = [String](repeating: "", count: heading.count - 2)
                    lines.append(layout.line(["", total] + blanks, isHeading: true))
                } else {
                    lines.append(layout.line(heading, isHeading: true))
                }
                for row in block.dropFirst() {
                    let fields = row.enumerated().map { place, text in
                        if place == 0 { return text }
                        let column = place < block[0].count ? block[0][place].prefix(2) : ""
                        return column == row[0].prefix(2) && text == "-" ? diagonal : edit(text)
                    }
                    lines.append(layout.line(fields, isHeading: false))
                }
                lines.append("")
            }
            return (lines + [note]).joined(separator: "\n") + "\n"
        }
    }

    /// Every cell but the diagonal as text; a nil figure and a zero alike.
    private func cells(_ table: Table) -> [String: String] {
        var cells: [String: String] = [:]
        for row in table.codes("row") {
            for column in table.codes("column") where row != column {
                let shown = table.shown(row, column)
                cells["\(row) \(column)"] = shown == "0" ? "nil" : shown
            }
        }
        return cells
    }

    private func founding() throws -> [String: String] {
        let blocks = try Blocks()
        return cells(try read(blocks.text(.tabs), name: "whatever.txt").tables[0])
    }

    @Test(arguments: Layout.allCases, ["", "Nr. Fylke", "No. county"])
    func sameCells(layout: Layout, stub: String) throws {
        let expected = try founding()
        #expect(expected.count == 19 * 20 - 19)
        for isJoined in [false, true] {
            var blocks = try Blocks()
            if isJoined { blocks.joinAll() }
            for (diagonal, isTotalBelow) in [("-", false), (".", true), ("0", false), ("", true), (".", false)] {
                let text = blocks.text(layout, stub: stub, diagonal: diagonal, isTotalBelow: isTotalBelow)
                let document = try read(text, name: "whatever.txt")
                let table = try #require(document.tables.first)
                #expect(document.facts.reader == "page-text" && document.tables.count == 1)
                #expect(document.facts.dataset.slug == "net-migration-between-counties")
                #expect(table.period.year == 2011)
                #expect(cells(table) == expected, "\(layout) \(stub) \(diagonal) \(isTotalBelow) \(isJoined)")
            }
        }
    }

    @Test(arguments: Layout.allCases) func minusAndSpaces(layout: Layout) throws {
        let blocks = try Blocks()
        let text = blocks.text(layout) { text in
            text.count > 1 ? text.replacing("-", with: "−").replacing(" ", with: "\u{202F}") : text
        }
        #expect(cells(try read(text, name: "whatever.txt").tables[0]) == (try founding()))
    }

    @Test(arguments: Layout.allCases) func columnThatRepeatsTheRowNumber(layout: Layout) throws {
        var blocks = try Blocks()
        blocks.joinAll()
        for heading in ["", "Nr."] {
            var repeated = blocks
            for row in repeated.blocks[0].indices {
                let number = String(repeated.blocks[0][row][0].prefix(2))
                repeated.blocks[0][row].append(row > 0 ? number : heading)
            }
            let text = repeated.text(layout)
            let document = try read(text, name: "whatever.txt")
            #expect(cells(document.tables[0]) == (try founding()), "\(layout) \(heading)")
            #expect(document.facts.findings.contains { $0.code == "column-repeated" })
        }
    }

    // MARK: What only the sums can tell

    @Test func singleSpacesNeedANumberOfColumns() throws {
        let page = "Flows. 2011\n\nTotal 01 Aa 02 Bb 03 Cc\n01 Aa -2 560 -\n02 Bb 2 549 5 -\n03 Cc 11 2 555 -2 544 -\n"
        let table = try read(page).tables[0]
        #expect(table.shown("02", "total") == "2549" && table.shown("03", "02") == "-2544")
        // A figure too few: the number of words would fit, and the sums say that it doesn't.
        let short = refusal(of: page.replacing("02 Bb 2 549 5 -", with: "02 Bb 2 549 -"))
        #expect(short?.line == 5)
    }

    @Test func openCutsAreRefusedWithBothReadings() {
        let reason = refusal(of: "Flows. 2011\n\nRegion Men Women Others\nNorth 1 234 567 890\nSouth 1 234 5 678\n")
        #expect(reason?.line == 4)
        #expect(reason?.expected?.contains("1 | 234 | 567 890") == true)
        #expect(reason?.expected?.contains("  or  ") == true)
    }

    @Test func figuresThatRunTogether() throws {
        let blocks = try Blocks()
        let text = blocks.text(.tabs).replacing("\t", with: "")
        let reason = refusal(of: text, name: "whatever.txt")
        #expect(reason?.line == 4 || reason?.line == 5 || reason?.line == 6)
        #expect(reason?.message.contains("run together") == true)
    }

    @Test(arguments: [Layout.tabs, .pipes, .twoSpaces, .singleSpaces]) func decimalCommas(layout: Layout) throws {
        let rows = [["", "Men", "Women"], ["Oslo", "1,5", "2,25"], ["Bergen", "1 204,5", "-3"]]
        let lines = rows.enumerated().map { layout.line($1, isHeading: $0 == 0) }
        let table = try read("Rates. 2011\n\n" + lines.joined(separator: "\n") + "\n").tables[0]
        #expect(table.shown("bergen", "men") == "1204.50" && table.shown("oslo", "women") == "2.25")
    }
}
