import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct GridTests {
    /// A grid of rows of texts; what looks like a number is one, and what is empty is no cell.
    static func grid(_ rows: [[String]], merges: [Grid.Merge] = []) throws -> Grid {
        var grid = Grid(name: "S", limits: GridLimits(ReadingLimits()))
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() where !text.isEmpty {
                try grid.append(
                    text.utf8, HeaderLines.isFigure(text) ? .number : .text,
                    at: CellReference(row: row + 1, column: column + 1))
            }
        }
        grid.merges = merges
        return grid
    }

    private static func lines(_ grid: Grid) throws -> [String] {
        let text = String(decoding: try GridLines(grid, decimalMark: .point).bytes, as: UTF8.self)
        return text.replacing("\u{1F}", with: "|").split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
    }

    @Test func aLineIsARow() throws {
        let grid = try Self.grid([["region", "2010"], [], ["North", "5"]])
        #expect(try Self.lines(grid) == ["region|2010", "", "North|5", ""])
    }

    @Test func emptyColumnsAreLeftOut() throws {
        let grid = try Self.grid([["", "region", "", "2010"], ["", "North", "", "5"]])
        let lines = try GridLines(grid, decimalMark: .comma)
        #expect(lines.columns == [2, 4])
    }

    @Test func quotesAndLineEnds() throws {
        let grid = try Self.grid([["the \"North\"\nEast", "x"]])
        #expect(try Self.lines(grid)[0] == "\"the \"\"North\"\" East\"|x")
    }

    @Test func theDecimalMarkOfTexts() throws {
        let grid = try Self.grid([["North", "12.5", "a.b"]])
        let bytes = try GridLines(grid, decimalMark: .comma).bytes
        #expect(String(decoding: bytes, as: UTF8.self) == "North\u{1F}12,5\u{1F}a.b\n")
    }

    @Test func headingsGoOnWhereTheyAreMerged() throws {
        let grid = try Self.grid(
            [
                ["region", "births", "", "deaths", ""], ["", "2010", "2011", "2010", "2011"],
                ["North", "1", "2", "3", "4"],
            ],
            merges: [
                Grid.Merge(rows: 1...1, columns: 2...3), Grid.Merge(rows: 1...1, columns: 4...5),
                Grid.Merge(rows: 1...2, columns: 1...1),
            ])
        #expect(try Self.lines(grid)[0] == "region|births|births|deaths|deaths")
        #expect(try Self.lines(grid)[1] == "|2010|2011|2010|2011")
    }

    @Test func aTitleOverAllColumnsIsOneText() throws {
        let grid = try Self.grid(
            [["Births 2011", "", ""], ["region", "women", "men"], ["North", "1", "2"]],
            merges: [Grid.Merge(rows: 1...1, columns: 1...3)])
        #expect(try Self.lines(grid)[0] == "Births 2011")
    }

    @Test func labelsAreFilledDownWhereTheyAreMerged() throws {
        let rows = [["region", "sex", "births"], ["North", "women", "1"], ["", "men", "2"]]
        #expect(try Self.lines(Self.grid(rows))[2] == "|men|2")
        let merged = try Self.grid(rows, merges: [Grid.Merge(rows: 2...3, columns: 1...1)])
        #expect(try Self.lines(merged)[2] == "North|men|2")
    }

    @Test func noFigureIsFilledDown() throws {
        let grid = try Self.grid(
            [["region", "births"], ["North", "1"], ["South", ""]], merges: [Grid.Merge(rows: 2...3, columns: 2...2)])
        #expect(try Self.lines(grid)[2] == "South|")
    }

    @Test func noSymbolIsFilledDown() throws {
        let grid = try Self.grid(
            [["region", "births", "deaths"], ["North", "..", "1"], ["South", "", "2"], ["East", "5", "3"]],
            merges: [Grid.Merge(rows: 2...3, columns: 2...2)])
        #expect(try Self.lines(grid)[2] == "South||2")
    }

    @Test func noFigureInFrontOfAMarkIsFilledDown() throws {
        let grid = try Self.grid(
            [["region", "births", "flag"], ["North", "7", "p"], ["South", "", "p"]],
            merges: [Grid.Merge(rows: 2...3, columns: 2...2)])
        #expect(try Self.lines(grid)[2] == "South||p")
    }

    @Test func aNumberAloneAboveTheTableIsNoFigure() throws {
        let grid = try Self.grid(
            [["6"], ["region", "births", ""], ["", "2010", "2011"], ["North", "1", "2"]],
            merges: [Grid.Merge(rows: 2...2, columns: 2...3), Grid.Merge(rows: 2...3, columns: 1...1)])
        #expect(try Self.lines(grid)[1] == "region|births|births")
        #expect(try Self.lines(grid)[2] == "|2010|2011")
    }

    @Test func whatACellCovers() throws {
        let rows = [["region", "births"], ["North", "1"], ["South", "2"]]
        let grid = try Self.grid(rows, merges: [Grid.Merge(rows: 2...3, columns: 2...2)])
        #expect(GridMerges(grid).covered().map { grid.text($0) } == "2")
        #expect(GridMerges(try Self.grid(rows)).covered() == nil)
    }

    @Test func tablesBesideOneAnother() throws {
        let rows = [
            ["region", "b", "", "town", "d"], ["North", "1", "", "Abel", "2"], ["South", "3", "", "Beta", "4"],
        ]
        #expect(throws: Reason.self) { try Self.lines(Self.grid(rows)) }
        let marked = [["region", "b", "", "flag", "d"], ["North", "1", "", "p", "2"], ["South", "3", "", "r", "4"]]
        #expect(throws: Never.self) { try Self.lines(Self.grid(marked)) }
    }

    @Test func references() {
        #expect(CellReference("AB12".utf8) == CellReference(row: 12, column: 28))
        #expect(CellReference("$XFD$1".utf8) == CellReference(row: 1, column: 16384))
        for text in ["", "A", "1", "1A", "A0", "Ä1", "AAAAAAAAAAAA1", "A99999999999"] {
            #expect(CellReference(text.utf8) == nil, "\(text)")
        }
        #expect(CellReference(row: 7, column: 703).description == "AAA7")
    }

    @Test func whichSheetsHoldTables() throws {
        #expect(GridSurvey(try Self.grid([["region", "births"], ["North", "12"]])).holdsTable)
        #expect(!GridSurvey(try Self.grid([["Births by region"], ["Published by the office"]])).holdsTable)
        #expect(!GridSurvey(try Self.grid([["1", "Births"], ["2", "Deaths"], ["3", "Moves"]])).holdsTable)
    }

    @Test func cellsComeInOrder() throws {
        var grid = try Self.grid([["a", "b"]])
        #expect(throws: Reason.self) { try grid.append("c".utf8, .text, at: CellReference(row: 1, column: 2)) }
    }
}
