import Testing

@testable import annal_benchmark

/// What the figures of the benchmarks are made of.
@Suite struct SpreadTests {
    @Test func ofOddCount() {
        let spread = Spread([5, 1, 4, 2, 3])
        #expect(spread.median == 3)
        #expect(spread.lowerQuartile == 2)
        #expect(spread.upperQuartile == 4)
        #expect(spread.least == 1)
        #expect(spread.greatest == 5)
    }

    @Test func liesBetweenTwoWhereItFallsBetween() {
        let spread = Spread([1, 2, 3, 4])
        #expect(spread.median == 2.5)
        #expect(spread.lowerQuartile == 1.75)
        #expect(spread.upperQuartile == 3.25)
    }

    @Test func ofOne() { #expect(Spread([7]).median == 7) }

    @Test func oneBadRoundMovesOnlyTheEnd() {
        let spread = Spread([1, 1, 1, 1, 1_000])
        #expect(spread.median == 1)
        #expect(spread.upperQuartile == 1)
        #expect(spread.greatest == 1_000)
    }
}
