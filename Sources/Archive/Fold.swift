internal import Annals
internal import RecordLog

/// The archive's state as a fold over frames: the catalog, and where content stands.
struct Fold: Sendable {
    var catalog = Catalog()
    /// Frame of each content.
    private(set) var frameByDigest: [Digest: UInt64] = [:]
    private var claims = ClaimIndex()
    /// Sequence of the last frame that was taken in.
    private(set) var frameHead: UInt64 = 0
    /// What doesn't hold; with any, nothing is added.
    private(set) var problems: [ArchiveProblem] = []
    /// Frames are missing since the last commit, perhaps a commit among them.
    private var isAfterGap = false

    /// Takes in everything that stands in the log and wasn't taken in yet.
    ///
    /// - Throws: ``ArchiveError/unsupportedFrame(kind:sequence:)``, ``ArchiveError/log(_:)``.
    mutating func catchUp(with log: any RecordLog) throws(ArchiveError) {
        let end = log.head
        var refusal: ArchiveError?
        do throws(RecordLogError) {
            try log.visit(from: frameHead + 1) { (heading, payload) throws(RecordLogError) in
                guard refusal == nil else { return }
                payload.withUnsafeBytes { payload in
                    do throws(ArchiveError) { try take(heading, payload) } catch { refusal = error }
                }
            }
        } catch { throw .log(error) }
        if let refusal { throw refusal }
        if frameHead < end { noteGap(upTo: end) }
    }

    /// Takes in what this archive appended itself, without reading it again.
    mutating func take(_ draft: CommitDraft, first: UInt64, last: UInt64) {
        for (digest, place) in draft.places { frameByDigest[digest] = first + UInt64(place) }
        for record in draft.records { claims.take(record, before: catalog) }
        catalog = draft.catalog
        frameHead = last
    }

    /// The entries of the commit that took that very file; empty where there is none.
    func entries(claimed identity: ClaimIdentity) -> [DropEntry] {
        guard let first = claims.firstSequence(of: identity), let entry = catalog.drop(first),
            entry.claim.identity == identity
        else { return [] }
        // One commit's entries have its claim and its instant, and stand one after another.
        return catalog.drops(since: first - 1, limit: 1000).prefix { next in
            next.claim == entry.claim && next.recorded == entry.recorded
        }
    }

    private mutating func take(_ heading: FrameHeading, _ payload: UnsafeRawBufferPointer) throws(ArchiveError) {
        if heading.sequence > frameHead + 1 { noteGap(upTo: heading.sequence - 1) }
        frameHead = heading.sequence
        switch heading.kind {
        case .blob: takeBlob(payload)
        case .commit: takeCommit(payload)
        default: throw .unsupportedFrame(kind: heading.kind.rawValue, sequence: heading.sequence)
        }
    }

    private mutating func noteGap(upTo last: UInt64) {
        problems.append(ArchiveProblem(frame: frameHead + 1, "missing, up to frame \(last)"))
        frameHead = last
        isAfterGap = true
    }

    private mutating func note(_ message: String) { problems.append(ArchiveProblem(frame: frameHead, message)) }

    /// Reads the name and no more; a list counts only after its pieces.
    private mutating func takeBlob(_ payload: UnsafeRawBufferPointer) {
        guard payload.count >= Blob.headerByteCount, let digest = Digest(bytes: payload[..<Digest.byteCount]) else {
            return note("a blob shorter than its header")
        }
        if payload[Digest.byteCount] == Blob.Encoding.list.rawValue {
            do throws(ArchiveError) {
                let pieces = try BlobPayload(Array(payload)).pieces
                guard pieces.allSatisfy({ frameByDigest[$0] != nil }) else {
                    return note("a list of content that isn't there")
                }
            } catch { return note(error.description) }
        }
        if frameByDigest[digest] == nil { frameByDigest[digest] = frameHead }
    }

    /// Behind missing frames a chain value can't be checked: what the log still has is answered, and the gap is noted.
    private mutating func takeCommit(_ payload: UnsafeRawBufferPointer) {
        guard payload.count > Digest.byteCount, let stored = Digest(bytes: payload[..<Digest.byteCount]) else {
            return note("a commit shorter than its chain value")
        }
        let body = UnsafeRawBufferPointer(rebasing: payload[Digest.byteCount...])
        let isChained = isAfterGap || ContentHasher.chain(after: catalog.head.chain, body: body) == stored
        // Whatever becomes of this one, the next one was chained to what stands here.
        defer {
            catalog.head.chain = stored
            isAfterGap = false
        }
        do throws(ArchiveError) {
            let record = try CommitRecord(decoding: Array(body))
            let expected = catalog.head.sequence + 1
            catalog.head.sequence = max(catalog.head.sequence, record.lastSequence)
            guard isChained else { return note("a commit whose chain value doesn't follow from the one before") }
            guard record.firstSequence == expected || isAfterGap && record.firstSequence > expected else {
                return note("a commit with number \(record.firstSequence) where \(expected) is next")
            }
            if let missing = record.references.first(where: { frameByDigest[$0] == nil }) {
                return note("a commit whose content \(missing.hex.prefix(8)) isn't there")
            }
            claims.take(record, before: catalog)
            catalog.fold(record, chain: stored)
        } catch { note(error.description) }
    }
}

/// Which commit took which file, at 16 bytes a file.
private struct ClaimIndex: Sendable {
    /// Hash of the identity → number of the first entry.
    ///
    /// Whoever looks up compares the entry's claim. Of two identities with one hash the later is found, so the other's
    /// file would be read once more and found identical: in a log of a million files a chance of 1 in 30 million.
    private var sequences: [Int: UInt64] = [:]

    mutating func take(_ record: CommitRecord, before catalog: Catalog) {
        switch record.content {
        case .filed(let drop): sequences[Self.key(drop.claim.identity)] = record.firstSequence
        case .quarantined(let drop): sequences[Self.key(drop.claim.identity)] = record.firstSequence
        case .released(_, let id):
            // The file may come again, with the same identity where its file system keeps times on a rename.
            if let entry = catalog.quarantined(id: id) { sequences[Self.key(entry.claim.identity)] = nil }
        }
    }

    func firstSequence(of identity: ClaimIdentity) -> UInt64? { sequences[Self.key(identity)] }

    private static func key(_ identity: ClaimIdentity) -> Int {
        var hasher = Hasher()
        hasher.combine(identity)
        return hasher.finalize()
    }
}
