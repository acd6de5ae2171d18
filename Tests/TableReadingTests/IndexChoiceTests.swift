import Annals
import Testing

@testable import TableReading

/// Which columns count rows.
@Suite struct IndexChoiceTests {
    private func columns(_ heading: String, _ numbers: [Int]) throws(Reason) -> (index: Bool, dimensions: [String]) {
        let rows = ["N,F,120", "N,M,130", "S,F,99", "S,M,98", "E,F,45", "E,M,47"]
        let text = zip(numbers, rows).map { "\($0),\($1)\n" }.joined()
        let read = try read("\(heading),region,sex,births\n" + text)
        return (read.plan.columns[0].role == .index, read.tables[0].dimensionIDs)
    }

    @Test(arguments: [
        ("Unnamed: 0", [3, 0, 5, 1, 4, 2]), ("Unnamed: 0", [2, 3, 10, 11, 20, 40]), ("", [0, 1, 2, 0, 1, 2]),
        ("", [0, 1, 0, 1, 0, 1]), ("X", [4, 1, 6, 2, 5, 3]), ("...1", [4, 1, 6, 2, 5, 3]), ("_n", [1, 2, 3, 4, 5, 6]),
        ("level_0", [3, 0, 5, 1, 4, 2]), ("index", [3, 0, 5, 1, 4, 2]),
    ])
    func rowNumbersOfPrograms(heading: String, numbers: [Int]) throws {
        let found = try columns(heading, numbers)
        #expect(found.index)
        #expect(found.dimensions == ["region", "sex"])
    }

    @Test(arguments: [
        ("index", [103, 99, 101, 98, 104, 100]), ("rank", [4, 1, 6, 2, 5, 3]), ("X", [4, 1, 7, 2, 5, 3]),
    ])
    func figuresUnderSuchNames(heading: String, numbers: [Int]) throws {
        #expect(try !columns(heading, numbers).index)
    }

    @Test func numbersThatTellRowsApart() throws {
        let read = try read(",region,births\n0,N,1\n1,N,2\n2,N,3\n0,S,4\n1,S,5\n2,S,6\n")
        #expect(read.plan.columns[0].role == .key)
        #expect(read.tables[0].cells.count == 6)
    }

    @Test func besideCodesAlone() throws {
        let rows = [(301, 0, 8), (301, 1, 13), (301, 2, 5), (806, 0, 7), (806, 1, 5), (806, 2, 6)]
        let text = rows.enumerated().map { "\($0),\($1.0),\($1.1),\($1.2)\n" }.joined()
        let read = try read(",municipality_code,age group,births 2011\n" + text)
        #expect(read.plan.columns[0].role == .index)
        #expect(read.tables[0].dimensionIDs == ["municipality-code", "age-group"])
    }
}
