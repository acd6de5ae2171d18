import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

@Suite struct PageTextReaderTests {
    private static let path = "Config/samples/net-migration-between-counties-2011.txt"
    private static let fileName = "net-migration-between-counties-2011.txt"

    private func page() throws -> String { try #require(RepositoryFiles.text(Self.path)) }

    private func office() throws -> Definitions {
        try definitions(try #require(RepositoryFiles.text("Config/datasets.d/net-migration-between-counties.yaml")))
    }

    /// What the page prints, taken from it with nothing but splits: (row code, column code) → text.
    private func printed() throws -> [(row: String, column: String, text: String)] {
        var columns: [String] = []
        var cells: [(String, String, String)] = []
        for line in try page().split(separator: "\n", omittingEmptySubsequences: false) where line.contains("\t") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if fields[0].isEmpty {
                columns = fields.dropFirst().map { $0 == "Net migration, total" ? "total" : String($0.prefix(2)) }
            } else {
                let row = fields[0] == "Hordaland" ? "12" : String(fields[0].prefix(2))
                for (column, text) in zip(columns, fields.dropFirst()) { cells.append((row, column, text)) }
            }
        }
        return cells
    }

    private func check(_ table: Table) throws {
        var figures = 0
        var blanks = Set<String>()
        var isPrinted = Set<String>()
        for (row, column, text) in try printed() {
            let found = table.shown(row, column)
            if text.isEmpty {
                blanks.insert(row + column)
                continue
            }
            isPrinted.insert(row + column)
            figures += 1
            #expect(found == (text == "-" ? "nil" : text.replacing(" ", with: "")), "\(row) × \(column)")
        }
        #expect(figures == 190 + 19)
        for key in blanks.subtracting(isPrinted) {
            #expect(table.shown(String(key.prefix(2)), String(key.dropFirst(2))) == "blank", "\(key)")
        }
        #expect(table.cells.count == 19 * 20)
        #expect(table.presence == .dense)
    }

    @Test func foundingTableWithItsDefinition() throws {
        let document = try read(try page(), name: Self.fileName, definitions: try office())
        #expect(document.facts.dataset.slug == "net-migration-between-counties")
        #expect(document.facts.title == "Net migration between counties")
        #expect(document.facts.reader == "page-text")
        #expect(document.facts.dialect == "ssb")
        let table = try #require(document.tables.first)
        #expect(document.tables.count == 1)
        #expect(table.period == Period(year: 2011, kind: .flow))
        #expect(table.dimensionIDs == ["county", "counterpart"])
        #expect(table.keySpace.dimensions.map(\.totalCode) == [nil, "total"])
        #expect(table.measures.map(\.code) == ["persons"])
        #expect(table.measures[0].kind == .net)
        #expect(table.notes.count == 1 && table.notes[0].hasPrefix("¹ Refers to net in-migration"))
        try check(table)
    }

    @Test func foundingTableWithoutDefinitions() throws {
        let document = try read(try page(), name: "whatever.txt")
        #expect(document.facts.dataset.slug == "net-migration-between-counties")
        #expect(document.facts.dialect == "generic")
        let table = try #require(document.tables.first)
        #expect(table.dimensionIDs == ["row", "column"])
        #expect(table.codes("column").first == "total")
        #expect(table.keySpace.dimensions[0].categories[0].label == "Østfold")
        #expect(table.keySpace.dimensions.map(\.totalCode) == [nil, nil])
        #expect(table.measures == [Measure(code: "value")])
        try check(table)
    }

    @Test func findingsNameTheOddLines() throws {
        let document = try read(try page(), name: Self.fileName)
        #expect(
            document.facts.findings.map(\.code) == ["label-variants", "lost-code", "repeated-row", "label-variants"])
        #expect(document.facts.findings.map(\.line) == [42, 43, 43, 50])
        let finnmark = try #require(document.tables.first?.keySpace.dimensions[0].categories.last)
        #expect(finnmark.label == "Finnmark Finnmarku")
        #expect(finnmark.aliases == ["Finnmark Finnmarkku"])
    }

