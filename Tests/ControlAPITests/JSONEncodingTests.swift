import Annals
import ControlAPI
import Testing

@Suite struct JSONEncodingTests {
    private enum Word: String, Codable { case readOnly = "read-only" }

    private struct Inner: Encodable {
        var lastPlace: Int
        var flags: [String] = []
    }

    private struct Outer: Encodable, SaysNull {
        static let nullFields: Set = ["said_null"]

        var zeta: String
        var alphaBeta: UInt64 = .max
        var leftOut: Int?
        var saidNull: Inner?
        var word = Word.readOnly
        var inner: Inner
        var list: [Inner] = []
        var nested: [[Int8]] = [[1], [], [-2, 3]]
        var isTrue = true
        var figure: ExactFigure
        var when: Instant
    }

    private struct Merged: Encodable {
        private enum CodingKeys: String, CodingKey { case more, deep, deepList }

        func encode(to encoder: any Encoder) throws {
            try Inner(lastPlace: 1).encode(to: encoder)
            var fields = encoder.container(keyedBy: CodingKeys.self)
            var list = fields.nestedUnkeyedContainer(forKey: .deepList)
            try list.encode(1)
            try list.encodeNil()
            var within = list.nestedContainer(keyedBy: CodingKeys.self)
            try within.encode("x", forKey: .more)
            var deep = fields.nestedContainer(keyedBy: CodingKeys.self, forKey: .deep)
            try deep.encodeNil(forKey: .more)
            try fields.encode(2, forKey: .more)
        }
    }

    private func text(_ value: some Encodable) -> String {
        String(decoding: JSONWriter.bytes(of: value), as: UTF8.self)
    }

    @Test func fieldsStandInTheOrderOfTheirType() throws {
        let instant = try #require(Instant(iso8601: "2026-11-23T12:00:00Z"))
        let outer = Outer(
            zeta: "z\u{1B}", inner: Inner(lastPlace: -3, flags: ["a", "\""]), list: [Inner(lastPlace: 1)],
            figure: ExactFigure(.min, decimals: 2), when: instant)
        #expect(
            text(outer)
                == #"{"zeta":"z\u001b","alpha_beta":18446744073709551615,"said_null":null,"word":"read-only","#
                + #""inner":{"last_place":-3,"flags":["a","\""]},"list":[{"last_place":1,"flags":[]}],"#
                + #""nested":[[1],[],[-2,3]],"is_true":true,"figure":-92233720368547758.08,"#
                + #""when":"2026-11-23T12:00:00Z"}"#)
    }

    @Test func valuesOfEveryKind() {
        #expect(text([1, 2]) == "[1,2]")
        #expect(text([ExactFigure(nil, decimals: 1), ExactFigure(5, decimals: 1)]) == "[null,0.5]")
        #expect(text("x") == #""x""#)
        #expect(text([true, false]) == "[true,false]")
        #expect(text([[String]]()) == "[]")
        #expect(text([nil, 1] as [Int?]) == "[null,1]")
    }

    @Test func containersOfOneValueAreOneObject() {
        #expect(
            text(Merged())
                == #"{"last_place":1,"flags":[],"deep_list":[1,null,{"more":"x"}],"deep":{"more":null},"more":2}"#)
    }

    @Test func aWriterGoesOnBehindAValue() {
        var json = JSONWriter()
        json.object { json in
            json.field("a", Inner(lastPlace: 1))
            json.field("none", nil as Inner?)
            json.field("b", 2)
        }
        #expect(String(decoding: json.bytes, as: UTF8.self) == #"{"a":{"last_place":1,"flags":[]},"b":2}"#)
    }
}
