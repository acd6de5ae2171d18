import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct FigureReaderTests {
    private func shown(_ text: String, _ dialect: String = "generic", _ mark: Unicode.Scalar? = ".") -> String {
        let grouping = Set(Dialect.spaces.flatMap(\.unicodeScalars)).union(mark == "." ? [","] : ["."])
        let reader = FigureReader(
            dialect: Definitions.builtIn.dialects[dialect]!, style: NumberStyle(decimalMark: mark, grouping: grouping))
        switch FieldText.withBytes(of: text, reader.read) {
        case .number(let value, let decimals, let mark):
            return ([ScaledDecimal.text(value, decimals: decimals)] + mark.flags.codes).joined(separator: " ")
        case .symbol(let mark): return ([mark.status.code] + mark.flags.codes).joined(separator: " ")
        case .blank: return "blank"
        case .overflow: return "overflow"
        case .other: return "other"
        }
    }

    @Test(arguments: [
        ("1236", "1236"), ("1 236", "1236"), ("1\u{A0}236", "1236"), ("1\u{202F}236\u{2009}007", "other"),
        ("1\u{202F}236\u{202F}007", "1236007"), ("−550", "-550"), ("–550", "-550"), ("-550", "-550"), ("+5", "5"),
        ("1,236.50", "1236.50"), ("0.5", "0.5"), (".5", "0.5"), ("-0.25", "-0.25"), (" 7 ", "7"),
        ("\u{A0}7\u{A0}", "7"),
        ("", "blank"), ("  ", "blank"), ("-", "nil"), ("–", "nil"), ("−", "nil"), ("..", "other"), (":", "other"),
        ("x", "other"),
        ("12 34", "other"), ("1,23", "other"), ("1.2.3", "other"), ("12*", "other"), ("1e5", "other"), ("--5", "other"),
        ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "overflow"),
        ("99999999999999999999999", "overflow"), ("0.0000000000000000001", "overflow"), ("5.", "other"),
        ("- 5", "other"),
    ])
    func generic(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        ("1.236,5", "1236.5"), ("1 236,5", "1236.5"), ("1,236", "1.236"), ("1.236", "1236"), ("1.23", "other"),
    ])
    func decimalComma(text: String, expected: String) { #expect(shown(text, "generic", ",") == expected) }

    @Test(arguments: [
        ("153 p", "153 provisional"), ("12bep", "12 estimated provisional break"), (":", "not-available"),
        (": c", "confidential"),
        (":c", "confidential"), (": p", "not-available provisional"), ("0n", "below-unit"), ("12q", "other"),
        (": q", "other"),
        ("12.5 e", "12.5 estimated"),
    ])
    func eurostat(text: String, expected: String) {
        #expect(Set(shown(text, "eurostat").split(separator: " ")) == Set(expected.split(separator: " ")))
    }

    @Test func numbersThatAreSymbols() {
        #expect(shown("-1", "irs") == "confidential")
        #expect(shown("0", "ssb-yearbook") == "below-unit")
        #expect(shown("0,0", "ssb-yearbook", ",") == "below-unit")
        #expect(shown("10", "ssb-yearbook") == "10")
        #expect(shown("5*", "ssb") == "5 provisional")
    }
}
