import Annals
import Testing

@testable import TableReading

/// Reads a text as JSON.
func json(_ text: String, takesLines: Bool = false, cells: Int = 1000) throws(Reason) -> JSONDocument {
    try JSONDocument(
        DecodedText(bytes: Array(text.utf8), start: 0, encoding: "UTF-8"), takesLines: takesLines,
        limits: ReadingLimits(cells: cells))
}

@Suite struct JSONParserTests {
    /// Everything that a text says, in one line.
    private func shown(_ value: JSONValue) -> String {
        switch value.kind {
        case .object: "{" + value.members.map { "\($0.key)=\(shown($0.value))" }.joined(separator: " ") + "}"
        case .array: "[" + value.elements.map(shown).joined(separator: " ") + "]"
        case .string: "'\(value.text ?? "")'"
        default: value.document.excerpt(at: value.offset)
        }
    }

    @Test(arguments: [
        ("{}", "{}"), ("[]", "[]"), (" [ 1 , -2.50 ,\n3e+5 ] ", "[1 -2.50 3e+5]"), ("null", "null"),
        (#"{"a":{"b":[{}, [] ,true]},"c":false}"#, "{a={b=[{} [] true]} c=false}"),
        (#"["\"\\\/\b\f\n\r\t"]"#, "['\"\\/\u{8}\u{C}\n\r\t']"),
        (#"["\u00e5\u00C5 \ud83d\ude00 é"]"#, "['åÅ 😀 é']"), (#"{"":0}"#, "{=0}"), ("0", "0"), ("-0", "-0"),
        ("[[[[1],2],3],4]", "[[[[1] 2] 3] 4]"),
    ])
    func reads(text: String, expected: String) throws {
        #expect(try shown(json(text).roots[0]) == expected)
    }

    @Test(arguments: [
        ("", 1, 1, "empty"), ("[1,\n 2", 2, 3, "ends too early"), ("[1 2]", 1, 4, "neither continued"),
        ("[1,]", 1, 4, "A value is missing"), ("{\"a\":1,}", 1, 8, "A comma stands behind"),
        ("{a:1}", 1, 2, "A key should stand"), ("{'a':1}", 1, 2, "A key should stand"), ("{\"a\" 1}", 1, 6, "no value"),
        ("[01]", 1, 2, "begins with a zero"), ("[1.]", 1, 4, "a fraction"), ("[1e]", 1, 4, "an exponent"),
        ("[.5]", 1, 2, "no JSON value"), ("[+1]", 1, 2, "no JSON value"), ("[-]", 1, 2, "no JSON value"),
        ("[NaN]", 1, 2, "`NaN`"), ("[-Infinity]", 1, 2, "`-Infinity`"), ("[None]", 1, 2, "`None`"),
        ("[NA]", 1, 2, "`NA`"),
        ("[nullx]", 1, 2, "no JSON value"), ("[tru]", 1, 2, "no JSON value"), ("[\"a]", 1, 2, "not closed"),
        ("[\"a\nb\"]", 1, 4, "control character"), (#"["\x"]"#, 1, 3, "none that JSON has"),
        (#"["\u12g4"]"#, 1, 3, "none that JSON has"), (#"["\ud800"]"#, 1, 3, "surrogate"),
        (#"["\ud800\u0041"]"#, 1, 3, "surrogate"), (#"["\udc00"]"#, 1, 3, "surrogate"),
        ("[\"\\", 1, 3, "ends in an escape"),
        ("{} {}", 1, 4, "Something follows"), ("[] x", 1, 4, "Something follows"),
        ("{\"å\": 1,\n\"b\": 2, \"å\": 3}", 2, 9, "two values for one key"),
        (#"{"a": 1, "\u0061": 2}"#, 1, 10, "two values for one key"), ("[1] // x", 1, 5, "Something follows"),
        ("{\"a\":1}}", 1, 8, "Something follows"), ("[1}", 1, 3, "neither continued"),
    ])
    func refuses(text: String, line: Int, column: Int, message: String) {
        do throws(Reason) {
            _ = try json(text)
            Issue.record("read: \(text)")
        } catch {
            #expect(error.message.contains(message), "\(text): \(error.message)")
            #expect(error.line == line && error.column == column, "\(text): \(error.line ?? 0), \(error.column ?? 0)")
            #expect(error.remedy != nil)
        }
    }

    @Test func depthIsBounded() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try json(nested(JSONDocument.deepest)).roots[0].isArray)
        #expect(throws: Reason.self) { try json(nested(JSONDocument.deepest + 1)) }
        #expect(throws: Reason.self) { try json(String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test func valuesAreBounded() throws {
        let text = "[" + repeatElement("0", count: 1_100_000).joined(separator: ",") + "]"
        #expect(try json(text, cells: 1_000_000).roots[0].elements.reduce(0) { count, _ in count + 1 } == 1_100_000)
        #expect(throws: Reason.self) { try json(text, cells: 100_000) }
    }

    /// Few keys are compared pair by pair, many by a table, all of them by their texts where one has an escape.
    @Test(arguments: [2, 12, 13, 1000]) func repeatedKeys(count: Int) throws {
        let keys = (0..<count).map { "\"key \($0)\": \($0)" }
        #expect(
            try json("{" + keys.joined(separator: ", ") + "}").roots[0].members.reduce(0) { n, _ in n + 1 } == count)
        for place in [0, count / 2, count - 1] {
            let twice = keys + ["\"key \(place)\": 0"]
            #expect(throws: Reason.self) { try json("{" + twice.joined(separator: ", ") + "}") }
            let escaped = keys + ["\"\\u006bey \(place)\": 0"]
            #expect(throws: Reason.self) { try json("{" + escaped.joined(separator: ", ") + "}") }
        }
    }

    @Test func linesOfTheirOwn() throws {
        let document = try json("{\"a\":1}\n\n{\"a\":2}\r\n", takesLines: true)
        #expect(document.roots.map { $0["a"]?.whole } == [1, 2])
        #expect(throws: Reason.self) { try json("{\"a\":1} {\"a\":2}", takesLines: true) }
    }

    @Test func positionsFromMarks() throws {
        let text = "[" + (0..<3000).map { "\"å\($0)\",\($0 % 7 == 0 ? "\n" : "")" }.joined() + "0]"
        let document = try json(text)
        let positions = JSONPositions(document)
        for value in document.roots[0].elements {
            #expect(positions.position(of: value.offset) == document.position(of: value.offset))
        }
    }
}
