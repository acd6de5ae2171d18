package import Annals

extension Instant: Decodable {
    /// Reads what ``description`` writes.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(iso8601: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time as ISO 8601 has it")
        }
        self = instant
    }
}

extension Reason: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("message", message)
            json.field("line", line)
            json.field("column", column)
            json.field("found", found)
            json.field("expected", expected)
            json.field("remedy", remedy)
        }
    }

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

extension Reason: Decodable {
    private enum CodingKeys: String, CodingKey {
        case message, line, column, found, expected, remedy
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try fields.decode(String.self, forKey: .message),
            line: try fields.decodeIfPresent(Int.self, forKey: .line),
            column: try fields.decodeIfPresent(Int.self, forKey: .column),
            found: try fields.decodeIfPresent(String.self, forKey: .found),
            expected: try fields.decodeIfPresent(String.self, forKey: .expected),
            remedy: try fields.decodeIfPresent(String.self, forKey: .remedy))
    }
}

extension Finding: Decodable {
    private enum CodingKeys: String, CodingKey {
        case code, message, line
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try fields.decode(String.self, forKey: .code), try fields.decode(String.self, forKey: .message),
            line: try fields.decodeIfPresent(Int.self, forKey: .line))
    }
}
