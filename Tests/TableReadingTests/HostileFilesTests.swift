import Annals
import Definitions
import Testing

@testable import TableReading

/// Files that are made to take time or memory out of proportion to their length: read or refused, soon.
///
/// Each took minutes, or more memory than there is, where something was compared with everything of its kind.
@Suite(.timeLimit(.minutes(1))) struct HostileFilesTests {
    /// A value or a reason, whichever; what counts is that it comes.
    private func isAnswered(_ text: String, name: String = "figures-2011.csv") {
        do throws(Reason) {
            _ = try read(text, name: name)
        } catch {
            #expect(!error.message.isEmpty)
        }
    }

    /// Memory for rows to come is in proportion to the text, however short the first row is.
    @Test func shortFirstRowBelowManyColumns() {
        let header = (0..<60_000).map { "c\($0)" }.joined(separator: ",")
        let row = String(repeating: "1,", count: 59_999) + "1\n"
        isAnswered(header + "\n" + row + "1\n" + String(repeating: "1\n", count: 100_000))
        isAnswered(header + "\nx\n" + row + row + row)
    }

    @Test func manyMeasures() throws {
        let header = (10_000..<20_000).map { "c\($0)x" }.joined(separator: ";")
        let row = String(repeating: ";5", count: 10_000)
        let document = try read("region;" + header + "\nA\(row)\nB\(row)\n")
        #expect(document.tables[0].measures.count == 10_000)
    }

    /// Each column that a definition names was compared with each of the file.
    @Test func manyMeasuresThatADefinitionNames() throws {
        let names = (0..<2999).map { place in "births of \(String(100_000 + place, radix: 36))" }
        let definitions = try definitions(
            "dataset: births\nmatch: {file: figures*}\ncolumns:\n  keys: [region]\n  values:\n"
                + names.map { "    - \($0)\n" }.joined())
        let row = String(repeating: ";5", count: names.count)
        for (name, year) in [("figures-2011.csv", ""), ("figures.csv", " 2011")] {
            let header = names.map { ";\($0)\(year)" }.joined()
            let document = try read(
                "region\(header)\nA\(row)\nB\(row)\n", name: name, definitions: definitions)
            #expect(document.tables.map(\.period.year) == [2011] && document.tables[0].measures.count == names.count)
        }
    }

    @Test func manyColumnsOfText() {
        let header = (0..<5000).map { "k\($0)" }.joined(separator: ";")
        let rows = ["a;", "b;"].map { String(repeating: $0, count: 5000) }
        #expect(refusal(of: header + ";n\n\(rows[0])5\n\(rows[1])6\n")?.message.contains("dimensions") == true)
    }

    @Test func lineOfYears() {
        let table = "\n\n\t01 Aa\t02 Bb\n01 Aa\t-\t5\n02 Bb\t-5\t-\n"
        isAnswered(String(repeating: "2011 ", count: 100_000) + table, name: "page.txt")
        isAnswered(String(repeating: "a2011", count: 100_000) + table, name: "page.txt")
        isAnswered((0..<50_000).map { "\(1500 + $0 % 690)-\($0 % 90)x " }.joined() + table, name: "page.txt")
        isAnswered("Base year" + String(repeating: " 2011-", count: 100_000) + table, name: "page.txt")
    }

    @Test func titleOfStops() {
        let table = "\n\n\t01 Aa\t02 Bb\n01 Aa\t-\t5\n02 Bb\t-5\t-\n\n1 Note\n"
        isAnswered("Flows1" + String(repeating: ".", count: 300_000) + table)
        isAnswered("Flows" + String(repeating: "1", count: 300_000) + table)
        isAnswered(String(repeating: "-.", count: 300_000) + "Flows" + table)
        isAnswered("Flows 2011" + String(repeating: "(", count: 300_000) + table)
    }

    @Test func manyLinesAroundThePage() {
        let above = (0..<4000).map { "Remark \($0 % 10)\n" }.joined()
        let below = (0..<4000).map { "\($0 % 90) Note\n" }.joined()
        isAnswered(above + "\n\t01 Aa\t02 Bb\n01 Aa\t-\t5\n02 Bb\t-5\t-\n\n" + below, name: "page.txt")
    }

    @Test func manySpellingsOfOneCode() {
        let rows = (0..<2000).map { "01 Aa-\($0)\t\n" }.joined()
        let page = "Flows 2011\n\n\t01 Aa\t02 Bb\n01 Aa\t-\t5\n02 Bb\t-5\t-\n\n\t03 Cc\n01 Aa\t5\n02 Bb\t5\n" + rows
        #expect(refusal(of: page, name: "page.txt")?.message.contains("spellings") == true)
    }

    @Test(arguments: [
        String(repeating: "9", count: 500_000), String(repeating: "1 ", count: 200_000) + "1",
        "0." + String(repeating: "0", count: 500_000) + "1", "1" + String(repeating: "p", count: 500_000),
        String(repeating: ".", count: 500_000), String(repeating: "\"\"", count: 200_000),
        "1" + String(repeating: ",234", count: 100_000), String(repeating: "\u{A0}", count: 200_000),
    ])
    func figure(_ figure: String) {
        isAnswered("region;persons\nA;\(figure)\nB;5\n")
        isAnswered("region;persons\nA;\"\(figure)\"\nB;5\n")
        isAnswered("Flows 2011\n\n\t01 Aa\t02 Bb\n01 Aa\t-\t\(figure)\n02 Bb\t-5\t-\n", name: "page.txt")
    }
}
