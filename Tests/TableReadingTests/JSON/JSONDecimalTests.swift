import Annals
import Testing

@testable import TableReading

@Suite struct JSONDecimalTests {
    private func shown(_ text: String) -> String {
        FieldText.withBytes(of: text + ",") { bytes in
            guard let decimal = JSONDecimal(bytes, at: 0) else { return "none" }
            return ScaledDecimal.text(decimal.value, decimals: decimal.decimals) + (decimal.isRounded ? " rounded" : "")
        }
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("7", "7"), ("-12", "-12"), ("12.50", "12.50"), ("-0.05", "-0.05"), ("0.0", "0.0"),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775807", "-9223372036854775807"),
        ("9223372036854775808", "none"), ("99999999999999999999", "none"), ("123456789012345678", "123456789012345678"),
        // As programs write binary numbers.
        ("12.300000000000001", "12.3 rounded"), ("0.1000000000000000055511151231257827", "0.1 rounded"),
        ("0.30000000000000004", "0.3 rounded"), ("2.9999999999999996", "3 rounded"),
        ("99999999999999.99", "100000000000000 rounded"),
        ("5.943826289", "5.943826289"), ("0.333333333333333", "0.333333333333333"),
        ("0.3333333333333333", "0.333333333333333 rounded"), ("-66.66666666666667", "-66.6666666666667 rounded"),
        ("1.50000000000000000", "1.50000000000000"),
        // Half to even.
        ("1.000000000000005", "1 rounded"), ("1.000000000000015", "1.00000000000002 rounded"),
        ("1.0000000000000051", "1.00000000000001 rounded"),
        ("1.0E+05", "100000"), ("1e5", "100000"), ("1.5E-3", "0.0015"), ("1.50e2", "150"),
        ("12e-18", "0.000000000000000012"),
        ("12e-19", "none"), ("1e18", "1000000000000000000"), ("1e19", "none"), ("1e400", "none"), ("0e400", "0"),
        ("0.0e-400", "0"),
        ("1e-400", "none"), ("1e99999999999999999999", "none"), ("0.0000000000000000001", "none"),
        ("0.00000000000000000", "0.00000000000000000"), ("1234567890123456.5", "1234567890123460 rounded"),
    ])
    func exact(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        ("1", true), ("-1", true), ("1.0", true), ("10.0", true), ("1.00", false), ("1.5", false), ("1e5", true),
        ("1.0e5", true), ("1.5e-1", false), ("1.00e2", true), ("0", true), ("0.0", true),
    ])
    func whole(text: String, expected: Bool) {
        #expect(FieldText.withBytes(of: text + "]") { JSONDecimal.isWhole($0, at: 0) } == expected)
    }
}
