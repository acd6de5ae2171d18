internal import Annals
internal import RecordLog
internal import TableCoding

/// The content that stands in the log, by its name.
struct StoredContent: BlobSource {
    let log: any RecordLog
    /// The frame of a name; nil where it isn't in the log.
    let frame: @Sendable (Digest) -> UInt64?
    /// A payload from elsewhere, where the log can't give it.
    var secondCopy: (@Sendable (Digest) -> [UInt8]?)?
    /// What is about to be appended; it comes first.
    var staged = StagedContent()

    func has(_ digest: Digest) -> Bool { frame(digest) != nil }

    /// Whether the payload can be had; it is read for that.
    func canGive(_ digest: Digest) -> Bool {
        // Why not doesn't matter here.
        (try? payload(digest)) != nil
    }

    /// The payload of its blob frame, or of a second copy where that frame is lost.
    ///
    /// - Throws: ``ArchiveError/missingContent(_:)`` where the log doesn't know it; ``ArchiveError/log(_:)`` where its
    ///   frame is lost; ``ArchiveError/malformed(_:_:)``. There is no second copy then.
    func payload(_ digest: Digest) throws(ArchiveError) -> [UInt8] {
        if let payload = staged.payload(digest) { return payload }
        do throws(ArchiveError) {
            return try logged(digest)
        } catch {
            guard error.isAboutContent, let payload = secondCopy?(digest) else { throw error }
            return payload
        }
    }

    private func logged(_ digest: Digest) throws(ArchiveError) -> [UInt8] {
        guard let sequence = frame(digest) else { throw .missingContent(digest) }
        let stored: StoredFrame
        do { stored = try log.frame(at: sequence) } catch { throw .log(error) }
        guard stored.kind == .blob else { throw .malformed("frame \(sequence)", "no blob") }
        return stored.payload
    }
}

/// Content of commits that are about to be appended in one batch.
struct StagedContent: Sendable {
    /// In the order in which they will stand in the log.
    var frames: [Frame] = []
    /// Place in ``frames`` of each content.
    var places: [Digest: Int] = [:]

    func payload(_ digest: Digest) -> [UInt8]? { places[digest].map { frames[$0].payload } }
}

extension ArchiveError {
    /// Whether it says that a piece of content can't be had, and not that nothing can.
    var isAboutContent: Bool {
        switch self {
        case .missingContent, .malformed, .log(.damaged), .log(.storage): true
        default: false
        }
    }
}
