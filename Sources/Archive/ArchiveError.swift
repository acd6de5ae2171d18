package import Annals
package import RecordLog

/// Why the archive could not answer or record.
package enum ArchiveError: Error, Sendable {
    /// The log below said no; what it says stands.
    case log(RecordLogError)
    /// Stored bytes don't follow their format: what they should be, and what is wrong with them.
    case malformed(String, String)
    /// A vintage refers to content that isn't in the log.
    case missingContent(Digest)
    /// A frame of a kind that this version doesn't read; a newer one wrote it.
    case unsupportedFrame(kind: UInt8, sequence: UInt64)
    /// The drop doesn't fit a limit of the log's format.
    case tooLarge(String)
    /// The source bytes don't have the SHA-256 that was claimed.
    case sourceMismatch(claimed: Digest, found: Digest)
    /// Others wrote to the same log at every attempt.
    case contended(attempts: Int)
    /// No such entry lies in quarantine.
    case notQuarantined(String)
}
