internal import Annals
internal import RecordLog

/// The content that stands in the log, by its name.
struct StoredContent: Sendable {
    let log: any RecordLog
    /// The frame of a name; nil where it isn't in the log.
    let frame: @Sendable (Digest) -> UInt64?

    func has(_ digest: Digest) -> Bool { frame(digest) != nil }

    /// The payload of its blob frame.
    func payload(_ digest: Digest) throws(ArchiveError) -> [UInt8] {
        guard let sequence = frame(digest) else { throw .missingContent(digest) }
        let stored: StoredFrame
        do { stored = try log.frame(at: sequence) } catch { throw .log(error) }
        guard stored.kind == .blob else { throw .malformed("frame \(sequence)", "no blob") }
        return stored.payload
    }
}
