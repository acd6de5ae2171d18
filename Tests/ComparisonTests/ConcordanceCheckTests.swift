import Annals
import Comparison
import Testing

@Suite struct ConcordanceCheckTests {
    private func findings(_ links: (Int, String, String, Concordance.Scope, Int64?)...) -> [String] {
        let concordance = Concordance(
            name: "test",
            links: links.enumerated().map { line, link in
                Concordance.Link(
                    CalendarDay(startOf: link.0), link.1, link.2, link.3,
                    shareBillionths: link.4.map { $0 * 10_000_000 },
                    line: line + 1)
            })
        return ConcordanceCheck.findings(in: concordance).map { "\($0.code) \($0.line ?? 0)" }
    }

    @Test func theShippedCountiesAreSound() {
        #expect(ConcordanceCheck.findings(in: CodeGroupingTests.counties).isEmpty)
    }

    @Test func overlaps() {
        #expect(findings((2012, "a", "b", .whole, nil), (2012, "a", "b", .part, nil)) == ["overlap 2"])
        #expect(findings((2012, "a", "b", .whole, nil), (2012, "a", "c", .part, nil)) == ["overlap 2"])
        #expect(findings((2012, "a", "b", .split, 60), (2012, "a", "c", .split, 50)) == ["overlap 1"])
    }

    @Test func gaps() {
        #expect(findings((2012, "a", "b", .split, 60), (2012, "a", "c", .split, 30)) == ["gap 1"])
        #expect(findings((2012, "a", "b", .whole, nil), (2014, "a", "c", .whole, nil)) == ["gap 2"])
        #expect(findings((2012, "a", "b", .part, 10), (2012, "a", "a", .part, nil)).isEmpty)
    }

    @Test func cycles() {
        // Codes that are exchanged on one day.
        #expect(findings((2012, "a", "b", .whole, nil), (2012, "b", "a", .whole, nil)).isEmpty)
        #expect(
            findings((2012, "a", "b", .whole, nil), (2013, "b", "a", .whole, nil)) == ["cycle 1", "begins-again 2"])
        #expect(
            findings((2012, "a", "b", .whole, nil), (2013, "b", "c", .whole, nil), (2014, "c", "a", .whole, nil))
                == ["cycle 1", "begins-again 3"])
        #expect(findings((2012, "a", "b", .part, nil), (2013, "b", "a", .part, nil)).isEmpty)
    }

    /// A chain as long as a file may be is followed once, and without recursion.
    @Test func aLongChainIsNoCycle() {
        func chain(_ count: Int, closed: Bool) -> Concordance {
            Concordance(
                name: "test",
                links: (0..<count).map { place in
                    Concordance.Link(
                        CalendarDay(startOf: 1000 + place % 8000), "a\(place)",
                        closed && place == count - 1 ? "a0" : "a\(place + 1)", .whole, line: place + 1)
                })
        }
        func cycles(_ concordance: Concordance) -> [Int?] {
            ConcordanceCheck.findings(in: concordance).filter { $0.code == "cycle" }.map(\.line)
        }
        #expect(cycles(chain(20_000, closed: false)).isEmpty)
        #expect(cycles(chain(20_000, closed: true)) == [1])
    }

    @Test func codesThatEndAndComeAgain() {
        #expect(findings((2012, "a", "b", .whole, nil), (2015, "c", "a", .whole, nil)) == ["begins-again 2"])
    }

    @Test func codesThatNoTableHas() {
        let missing = ConcordanceCheck.codes(
            of: CodeGroupingTests.counties, missingIn: Set(CodeGroupingTests.codes2011 + CodeGroupingTests.codes2024))
        #expect(missing.map(\.message).map { $0.suffix(2) } == ["13", "30", "38", "54"])
        #expect(missing.allSatisfy { !ConcordanceCheck.isMistake($0) })
    }
}
