package import ControlAPI

/// One question to the daemon.
package struct ControlRequest: Sendable {
    /// What a request does.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method: Method
    /// From the root, its segments percent-encoded: ``path(_:)``.
    package var path: String
    /// In order; a name may come more than once.
    package var query: [(name: String, value: String)]
    package var format: AnswerFormat
    /// What goes along with it; nil for nothing.
    package var body: RequestBytes?
    /// How long to wait for all of the answer; nil: as long as it takes.
    package var timeout: Duration?

    package init(
        _ method: Method = .get, _ path: String, query: [(name: String, value: String)] = [],
        format: AnswerFormat = .json, body: RequestBytes? = nil, timeout: Duration? = nil
    ) {
        self.body = body
        self.method = method
        self.path = path
        self.query = query
        self.format = format
        self.timeout = timeout
    }

    /// A path below `/v1` of segments that may hold anything.
    package static func path(_ segments: String...) -> String { path(segments) }

    /// The same of segments in an array.
    package static func path(_ segments: [String]) -> String {
        "/v1" + segments.map { "/" + PercentEncoder.encoded($0) }.joined()
    }

    /// Path and query, as they stand in the request's first line.
    package var target: String {
        guard !query.isEmpty else { return path }
        return path + "?"
            + query.map { PercentEncoder.encoded($0.name) + "=" + PercentEncoder.encoded($0.value) }.joined(
                separator: "&")
    }
}

/// The `%41` of URLs.
enum PercentEncoder {
    /// Everything but letters, digits, `-`, `.`, `_` and `~` escaped.
    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes.append(contentsOf: [0x25, hex(byte >> 4), hex(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x41 + nibble - 10 }
}