    @Test func originOfACell() throws {
        let document = SourceDocument(name: Self.fileName, bytes: Array(try page().utf8))
        let source = try TableReading.sourceTables(document, definitions: try office())
        #expect(source[0].origin(at: ["03", "total"]) == CellOrigin(line: 10, column: 2, text: "-417"))
        #expect(source[0].origin(at: ["03", "01"]) == CellOrigin(line: 10, column: 3, text: "96"))
        #expect(source[0].origin(at: ["20", "19"]) == CellOrigin(line: 50, column: 10, text: "-127"))
        #expect(source[0].origin(at: ["12", "11"]) == CellOrigin(line: 40, column: 3, text: "-220"))
        #expect(source[0].origin(at: ["xx", "11"]) == nil)
    }

    // MARK: What goes wrong on pages

    private let small = "Flows. 2011\n\n\t01 Aa\t02 Bb\n01 Aa\t-\t5\n02 Bb\t-5\t-\n"

    @Test func smallPage() throws {
        let table = try read(small).tables[0]
        #expect(table.shown("01", "02") == "5")
        #expect(table.shown("02", "01") == "-5")
    }

    @Test func rowsOfAnotherWidth() throws {
        let short = refusal(of: small.replacing("01 Aa\t-\t5", with: "01 Aa\t-"))
        #expect(short?.line == 4)
        #expect(short?.found == "2 fields")
        #expect(short?.expected?.hasPrefix("3 fields") == true)
        #expect(refusal(of: small.replacing("-5\t-", with: "-5\t-\t1"))?.message.contains("too long") == true)
        let bare = small.replacing("02 Bb\t-5", with: "02 Oslo\n02 Bb\t-5")
        #expect(refusal(of: bare)?.line == 5)
    }

    @Test func repeatedRows() throws {
        let again = "\n\t01 Aa\t02 Bb\n02 Bb\t-5\t-\n"
        let equal = try read(small + again)
        #expect(equal.facts.findings.map(\.code) == ["repeated-row"])
        #expect(equal.tables[0].cells.count == 4)
        let other = refusal(of: small + again.replacing("-5", with: "-6"))
        #expect(other?.line == 8)
        #expect(other?.column == 2)
        #expect(other?.message.contains("lines 5 and 8") == true)
    }

    @Test func oneCodeTwoNames() {
        let reason = refusal(of: small.replacing("02 Bb\t-5", with: "01 Hedmark\t-5"))
        #expect(reason?.line == 5)
        #expect(reason?.message.contains("line 4") == true)
    }

    @Test func unknownSymbolNamesTheDialectsThatKnowIt() {
        let reason = refusal(of: small.replacing("01 Aa\t-\t5", with: "01 Aa\t:\t5"))
        #expect(reason?.line == 4)
        #expect(reason?.column == 2)
        #expect(reason?.message.contains("`eurostat` not-available") == true)
        #expect(reason?.message.contains("`ssb` confidential") == true)
    }

    @Test func otherDiagonals() throws {
        let dots = small.replacing("\t-\t5", with: "\t.\t5")
        #expect(try read(dots, sidecar: Sidecar(dialect: "ssb")).tables[0].shown("01", "01") == "not-applicable")
        #expect(try read(small.replacing("\t-\t5", with: "\t0\t5")).tables[0].shown("01", "01") == "0")
    }

    @Test func unlabelledRowAndColumn() {
        #expect(refusal(of: small + "\t5\t6\n")?.message.contains("no label") == true)
        let reason = refusal(of: small.replacing("\t02 Bb\n", with: "\t\n"))
        #expect(reason?.message.contains("under no heading") == true)
        #expect(reason?.line == 4)
        #expect(reason?.column == 3)
    }

