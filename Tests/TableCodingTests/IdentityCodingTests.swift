import Annals
import TableCoding
import Testing

/// Identities as they stand in commits: what older logs say is read as before.
@Suite struct IdentityCodingTests {
    private func encoded(_ identity: Identity) -> [UInt8] {
        var writer = FieldWriter()
        identity.encode(to: &writer)
        return writer.bytes
    }

    private func decoded(_ bytes: [UInt8]) throws -> Identity {
        try Identity(decoding: FieldReader(bytes, what: "identity"))
    }

    /// Field 1 as often as there are words: its tag, its length, its text.
    private func bytes(_ words: String...) -> [UInt8] {
        words.flatMap { [0x0A, UInt8($0.utf8.count)] + Array($0.utf8) }
    }

    @Test func theBytesOfEach() throws {
        let all: [(Identity, [UInt8])] = [
            (.total(dimension: "d", code: "T"), bytes("total", "d", "T")),
            (.zeroSum(over: "o", dimension: "d", code: "T"), bytes("zero-sum", "o", "d", "T")),
            (.antisymmetric(row: "r", column: "c"), bytes("antisymmetric", "r", "c")),
            (.sum(dimension: "d", code: "x", parts: ["a", "b"]), bytes("sum", "d", "x", "a", "b")),
            (.sum(dimension: "d", code: "x", parts: ["a"]), bytes("sum", "d", "x", "a")),
            (.nonNegative(measure: nil), bytes("non-negative")),
            (.nonNegative(measure: "m"), bytes("non-negative", "m")),
        ]
        for (identity, bytes) in all {
            #expect(encoded(identity) == bytes)
            #expect(try decoded(bytes) == identity)
        }
        let long = Identity.sum(dimension: "d", code: "x", parts: (0..<500).map { "part \($0)" })
        #expect(try decoded(encoded(long)) == long)
    }

    @Test func whatIsNoneIsMalformed() {
        for bytes in [
            bytes(), bytes("sum", "d", "x"), bytes("non-negative", "m", "n"), bytes("total", "d", "T", "U"),
            bytes("antisymmetric", "r"), bytes("product", "d", "x"),
        ] {
            #expect(throws: CodingError.self) { try decoded(bytes) }
        }
    }
}
