import Annals
import Testing

struct ScaledDecimalTests {
    @Test(arguments: [
        (0, 0, "0"), (0, 2, "0.00"), (5, 0, "5"), (5, 1, "0.5"), (-5, 2, "-0.05"), (12_345, 2, "123.45"),
        (-100, 2, "-1.00"), (Int64.max, 0, "9223372036854775807"), (Int64.min, 0, "-9223372036854775808"),
        (Int64.min, 18, "-9.223372036854775808"), (1, 18, "0.000000000000000001"),
    ])
    func writesExactlyTheDecimals(_ value: Int64, _ decimals: Int, _ text: String) {
        #expect(ScaledDecimal.text(value, decimals: decimals) == text)
        var bytes = Array("x".utf8)
        ScaledDecimal.append(value, decimals: decimals, to: &bytes)
        #expect(bytes == Array(("x" + text).utf8))
    }

    @Test func powersOfTen() {
        #expect((0...18).map(ScaledDecimal.powerOfTen).map(String.init).map(\.count) == Array(1...19))
        #expect(ScaledDecimal.powerOfTen(3) == 1000)
    }
}