    @Test func headingsThatAreYears() throws {
        let document = try read(
            "Population\n\n\t2010\t2011\nOslo\t5\t6\nBergen\t7\t..\n", sidecar: Sidecar(dialect: "ssb"))
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[0].dimensionIDs == ["row"])
        #expect(document.tables[1].shown("oslo") == "6")
        #expect(document.tables[1].shown("bergen") == "not-available")
        #expect(document.facts.dataset.slug == "population")
    }

    @Test func yearsWithMarksAndColumnsWithoutAYear() throws {
        let document = try read("Births\n\n\t2010\t2011p\tChange\nOslo\t5\t6\t1\nBergen\t7\t8\t1\n")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[1].shown("oslo") == "6 provisional")
        #expect(document.facts.findings.map(\.code) == ["column-left-out"])
        #expect(document.plan.columns.map(\.role) == [.key, .measure, .measure, .attribute])
    }

    @Test func twoHeadingLines() throws {
        let years = try read("Housing\n\n\tStarts\t\tEnds\t\n\t2010\t2011\t2010\t2011\nA\t1\t2\t3\t4\nB\t5\t6\t7\t8\n")
        #expect(years.tables.map(\.period.year) == [2010, 2011])
        #expect(years.tables[1].shown("a", "ends") == "4")
        let names = try read("Births. 2011\n\n\tBirths\t\tDeaths\t\n\tBoys\tGirls\tMen\tWomen\nA\t1\t2\t3\t4\n")
        #expect(names.tables[0].shown("a", "deaths-women") == "4")
        let total = try read(
            "Flows. 2011\n\nNr. Fylke\t\tFylke\t\n\tTotal\t01 Aa\t02 Bb\n01 Aa\t5\t-\t5\n02 Bb\t-5\t-5\t-\n")
        #expect(total.tables[0].codes("column") == ["total", "01", "02"])
        let lost = refusal(of: "Births. 2011\n\n\tBoys\tGirls\n\t1820\t2010\nA\t1\t2\n")
        #expect(lost?.line == 4)
    }

    @Test func textAroundTheTable() throws {
        let padded = try read("Births. 2011\t\t\n\n\tBoys\tGirls\nA\t1\t2\nSource: Register\t\t\n")
        #expect(padded.tables[0].notes == ["Source: Register"])
        #expect(padded.facts.title == "Births")
        let second = "\n\nDeaths. 2011\n\n\tMen\tWomen\nA\t1\t2\n"
        #expect(refusal(of: "Births. 2011\n\n\tBoys\tGirls\nA\t1\t2" + second)?.line == 6)
        let again = second.replacing("Deaths. 2011", with: "Births. 2011 (cont.)")
        #expect(try read("Births. 2011\n\n\tBoys\tGirls\nA\t1\t2" + again).tables[0].cells.count == 4)
        let group = refusal(of: "Births. 2011\n\n\tBoys\tGirls\nEast\t\t\nA\t1\t2\nWest\t\t\nB\t1\t2\n")
        #expect(group?.line == 4)
    }

    @Test func oneHeadingThatIsAYearAmongCodes() {
        let reason = refusal(of: small.replacing("\t02 Bb\n01", with: "\t2011\n01"))
        #expect(reason == nil || reason?.line == 3)
    }

    @Test func stubThatIsYears() throws {
        let document = try read("Population\n\n\tMen\tWomen\n2010\t5\t6\n2011\t7\t8\n")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[1].shown("women") == "8")
    }

    /// Codes of Norwegian municipalities look like years.
    @Test func codesThatLookLikeYears() throws {
        let document = try read(
            "Flows. 2011\n\n\t1902 Tromsø\t2011 Kautokeino\n1902 Tromsø\t-\t5\n2011 Kautokeino\t-5\t-\n")
        #expect(document.tables.count == 1)
        #expect(document.tables[0].codes("column") == ["1902", "2011"])
        #expect(document.tables[0].period.year == 2011)
    }
}
