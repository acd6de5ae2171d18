internal import Annals
internal import RecordLog
internal import TableCoding

/// One pass over the log that believes nothing: digests and chain values are computed from the bytes.
struct Verification {
    private let log: any RecordLog
    private let stored: StoredContent
    /// The last frame that is looked at; what comes later isn't verified.
    private let end: UInt64
    private let heads: [Head]
    private let missingContent: MissingContent
    /// Frames that the log can't give and that nobody has dealt with.
    private(set) var missing = SequenceSet()
    private var report = VerifyReport()
    private var next: UInt64 = 1
    /// Frames are missing since the last commit, so the next one can't be held against the one before.
    private var isAfterGap = false
    /// After a commit that can't be read: the last number before it.
    private var numberBeforeUnread: UInt64?
    /// Chain values at the numbers of ``heads``.
    private var chains: [UInt64: Digest] = [0: .zero]

    /// - Parameters:
    ///   - log: What is verified.
    ///   - stored: The same, and nothing else.
    ///   - replay: Up to where; and what is known to be missing.
    ///   - heads: What the history must have been like.
    init(log: any RecordLog, stored: StoredContent, replay: CatalogReplay, heads: [Head]) {
        self.log = log
        self.stored = stored
        missingContent = replay.missingContent
        end = replay.frameHead
        self.heads = heads
    }

    mutating func run(
        progress: (RepairProgress) throws(ArchiveError) -> Void
    ) throws(ArchiveError) -> VerifyReport {
        // What ends the visit from within; the log knows only errors of its own.
        var stopped: ArchiveError?
        while next <= end {
            do throws(RecordLogError) {
                try log.visit(from: next) { (heading, payload) throws(RecordLogError) in
                    guard heading.sequence <= end else { return }
                    payload.withUnsafeBytes { check(heading, $0) }
                    guard heading.sequence.isMultiple(of: Self.progressStep) else { return }
                    do throws(ArchiveError) {
                        try progress(self.progress)
                    } catch {
                        stopped = error
                        throw .noSuchFrame(sequence: heading.sequence, head: end)
                    }
                }
                if next <= end { noteGap(before: end + 1) }
            } catch {
                if let stopped { throw stopped }
                guard case .damaged(let damage) = error else { throw .log(error) }
                // The frame that the visit ended at; those behind it are visited still.
                note(damage.description)
                missing.insert(next...next)
                next += 1
                isAfterGap = true
            }
        }
        compareHeads()
        try progress(self.progress)
        return report
    }

    /// Frames between two reports of progress.
    private static let progressStep: UInt64 = 256

    private var progress: RepairProgress { RepairProgress(frames: min(next - 1, end), frameCount: end) }

    private mutating func check(_ heading: FrameHeading, _ payload: UnsafeRawBufferPointer) {
        if heading.sequence > next { noteGap(before: heading.sequence) }
        report.frames += 1
        report.bytes += UInt64(payload.count)
        switch heading.kind {
        case .blob: checkBlob(Array(payload))
        case .commit: checkCommit(payload)
        case .restored, .loss: break
        default: note("kind \(heading.kind.rawValue), which this version doesn't read")
        }
        next = heading.sequence + 1
    }

    private mutating func noteGap(before sequence: UInt64) {
        for open in missingContent.open(of: next...sequence - 1) {
            report.problems.append(ArchiveProblem(frame: open.lowerBound, "missing, up to frame \(open.upperBound)"))
            missing.insert(open)
        }
        next = sequence
        isAfterGap = true
    }

    private mutating func note(_ message: String) { report.problems.append(ArchiveProblem(frame: next, message)) }

    private mutating func checkBlob(_ payload: [UInt8]) {
        report.blobs += 1
        do throws(ArchiveError) {
            let blob = try ArchiveError.of { () throws(CodingError) in try BlobPayload(payload) }
            let found =
                if blob.encoding == .list {
                    try digest(of: blob)
                } else {
                    ContentHasher.digest(of: try ArchiveError.of { () throws(CodingError) in try blob.content() })
                }
            if found != blob.digest {
                note("content \(blob.digest.hex.prefix(8)) has the digest \(found.hex.prefix(8))")
            }
        } catch {
            if case .missingContent = error, missingContent.isExcused(absentAt: next) { return }
            note(error.description)
        }
    }

    /// Of the pieces of a list, one after another in memory.
    private func digest(of list: BlobPayload) throws(ArchiveError) -> Digest {
        var hasher = ContentHasher()
        var byteCount = 0
        for piece in list.pieces {
            let payload = try stored.payload(piece)
            let content = try ArchiveError.of { () throws(CodingError) in try BlobPayload(payload).content() }
            hasher.update(content)
            byteCount += content.count
        }
        guard byteCount == list.byteCount else {
            throw .malformed("list", "\(list.byteCount) bytes, where its pieces have \(byteCount)")
        }
        return hasher.finish()
    }

    private mutating func checkCommit(_ payload: UnsafeRawBufferPointer) {
        report.commits += 1
        guard payload.count > Digest.byteCount, let chain = Digest(bytes: payload[..<Digest.byteCount]) else {
            return note("a commit shorter than its chain value")
        }
        let body = UnsafeRawBufferPointer(rebasing: payload[Digest.byteCount...])
        if !isAfterGap, ContentHasher.chain(after: report.head.chain, body: body) != chain {
            note("a chain value that doesn't follow from the commit before")
        }
        report.head.chain = chain
        defer { isAfterGap = false }
        do throws(CodingError) {
            let record = try CommitRecord(decoding: Array(body))
            let isNext =
                record.firstSequence == report.head.sequence + 1
                || numberBeforeUnread.map { record.firstSequence > $0 } ?? false
            if !isAfterGap, !isNext { note("number \(record.firstSequence) after \(report.head.sequence)") }
            numberBeforeUnread = nil
            report.head.sequence = max(report.head.sequence, record.lastSequence)
            if heads.contains(where: { $0.sequence == record.lastSequence }) { chains[record.lastSequence] = chain }
            // What was given up may have come back behind what needs it, or not at all.
            guard !missingContent.isExcused(absentAt: next) else { return }
            for name in record.references where stored.frame(name).map({ $0 >= next }) ?? true {
                note("content \(name.hex.prefix(8)) isn't in the log before the commit that needs it")
            }
        } catch {
            note(error.description)
            if numberBeforeUnread == nil { numberBeforeUnread = report.head.sequence }
            let last = CommitOutline(Array(body)).sequences?.upperBound
            report.head.sequence = max(report.head.sequence, last ?? 0)
        }
    }

    private mutating func compareHeads() {
        for head in heads where chains[head.sequence] != head.chain {
            let what =
                if head.sequence > report.head.sequence {
                    "the history ends at \(report.head.sequence), before \(head.sequence)"
                } else if let chain = chains[head.sequence] {
                    "at number \(head.sequence) the history has \(chain.hex), not \(head.chain.hex)"
                } else {
                    "no commit of this history ends at number \(head.sequence)"
                }
            report.problems.append(ArchiveProblem(frame: 0, what))
        }
    }
}
