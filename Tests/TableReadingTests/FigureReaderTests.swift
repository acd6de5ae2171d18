import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct FigureReaderTests {
    private func shown(
        _ text: String, _ dialect: String = "generic", _ mark: Unicode.Scalar? = ".", isPercent: Bool = false
    ) -> String { shown(text, Definitions.builtIn.dialects[dialect]!, mark, isPercent: isPercent) }

    private func shown(
        _ text: String, _ dialect: Dialect, _ mark: Unicode.Scalar? = ".", isPercent: Bool = false
    ) -> String {
        let grouping = Set(Dialect.spaces.flatMap(\.unicodeScalars)).union(mark == "." ? [","] : ["."])
        let reader = FigureReader(
            dialect: dialect, style: NumberStyle(decimalMark: mark, grouping: grouping), isPercent: isPercent)
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
        ("- 5", "-5"), ("-\u{A0}5", "-5"), ("−\u{202F}5", "-5"), ("-  5", "other"), ("\u{2010}5", "-5"),
        ("\u{2011}5", "-5"), ("\u{2012}5", "-5"), ("—5", "-5"), ("\u{FE63}5", "-5"), ("－5", "-5"), ("⁻5", "-5"),
        ("\u{AD}5", "other"), ("+-5", "other"), ("5-", "other"), ("5 -", "other"), ("(5)", "other"), ("5 DR", "other"),
        ("'-5", "other"), ("+ 5", "other"), ("\u{FEFF}5\u{200B}", "5"), ("\u{2060}-5", "-5"), ("1\u{200B}2", "other"),
        ("1\u{2060}234", "other"), ("-\u{200B}5", "other"), ("٥", "other"), ("５", "other"), ("1５", "other"),
        ("3e3", "other"), ("1.2E3", "other"), ("1e+05", "other"), ("33.1%", "other"), ("1 23", "other"),
        ("98 7", "other"), ("1,,250", "other"), ("9 ,", "other"), ("1,2345", "other"), ("±5", "other"),
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

    @Test func numbersThatAreSymbolsKeepTheirStatusWithMarksBehindThem() {
        var irs = Definitions.builtIn.dialects["irs"]!
        irs.suffixes["*"] = .provisional
        for text in ["-1*", "-1 *", "−1*", "−1 *", "- 1*", "-1.0 *"] {
            #expect(shown(text, irs) == "confidential provisional")
        }
        for text in ["-1", "−1", "- 1", "-1.0", "\u{2010}1"] { #expect(shown(text, irs) == "confidential") }
        #expect(shown("-10", irs) == "-10")
        #expect(shown("-1.5", irs) == "-1.5")
        #expect(shown("-12*", irs) == "-12 provisional")
        #expect(shown("0n b", "eurostat") == "below-unit break")
        #expect(shown("0 p", "destatis", ",") == "below-unit provisional")
        #expect(shown("0,5 p", "destatis", ",") == "0.5 provisional")
        #expect(shown("0 **", "cbs", ",") == "below-unit provisional revised")
        #expect(shown("0 [k] [p]", "gss") == "below-unit provisional")
        #expect(shown("0 (e)", "unctad") == "below-unit estimated")
        for text in ["-666666666", "-666666666.0", "−666666666", "-666,666,666"] {
            #expect(shown(text, "us-census-acs") == "not-available", "\(text)")
        }
    }

    /// A symbol that is called an honest figure never stands for a zero.
    @Test func honestFiguresAreTheirOwn() {
        let dialect = Dialect(
            name: "x", symbols: ["-9": .init(.value), "7!": .init(.value, flags: .revised), "x": .init(.value)],
            suffixes: ["*": .provisional])
        #expect(shown("-9", dialect) == "-9")
        #expect(shown("-9*", dialect) == "-9 provisional")
        #expect(shown("7!", dialect) == "7 revised")
        #expect(shown("x", dialect) == "other")
    }

    /// Whatever stands behind it, a symbol of a dialect is never read as a number.
    @Test(arguments: Definitions.builtIn.dialects.values.sorted { $0.name < $1.name })
    func everySymbolWithEverySuffix(dialect: Dialect) {
        let mark: Unicode.Scalar = dialect.decimalMark == .comma ? "," : "."
        for (symbol, meaning) in dialect.symbols where meaning.status != .value {
            #expect(shown(symbol, dialect, mark) == meaning.status.code)
            for (suffix, flags) in dialect.suffixes {
                for text in [symbol + suffix, symbol + " " + suffix, symbol + "\u{A0}" + suffix] {
                    // `:u` is a symbol of its own, not `:` with the mark u.
                    if let own = dialect.symbols[symbol + suffix] {
                        #expect(shown(text, dialect, mark) == own.status.code, "\(text)")
                    } else {
                        let wanted = ([meaning.status.code] + flags.union(meaning.flags).codes).joined(separator: " ")
                        #expect(shown(text, dialect, mark) == wanted, "\(text)")
                    }
                }
            }
        }
    }

    @Test func percentSigns() {
        #expect(shown("33.1%", isPercent: true) == "33.1")
        #expect(shown("33,1 %", "generic", ",", isPercent: true) == "33.1")
        #expect(shown("33.1", isPercent: true) == "other")
        #expect(shown("33.1%%", isPercent: true) == "other")
        #expect(shown("33.1% p", "eurostat", isPercent: true) == "33.1 provisional")
        #expect(shown("-", isPercent: true) == "nil")
        #expect(shown("", isPercent: true) == "blank")
    }
}
