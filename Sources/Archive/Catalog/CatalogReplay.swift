internal import Annals
internal import RecordLog
internal import TableCoding

/// The archive's state as a replay of frames: the catalog, and where content stands.
struct CatalogReplay: Sendable {
    var catalog = Catalog()
    /// Frame of each content.
    private(set) var frameByDigest: [Digest: UInt64] = [:]
    /// Names of content that stands in pieces.
    private(set) var lists: Set<Digest> = []
    private(set) var missingContent = MissingContent()
    private var claims = ClaimIndex()
    /// Sequence of the last frame that was taken in.
    private(set) var frameHead: UInt64 = 0
    /// What the frames say that can't be.
    private var contradictions: [ArchiveProblem] = []
    /// Of commits that say what can't be, what is told of them, by their frames.
    private(set) var unreadCommits: [UInt64: CommitOutline] = [:]
    /// After a commit that can't be read: the last number before it.
    ///
    /// What it took, the next commit tells.
    private var numberBeforeUnread: UInt64?
    /// Frames are missing since the last commit, perhaps a commit among them.
    private var isAfterGap = false
    /// Why what stands in the log can't be taken in, once that has turned up.
    private var refusal: ArchiveError?
    /// Number of the first entry that the last batch recorded, and that batch.
    private var lastRecording: (batch: UInt64, firstSequence: UInt64) = (0, 1)

    /// What doesn't hold, in the order of the log; with any, nothing is added.
    var problems: [ArchiveProblem] {
        (contradictions + missingContent.problems).sorted { $0.frame < $1.frame }
    }

    /// Frames that say what can't be: whoever accepts the loss gives them up.
    var contradictory: [UInt64] { contradictions.map(\.frame) }

    /// The entries of the last batch that recorded any.
    var lastBatch: [DropEntry] { catalog.drops(since: lastRecording.firstSequence - 1) }

    /// Takes in everything that stands in the log and wasn't taken in yet.
    ///
    /// - Throws: ``ArchiveError/unsupportedFrame(kind:sequence:)``, ``ArchiveError/log(_:)``.
    mutating func catchUp(with log: any RecordLog) throws(ArchiveError) {
        let end = log.head
        missingContent.note(log.repaired, open: log.damage)
        if frameByDigest.isEmpty { frameByDigest.reserveCapacity(Int(min(end, Self.reservedFrames))) }
        while frameHead < end {
            do throws(RecordLogError) {
                try survey(log)
                if frameHead < end { noteGap(upTo: end) }
            } catch {
                guard case .damaged = error else { throw .log(error) }
                // A frame that nobody knew to be bad, and no copy of it. What stands behind it is taken in still.
                noteGap(upTo: frameHead + 1)
                missingContent.note([], open: log.damage)
            }
            if let refusal { throw refusal }
        }
        if !missingContent.isEmpty { needPieces(from: log) }
    }

    /// For how many frames memory is taken at once, where the log has as many.
    private static let reservedFrames: UInt64 = 1 << 20

    private mutating func survey(_ log: any RecordLog) throws(RecordLogError) {
        let memory = DecodedAudits()
        try log.survey(from: frameHead + 1) { (heading, payload, isWhole) throws(RecordLogError) in
            guard refusal == nil else { return }
            payload.withUnsafeBytes { payload in
                do throws(ArchiveError) {
                    try take(heading, payload, isWhole: isWhole, memory)
                } catch { refusal = error }
            }
        }
    }

    /// Asks for the pieces of long lists, of which a survey gives the name alone: only where something is missing.
    private mutating func needPieces(from log: any RecordLog) {
        for list in lists {
            // A list that can't be read is itself what is missing.
            guard let frame = frameByDigest[list], let stored = try? log.frame(at: frame),  // see above
                let blob = try? BlobPayload(stored.payload)  // see above
            else { continue }
            for piece in blob.pieces where frameByDigest[piece] == nil {
                missingContent.need(piece, of: "a list", at: frame)
            }
        }
    }

    /// Takes in what this archive appended itself, without reading it again.
    mutating func take(_ draft: CommitDraft, first: UInt64, last: UInt64) {
        for (digest, place) in draft.places {
            frameByDigest[digest] = first + UInt64(place)
            missingContent.found(digest)
        }
        lists.formUnion(draft.lists)
        for record in draft.records { claims.take(record, before: catalog) }
        if let recorded = draft.records.first { lastRecording = (0, recorded.firstSequence) }
        catalog = draft.catalog
        frameHead = last
    }

    /// The entries of the commit that took that very file; empty where there is none.
    func entries(claimed file: SourceRef) -> [DropEntry] {
        guard let first = claims.firstSequence(of: file), let entry = catalog.drop(first),
            entry.claim.isSameFile(as: file)
        else { return [] }
        return catalog.entries(ofCommitWith: entry)
    }

