import FoundationEssentials

/// Reads the values that a daemon's answer holds.
///
/// Names are those of the types' fields, `lastDrops` for `last_drops`. How deep an answer may be nested is limited, and
/// what isn't of the expected form is an error: nothing that is received is trusted.
package enum AnswerDecoder {
    /// A value from its JSON.
    ///
    /// - Throws: `DecodingError`.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(bytes))
    }
}
