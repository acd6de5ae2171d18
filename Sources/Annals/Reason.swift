/// Why a file can't be taken: what is wrong, where, and what to do about it.
///
/// Positions count from 1; a column counts fields where the file has fields, else characters.
package struct Reason: Error, Codable, Hashable, Sendable {
    package var message: String
    package var line: Int?
    package var column: Int?
    /// What stands there, shortened.
    package var found: String?
    package var expected: String?
    package var remedy: String?

    package init(
        _ message: String, line: Int? = nil, column: Int? = nil, found: String? = nil, expected: String? = nil,
        remedy: String? = nil
    ) {
        self.message = Self.shortened(message, to: 1000)
        self.line = line
        self.column = column
        self.found = found.map { Self.shortened($0, to: 120) }
        self.expected = expected
        self.remedy = remedy
    }

    /// A field of a file may be as long as the file.
    static func shortened(_ text: String, to characters: Int) -> String {
        guard text.utf8.count > characters, text.count > characters else { return text }
        return String(text.prefix(characters - 1)) + "…"
    }
}

/// Something a reader or an audit noticed that does not keep the file from being taken.
package struct Finding: Codable, Hashable, Sendable {
    /// A slug that scripts can match: `label-variants`, `repeated-row`.
    package var code: String
    package var message: String
    package var line: Int?

    package init(_ code: String, _ message: String, line: Int? = nil) {
        self.code = code
        self.message = Reason.shortened(message, to: 1000)
        self.line = line
    }
}
