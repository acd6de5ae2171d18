import Annals
import Definitions
import Testing

@testable import TableReading

/// What a file says in every row binds the dataset's next one.
@Suite struct BoundConstantTests {
    private func text(_ column: String, _ says: String, year: Int = 2010) -> String {
        "year,\(column),region,value\n\(year),\(says),North,100\n\(year),\(says),South,200\n"
    }

    private func next(_ first: String, _ second: String) -> Reason? {
        do throws(Reason) {
            let plan = try read(first).facts.plan
            _ = try TableReading.read(
                SourceDocument(name: "figures.csv", bytes: Array(second.utf8)), definitions: .builtIn, bound: plan)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("Indicator", "Births", "Deaths"), ("Sex", "Total", "Men"), ("code", "3000", "4000"),
        ("Показатель", "Рождения", "Смерти"), ("Blood", "Rh+", "Rh-"),
    ])
    func anotherTextIsAnotherTable(column: String, first: String, second: String) throws {
        let reason = try #require(next(text(column, first), text(column, second, year: 2011)))
        #expect(reason.message.contains("ambiguous-dataset"))
        #expect((reason.line, reason.found, reason.expected) == (2, second, first))
    }

    /// A number that was the same in all rows is said of the table; figures that differ are a measure.
    @Test func whatWasOneNumberMayBecomeAMeasure() throws {
        let first = "region,births,area\nNorth,12,7\nSouth,20,7\nWest,14,7\n"
        let second = "region,births,area\nNorth,12,7\nSouth,20,9\nWest,14,7\n"
        let reason = try #require(next(first, second))
        #expect(reason.message.contains("ambiguous-dataset") && reason.message.contains("`area`"))
        #expect((reason.line, reason.column, reason.found, reason.expected) == (3, 3, "9", "7"))
        let line = try #require(ProposedLine.all(in: reason.remedy ?? "").first { $0.yaml.contains("values") })
        #expect(line.yaml == "columns: {values: [births, area]}")
        for text in [first, second] {
            let document = try read(
                text, definitions: definitions("dataset: births-and-area\nmatch: {file: fig*}\n" + line.yaml + "\n"))
            #expect(document.tables[0].measures.map(\.code) == ["births", "area"])
        }
    }

    @Test(arguments: [
        ("Indicator", "Births", "BIRTHS"), ("Indicator", "Births 2010", "Births 2011"),
        ("Last updated", "2011-05-01", "2012-05-02"), ("Release", "First", "Second"), ("Source", "A", "B"),
    ])
    func editionsDiffer(column: String, first: String, second: String) {
        #expect(next(text(column, first), text(column, second, year: 2011)) == nil)
    }

    private static let plain = "year,region,value\n2010,North,100\n2010,South,200\n"

    @Test(arguments: [
        ("Sex", "Men"), ("Age", "0-17"), ("Indicator", "Deaths"), ("Unit", "per cent"), ("Unit", "1000 NOK"),
    ])
    func whatIsNewOrGoneMayBeAnotherTable(column: String, says: String) throws {
        let new = try #require(next(Self.plain, text(column, says, year: 2011)))
        #expect(new.message.contains("ambiguous-dataset") && new.message.contains("`\(column)`"))
        #expect(new.remedy?.contains("`columns: {ignore: [\(column)]}`") == true)
        #expect(next(text(column, ""), text(column, says, year: 2011))?.message.contains("ambiguous-dataset") == true)
        #expect(next(text(column, says), text(column, "", year: 2011))?.message.contains("ambiguous-dataset") == true)
        let gone = try #require(next(text(column, says), Self.plain))
        #expect(gone.message.contains("ambiguous-dataset") && gone.message.contains("is gone"))
    }

    @Test(arguments: [
        ("Sex", "Total"), ("Sex", "Both sexes"), ("Age", "All ages"), ("Unit", "Persons"),
        ("Last updated", "2011-05-01"),
        ("FREQ", "A"), ("Source", "Register"),
    ])
    func whatSaysNothingOfTheFiguresMayCome(column: String, says: String) {
        #expect(next(Self.plain, text(column, says, year: 2011)) == nil)
        #expect(next(text(column, says), Self.plain) == nil)
    }

    @Test func whatIsNewOrGoneIsTold() throws {
        func findings(_ first: String, _ second: String) throws -> [String] {
            let plan = try read(first).facts.plan
            let document = SourceDocument(name: "figures.csv", bytes: Array(second.utf8))
            return try TableReading.read(document, definitions: .builtIn, bound: plan).facts.findings.map(\.code)
        }
        #expect(try findings(Self.plain, text("FREQ", "A", year: 2011)).contains("column-new"))
        #expect(try findings(text("FREQ", "A"), Self.plain).contains("column-gone"))
    }

    @Test func aSidecarLetsThemPass() throws {
        let plan = try read(Self.plain).facts.plan
        let second = text("Sex", "Men", year: 2011)
        let document = SourceDocument(
            name: "figures.csv", bytes: Array(second.utf8), sidecar: Sidecar(kind: .method))
        #expect(throws: Never.self) { try TableReading.read(document, definitions: .builtIn, bound: plan) }
    }

    @Test func whatDiffersNowIsNoAttribute() throws {
        let varied =
            "year,Sex,region,value\n2010,Men,North,5\n2010,Men,South,5\n2010,Women,North,5\n2010,Women,South,5\n"
        // It is a key of its own, and no reason to remove rows that look alike without it.
        #expect(next(text("Sex", "Total"), varied) == nil)
    }
}
