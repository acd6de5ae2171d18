package import Annals
package import RecordLog
package import TableCoding

/// Why the archive could not answer or record.
package enum ArchiveError: Error, Sendable {
    /// The log below said no; what it says stands.
    case log(RecordLogError)
    /// Stored bytes don't follow their format: what they should be, and what is wrong with them.
    case malformed(String, String)
    /// A vintage refers to content that isn't in the log.
    case missingContent(Digest)
    /// What a vintage was made of was given up in a repair.
    case lost(VintageName)
    /// A frame of a kind that this version doesn't read; a newer one wrote it.
    case unsupportedFrame(kind: UInt8, sequence: UInt64)
    /// The drop doesn't fit a limit of the log's format.
    case tooLarge(String)
    /// The drop contradicts itself, so that it could not be read again.
    case invalid(String)
    /// The commit could not be read back as it was meant, so it was not appended: a fault of this program, not the file's.
    case notReadBack(String)
    /// The source bytes don't have the SHA-256 that was claimed.
    case sourceMismatch(claimed: Digest, found: Digest)
    /// Others wrote to the same log at every attempt.
    case contended(attempts: Int)
    /// Nobody waits for the answer any more, so it was not worked out.
    case abandoned
    /// The log holds something that can't be relied on, so nothing is added to it.
    case damaged(ArchiveProblem)
    /// No such entry lies in quarantine.
    case notQuarantined(String)
}

extension ArchiveError: DecodingFailure {
    package init(_ error: CodingError) {
        switch error {
        case .malformed(let what, let problem): self = .malformed(what, problem)
        case .tooLarge(let what): self = .tooLarge(what)
        case .invalid(let what): self = .invalid(what)
        }
    }
}

extension ArchiveError: CustomStringConvertible {
    /// A sentence, and what to do about it where something can be done.
    package var description: String {
        switch self {
        case .log(let error): error.description
        case .malformed(let what, let problem): CodingError.malformed(what, problem).description
        case .missingContent(let digest): "Content \(digest.hex.prefix(8)) is not in the log."
        case .lost(let name):
            "What \(name.dataset) \(name.year) version \(name.version) was made of is lost: no copy of it was left when "
                + "the log was repaired. Drop \(name.file) again to bring it back."
        case .unsupportedFrame(let kind, let sequence):
            "Frame \(sequence) is of kind \(kind), which this version doesn't read. Use the newer annald that wrote it."
        case .tooLarge(let what): CodingError.tooLarge(what).description
        case .invalid(let what): CodingError.invalid(what).description
        case .notReadBack(let problem):
            "What would be recorded could not be read back, which is a fault of annald: \(problem) Report it, with the "
                + "file and its sidecar."
        case .sourceMismatch(let claimed, let found):
            "The source bytes have the SHA-256 \(found.hex.prefix(8)) where \(claimed.hex.prefix(8)) was claimed."
        case .contended(let attempts): "Others wrote to the log at each of \(attempts) attempts; nothing was recorded."
        case .abandoned: "Nobody waits for the answer any more."
        case .damaged(let problem):
            "The archive takes nothing until the log is repaired: frame \(problem.frame): \(problem.message)."
        case .notQuarantined(let id): "There is nothing in quarantine under \(id)."
        }
    }
}

/// Something in the log that doesn't hold, and where.
package struct ArchiveProblem: Hashable, Sendable {
    /// Sequence of the frame in the log; 0 for the log as a whole.
    package var frame: UInt64
    package var message: String

    package init(frame: UInt64, _ message: String) {
        self.frame = frame
        self.message = message
    }
}
