import Annals
import Testing

@Suite struct ToleranceTests {
    @Test(
        arguments: [
            ("5", "5"), ("0.01", "0.01"), ("0.010", "0.01"), ("10", "10"), ("0", "0"), ("12.50", "12.5"),
            ("-1", nil), ("1e3", nil), ("", nil), (".5", nil), ("5.", nil), ("1.2.3", nil), ("1,5", nil),
            ("1234567890123456", nil),
        ] as [(String, String?)])
    func numbersAreExact(text: String, expected: String?) {
        #expect(DecimalNumber(text)?.text == expected)
    }

    @Test func aChangeMustExceedEachBound() {
        let both = Tolerance(absolute: DecimalNumber("5"), relative: DecimalNumber("0.01"))
        #expect(!both.isExceeded(from: 100, to: 105, decimals: 0))
        #expect(both.isExceeded(from: 100, to: 106, decimals: 0))
        #expect(!both.isExceeded(from: 10_000, to: 10_100, decimals: 0))
        #expect(both.isExceeded(from: 10_000, to: 10_101, decimals: 0))
        #expect(both.isExceeded(from: 10_000, to: 9_899, decimals: 0))
        // With two decimals 106 is 1.06.
        #expect(!both.isExceeded(from: 100, to: 106, decimals: 2))
        #expect(both.isExceeded(from: -100, to: 401, decimals: 2))
    }

    @Test func eachBoundAlone() {
        let relative = Tolerance(relative: DecimalNumber("0.01"))
        #expect(relative.isExceeded(from: 0, to: 1, decimals: 0))
        #expect(!relative.isExceeded(from: 0, to: 0, decimals: 0))
        #expect(!relative.isExceeded(from: -200, to: -202, decimals: 0))
        let absolute = Tolerance(absolute: DecimalNumber("0.5"))
        #expect(!absolute.isExceeded(from: 10, to: 15, decimals: 1))
        #expect(absolute.isExceeded(from: 10, to: 16, decimals: 1))
        #expect(absolute.isExceeded(from: .min, to: .max, decimals: 18))
        #expect(Tolerance(absolute: DecimalNumber("0")).isExceeded(from: 1, to: 2, decimals: 0))
    }
}
