import Annals
import TestSupport
import Testing

@testable import TableReading

@Suite struct ReadingLimitsTests {
    private let rows = "region;persons\n" + (0..<100).map { "r\($0);\($0)\n" }.joined()

    @Test func eachIsRefused() {
        #expect(refusal(of: rows, limits: ReadingLimits(fileBytes: 10))?.message.contains("larger") == true)
        let cells = refusal(of: rows, limits: ReadingLimits(cells: 50))
        #expect(cells?.line == 52)
        let categories = refusal(of: rows, limits: ReadingLimits(categories: 20))
        #expect(categories?.line == 22)
        #expect(categories?.column == 1)
        let years = "year;persons\n" + (1900..<2000).map { "\($0);5\n" }.joined()
        #expect(refusal(of: years, limits: ReadingLimits(years: 50))?.message.contains("More years") == true)
        let long = rows + String(repeating: "x", count: 5000) + ";5\n"
        #expect(refusal(of: long, limits: ReadingLimits(lineBytes: 4000))?.line == 102)
        let page = "T 2011\n\n\t01 Aa\t02 Bb\n01 Aa\t-\t5\n" + String(repeating: "x", count: 5000) + "\t5\t5\n"
        #expect(refusal(of: page, limits: ReadingLimits(lineBytes: 4000)) != nil)
    }

    /// A line of nothing but delimiters: refused before it fills the memory.
    @Test func moreFieldsThanColumns() {
        #expect(refusal(of: String(repeating: ",", count: 300_000) + "\na,b\n") != nil)
        #expect(refusal(of: String(repeating: "\t", count: 300_000) + "\na\tb\n") != nil)
    }

    @Test func moreCombinationsThanNumbers() {
        let columns = (0..<12).map { "k\($0)" }.joined(separator: ";")
        // Drawn, so that no column follows from another.
        var numbers = SeededNumbers(1)
        let rows = (0..<1000).map { _ in
            (0..<12).map { "v\(numbers.next() % 89)x\($0)" }.joined(separator: ";") + ";5\n"
        }.joined()
        #expect(refusal(of: columns + ";persons\n" + rows)?.message.contains("combinations") == true)
    }
}