    private mutating func take(
        _ heading: FrameHeading, _ payload: UnsafeRawBufferPointer, isWhole: Bool, _ memory: DecodedAudits
    ) throws(ArchiveError) {
        if heading.sequence > frameHead + 1 { noteGap(upTo: heading.sequence - 1) }
        frameHead = heading.sequence
        switch heading.kind {
        case .blob: takeBlob(payload, isWhole: isWhole)
        case .commit: takeCommit(payload, batch: heading.batch, memory)
        // What they restore is read at its own place, and what is lost the log says.
        case .restored, .loss: return
        default: throw .unsupportedFrame(kind: heading.kind.rawValue, sequence: heading.sequence)
        }
    }

    private mutating func noteGap(upTo last: UInt64) {
        missingContent.noteGap(frameHead + 1...last)
        frameHead = last
        isAfterGap = true
    }

    private mutating func note(_ message: String) {
        contradictions.append(ArchiveProblem(frame: frameHead, message))
    }

    /// Reads the name and no more; where a list is whole, its pieces must stand before it.
    private mutating func takeBlob(_ payload: UnsafeRawBufferPointer, isWhole: Bool) {
        guard payload.count >= Blob.headerByteCount, let digest = Digest(bytes: payload[..<Digest.byteCount]) else {
            return note("a blob shorter than its header")
        }
        guard !missingContent.isLost(frameHead) else { return }
        if payload[Digest.byteCount] == Blob.Encoding.list.rawValue {
            if isWhole {
                do throws(CodingError) {
                    for piece in try BlobPayload(Array(payload)).pieces { need(piece, of: "a list") }
                } catch { return note(error.description) }
            }
            lists.insert(digest)
        }
        if frameByDigest[digest] == nil { frameByDigest[digest] = frameHead }
        missingContent.found(digest)
    }

    private mutating func need(_ content: Digest, of what: String) {
        if frameByDigest[content] == nil { missingContent.need(content, of: what, at: frameHead) }
    }

    /// Behind missing frames a chain value can't be checked: what the log still has is answered, and the gap is noted.
    ///
    /// So it is behind a commit that can't be read. The chain, which is of bytes, goes on there; only the numbers that
    /// the commit took are told by the next.
    private mutating func takeCommit(
        _ payload: UnsafeRawBufferPointer, batch: UInt64, _ memory: DecodedAudits
    ) {
        guard payload.count > Digest.byteCount, let stored = Digest(bytes: payload[..<Digest.byteCount]) else {
            return note("a commit shorter than its chain value")
        }
        let bytes = UnsafeRawBufferPointer(rebasing: payload[Digest.byteCount...])
        let isChained = ContentHasher.chain(after: catalog.head.chain, body: bytes) == stored
        let body = Array(bytes)
        // Whatever becomes of this one, the next one was chained to what stands here.
        defer {
            catalog.head.chain = stored
            isAfterGap = false
        }
        do throws(CodingError) {
            let record = try CommitRecord(decoding: body, memory: memory)
            take(record, isChained: isChained, chain: stored, batch: batch, body: body)
        } catch {
            noteUnread(body, error.description)
            if numberBeforeUnread == nil { numberBeforeUnread = catalog.head.sequence }
            let last = isChained ? unreadCommits[frameHead]?.sequences?.upperBound : nil
            catalog.head.sequence = max(catalog.head.sequence, last ?? 0)
        }
    }

    private mutating func take(
        _ record: CommitRecord, isChained: Bool, chain: Digest, batch: UInt64, body: [UInt8]
    ) {
        let expected = catalog.head.sequence + 1
        let least = numberBeforeUnread.map { $0 + 1 } ?? expected
        catalog.head.sequence = max(catalog.head.sequence, record.lastSequence)
        guard isChained || isAfterGap else {
            return noteUnread(body, "a commit whose chain value doesn't follow from the one before")
        }
        let isNext =
            record.firstSequence == expected || !isChained && record.firstSequence > expected
            || numberBeforeUnread != nil && record.firstSequence >= least
        guard isNext else {
            return noteUnread(body, "a commit with number \(record.firstSequence) where \(expected) is next")
        }
        numberBeforeUnread = nil
        if !isChained { missingContent.noteCommits(before: frameHead, numbers: least..<record.firstSequence) }
        for content in record.names { need(content, of: "a commit") }
        claims.take(record, before: catalog)
        if lastRecording.batch != batch { lastRecording = (batch, record.firstSequence) }
        catalog.apply(record, chain: chain)
        missingContent.lastCommit = frameHead
    }

    private mutating func noteUnread(_ body: [UInt8], _ message: String) {
        unreadCommits[frameHead] = CommitOutline(body)
        note(message)
    }
}
