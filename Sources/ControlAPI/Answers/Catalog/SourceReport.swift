/// The file that a table came from, and with what it was read.
package struct SourceReport: Codable, Hashable, Sendable {
    package var file: String
    package var sha256: String
    package var bytes: Int64
    package var format: String
    package var dialect: String
    /// Of the dialect's text; nil where it isn't recorded.
    package var dialectSha256: String?
    /// Of the dataset's definition that it was read by; nil where none applied.
    package var definitionSha256: String?

    package init(
        file: String, sha256: String, bytes: Int64, format: String, dialect: String, dialectSha256: String? = nil,
        definitionSha256: String? = nil
    ) {
        self.file = file
        self.sha256 = sha256
        self.bytes = bytes
        self.format = format
        self.dialect = dialect
        self.dialectSha256 = dialectSha256
        self.definitionSha256 = definitionSha256
    }

    /// `1a2b3c4d crops-2011.csv`, for people: where it was filed away it is called nearly so.
    package var name: String { "\(ShortDigest.text(sha256)) \(file)" }
}
