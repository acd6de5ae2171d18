package import Annals

extension Instant: Codable {
    /// Reads what ``description`` writes.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(iso8601: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time as ISO 8601 has it")
        }
        self = instant
    }

    /// As ISO 8601 has it.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Reason {
    /// One line for people: message, place, found, expected, remedy.
    package var sentence: String {
        var sentence = message
        if let line { sentence += column.map { " (line \(line), column \($0))" } ?? " (line \(line))" }
        if let found { sentence += "; found: \(found)" }
        if let expected { sentence += "; expected: \(expected)" }
        if let remedy { sentence += "; \(remedy)" }
        return sentence
    }
}
