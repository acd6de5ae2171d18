import Annals
import ControlAPI
import FoundationEssentials
import Testing

/// What people are told of a concordance.
@Suite struct ConcordanceAnswerTests {
    private func group(_ from: [String], _ to: [String]) -> ConcordanceOutcome.Group {
        ConcordanceOutcome.Group(code: to.joined(separator: "+"), from: from, to: to)
    }

    private func outcome(
        _ groups: [ConcordanceOutcome.Group], ignored: Int = 0, notInUse: [String] = []
    ) -> ConcordanceOutcome {
        let links = (0..<ignored).map { Concordance.Link(CalendarDay(startOf: 2012), "a\($0)", "b", .part) }
        return ConcordanceOutcome(name: "regions", groups: groups, ignored: links, notInUse: notInUse)
    }

    @Test func whatStaysAsItIsIsNotNamed() {
        #expect(outcome([group(["a"], ["a"]), group([], ["b"])]).lines() == ["Concordance regions: no code changed"])
    }

    @Test func codesThatStayAndAreSummedAreNamed() {
        let lines = outcome([group(["a"], ["a"]), group(["b", "c"], ["b", "c"])]).lines()
        #expect(lines == ["Concordance regions", "  b+c from b, c"])
    }

    @Test func ofMoreThanCanBeNamedTheSumsAre() {
        let renamed = (0..<25).map { group(["a\($0)"], ["b\($0)"]) }
        let sums = (0..<3).map { group(["c\($0)", "d\($0)"], ["e\($0)"]) }
        let outcome = outcome(renamed + sums, ignored: 5, notInUse: ["x", "y", "z"])
        #expect(
            outcome.lines(atMost: 2) == [
                "Concordance regions (approximate)", "  e0 from c0, d0", "  e1 from c1, d1",
                "  and 1 other sum and 25 other renamed codes: `--format json` has them all",
                "Ignored: a0 → b (2012-01-01), a1 → b (2012-01-01) and 3 more", "Not in use: x, y and 1 more",
            ])
        #expect(outcome.lines(atMost: 20)[4] == "  and 25 other renamed codes: `--format json` has them all")
        #expect(outcome.lines(atMost: 28).count == 1 + 28 + 2)
        #expect(outcome.lines().count == 1 + 28 + 2)
    }

    @Test func ofMoreThanCanBeNamedThoseOfTheRowsAre() {
        let renamed = (0..<25).map { group(["a\($0)"], ["b\($0)"]) }
        let outcome = outcome(renamed + [group(["c", "d"], ["e"])])
        #expect(
            outcome.lines(atMost: 20, in: ["b3", "total", "e"]) == [
                "Concordance regions", "  b3 from a3", "  e from c, d",
                "  and 24 other renamed codes: `--format json` has them all",
            ])
        #expect(
            outcome.lines(atMost: 20, in: []).dropFirst() == [
                "  and 1 other sum and 25 other renamed codes: `--format json` has them all"
            ])
    }

    @Test func groupsReadBack() throws {
        let groups = [group(["a", "b"], ["c"])]
        let bytes = JSONWriter.bytes(of: groups)
        #expect(try JSONDecoder.answers.decode([ConcordanceOutcome.Group].self, from: Data(bytes)) == groups)
    }
}
