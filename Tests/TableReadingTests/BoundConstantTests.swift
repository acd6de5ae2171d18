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

    @Test(arguments: [
        ("Indicator", "Births", "BIRTHS"), ("Indicator", "Births 2010", "Births 2011"),
        ("Last updated", "2011-05-01", "2012-05-02"), ("Release", "First", "Second"), ("Source", "A", "B"),
    ])
    func editionsDiffer(column: String, first: String, second: String) {
        #expect(next(text(column, first), text(column, second, year: 2011)) == nil)
    }

    @Test func whatDiffersNowIsNoAttribute() throws {
        let varied =
            "year,Sex,region,value\n2010,Men,North,5\n2010,Men,South,5\n2010,Women,North,5\n2010,Women,South,5\n"
        // It is a key of its own, and no reason to remove rows that look alike without it.
        #expect(next(text("Sex", "Total"), varied) == nil)
    }
}
