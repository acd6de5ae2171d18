import Annals
import ControlAPI
import FoundationEssentials
import Testing

@Suite struct JSONWriterTests {
    private func text(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func keepsTheOrderOfFieldsAndSetsCommas() {
        let json = text { json in
            json.object { json in
                json.field("b", 1)
                json.field("a", "x")
                json.field("list", ["p", "q"])
                json.field("none", nil as String?)
                json.field("flag", true)
                json.field("numbers", [2010, 2011])
            }
        }
        #expect(json == #"{"b":1,"a":"x","list":["p","q"],"flag":true,"numbers":[2010,2011]}"#)
    }

    @Test(
        arguments: [
            (96, 0, "96"), (-96, 0, "-96"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (12_345, 2, "123.45"),
            (Int64.max, 18, "9.223372036854775807"), (Int64.min, 18, "-9.223372036854775808"),
            (Int64.min, 0, "-9223372036854775808"), (100, 1, "10.0"), (9_007_199_254_740_993, 0, "9007199254740993"),
        ] as [(Int64, Int, String)])
    func writesFiguresWithExactlyTheirDecimals(value: Int64, decimals: Int, expected: String) throws {
        let json = text { $0.figure(value, decimals: decimals) }
        #expect(json == expected)
        #expect(try JSONDecoder().decode([Decimal].self, from: Data("[\(json)]".utf8)) == [Decimal(string: expected)])
    }

    @Test(arguments: [
        ("\u{9B}31m", #""\u009b31m""#), ("a\u{202E}b", #""a\u202eb""#), ("\u{E0041}", #""\udb40\udc41""#),
        ("\u{1B}\u{7F}\u{85}", #""\u001b\u007f\u0085""#), ("Østfold 😀 \"q\"", #""Østfold 😀 \"q\"""#),
        ("\u{FEFF}é\n\t", #""\ufeffé\n\t""#),
    ])
    func whatControlsATerminalIsEscaped(text: String, expected: String) throws {
        let json = self.text { $0.string(text) }
        #expect(json == expected)
        #expect(try JSONDecoder().decode([String].self, from: Data("[\(json)]".utf8)) == [text])
    }

    @Test func writesNullWhereThereIsNoFigure() {
        #expect(text { $0.figure(nil, decimals: 2) } == "null")
    }

    @Test func everyScalarOfTextSurvives() throws {
        var hostile = "\"\\/\u{0}\u{1}\u{8}\u{B}\u{C}\u{1B}[31m\n\r\t\u{7F}\u{85}\u{202E}\u{2028}æøå😀"
        hostile += String((0..<0x100).compactMap { Unicode.Scalar($0).map(Character.init) })
        let json = text { json in
            json.beginArray()
            json.string(hostile)
            json.endArray()
        }
        #expect(!json.utf8.contains { $0 < 0x20 || $0 == 0x7F })
        #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [hostile])
    }

    @Test func takesPiecesWithoutLosingItsPlace() {
        var writer = JSONWriter()
        writer.beginArray()
        writer.integer(1)
        let first = writer.take()
        writer.integer(2)
        writer.endArray()
        #expect(String(decoding: first + writer.take(), as: UTF8.self) == "[1,2]")
    }
}
