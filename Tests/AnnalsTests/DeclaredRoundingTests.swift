import Annals
import Testing

@Suite struct DeclaredRoundingTests {
    private func bound(_ base: String, _ method: DeclaredRounding.Method, _ count: Int, _ measure: Measure) -> Int128 {
        DeclaredRounding(base: DecimalNumber(base)!, method: method).bound(ofFigures: count, measure)
    }

    @Test func boundsInScaledUnits() {
        let (count, amount) = (Measure(code: "v", kind: .count), Measure(code: "v", kind: .amount))
        let tenths = Measure(code: "v", decimals: 1, kind: .amount)
        #expect(bound("5", .nearest, 3, count) == 6)
        #expect(bound("5", .nearest, 3, amount) == 7)
        #expect(bound("5", .nearest, 3, tenths) == 75)
        #expect(bound("10", .nearest, 2, count) == 10)
        #expect(bound("3", .random, 4, count) == 8)
        #expect(bound("3", .random, 4, amount) == 11)
        #expect(bound("0.1", .nearest, 3, tenths) == 1)
        #expect(bound("0.05", .random, 1, tenths) == 0)
        #expect(bound("5", .random, 0, amount) == 0 && bound("1", .random, 7, count) == 0)
    }

    /// No assignment of true counts goes beyond the bound, and one reaches it.
    @Test(arguments: [2, 3, 5, 10]) func theBoundIsTheLeast(base: Int) {
        let measure = Measure(code: "v", kind: .count)
        func rounded(_ value: Int, up: Bool) -> Int { value / base * base + (up && value % base != 0 ? base : 0) }
        var (nearest, random) = (0, 0)
        for first in 0..<3 * base {
            for second in 0..<3 * base {
                func near(_ value: Int) -> [Int] {
                    let rest = value % base * 2
                    return rest == base
                        ? [rounded(value, up: false), rounded(value, up: true)] : [rounded(value, up: rest > base)]
                }
                func any(_ value: Int) -> [Int] { [rounded(value, up: false), rounded(value, up: true)] }
                func worst(_ round: (Int) -> [Int]) -> Int {
                    round(first).flatMap { a in
                        round(second).flatMap { b in round(first + second).map { abs($0 - a - b) } }
                    }.max()!
                }
                nearest = max(nearest, worst(near))
                random = max(random, worst(any))
            }
        }
        // Three figures; what comes of them are multiples of the base.
        #expect(Int(bound("\(base)", .nearest, 3, measure)) / base * base >= nearest)
        #expect(Int(bound("\(base)", .random, 3, measure)) / base * base >= random)
        #expect(Int(bound("\(base)", .nearest, 3, measure)) / base * base <= nearest + base)
    }
}
