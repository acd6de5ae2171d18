internal import TableCoding

/// Whether bytes that may say anything are a commit's body, and what is read from them can be read back.
///
/// For the fuzzer, which knows nothing else of commits.
package enum CommitRoundTrip: Hashable, Sendable {
    /// They are no commit.
    case refused
    case same
    /// What was read was written as something that can't be read, or reads as something else.
    case differs

    package init(_ body: [UInt8]) {
        do {
            let commit = try CommitRecord(decoding: body)
            self = try CommitRecord(decoding: commit.encodedBody) == commit ? .same : .differs
        } catch {
            self = Self.isCommit(body) ? .differs : .refused
        }
    }

    private static func isCommit(_ body: [UInt8]) -> Bool {
        do { return try CommitRecord(decoding: body).entryCount > 0 } catch { return false }
    }
}
