import StableStorage

/// Reads a whole log, from the first segment to the last, and changes nothing.
struct LogScan {
    let directory: any Directory
    /// Indexes of closed segments stand for their frames.
    var usesCheckpoint = false
    /// For a scan beside a running writer: the last segment and where its durable frames end.
    var end: (segment: UInt32, offset: Int)?

    /// A segment that is there.
    struct Segment {
        var number: UInt32
        /// Nil where both blocks are lost.
        var header: SegmentHeader?
        var size: Int
        /// Nil where it has none of use.
        var index: IndexState?
    }

    /// What is known of an index after it was read.
    struct IndexState {
        /// Nothing in it is bad.
        var isClean: Bool
        /// Of its last record.
        var end: Int
        /// By sequence, where each record's frame stands; nil where the index stood for its segment.
        var places: [UInt64: Int]?
    }

    /// What the log is.
    struct Contents {
        var assembly = LogAssembly()
        var segments: [Segment] = []
        /// After the last whole batch, in the last segment that has anything but its header.
        var tail: Range<Int>?
        /// By segment; without those that are lost.
        var salts: [UInt32: Salt] = [:]
        /// The greatest number of a segment that is missing or has no header, or of a file that isn't this log's; no new
        /// one may have it.
        var takenNumber: UInt32 = 0
        /// Of the last segment that anything tells of.
        var lastHeader: SegmentHeader?
        var ledger = RepairLedger()
        /// What is damaged and not repaired.
        var damage: [Damage] = []

        /// What stands between the headers of the segments and the ends of their frames.
        var frameBytes: UInt64 {
            let last = assembly.lastWholeBatch
            return segments.reduce(0) { sum, segment in
                let end = segment.number == last?.segment ? last?.end ?? 0 : segment.size
                let counts = assembly.damage.isEmpty ? segment.number <= last?.segment ?? 0 : true
                return sum + (counts ? UInt64(max(0, end - SegmentHeader.framesOffset)) : 0)
            }
        }
    }

    /// Reads it.
    ///
    /// - Parameter progress: Called after each segment, and once a few megabytes within one.
    /// - Returns: All that is known of it.
    /// - Throws: `.newerVersion`, `.newerFrame`, `.storage`.
    func run(progress: (ReplayProgress) -> Void = { _ in }) throws(RecordLogError) -> Contents {
        var contents = Contents()
        var candidates = try candidates()
        contents.takenNumber = candidates.last { !$0.isOurs || $0.header == nil }?.number ?? 0
        let abandoned = try removeAbandoned(from: &candidates)
        // An empty file says as much as none: where frames are missing the segments around it tell.
        candidates.removeAll(where: \.isEmptyFile)
        var report = ReplayProgress(bytesRead: 0, byteCount: candidates.reduce(0) { $0 + $1.size })
        var last: UInt32 = 0
        for (place, candidate) in candidates.enumerated() {
            // A stray file may have any number: a few of those before it say as much as all of them.
            for missing in (last + 1..<max(candidate.number, last + 1)).prefix(Self.mostMissing) {
                contents.assembly.skip(missing)
            }
            last = candidate.number
            try read(candidate, before: candidates[(place + 1)...], into: &contents) { bytes in
                progress(ReplayProgress(bytesRead: report.bytesRead + bytes, byteCount: report.byteCount))
            }
            report.bytesRead += candidate.size
            progress(report)
        }
        if let abandoned {
            contents.segments.append(Segment(number: abandoned.number, header: abandoned.header, size: abandoned.size))
        }
        contents.lastHeader = candidates.last { $0.header != nil }?.header
        contents.tail = contents.assembly.finish()
        contents.ledger = contents.assembly.ledger()
        contents.damage = contents.assembly.damage.filter { !contents.ledger.covers($0) }
        return contents
    }

    /// How many missing segments in a row are named one by one.
    private static let mostMissing = 1024

    /// What has a segment of its name, or an index that proves that there was one; all of one log, or with a file.
    private func candidates() throws(RecordLogError) -> [SegmentCandidate] {
        let names = try RecordLogError.storage { () throws(StorageError) in try directory.list() }
        let segments = Set(names.compactMap(SegmentName.number(of:)))
        let indexes = Set(names.compactMap(SegmentName.indexNumber(of:)))
        var candidates: [SegmentCandidate] = []
        for number in segments.union(indexes).sorted() where number <= end?.segment ?? .max {
            candidates.append(try SegmentCandidate(number, isThere: segments.contains(number), in: directory))
        }
        let identity = (candidates.first { $0.file != nil && $0.header != nil } ?? candidates.first)?.header?.identity
        return candidates.compactMap { candidate in
            var candidate = candidate
            candidate.decide(identity: identity)
            let provesFrames = candidate.index.map { !$0.records.isEmpty } ?? false
            return segments.contains(candidate.number) || provesFrames ? candidate : nil
        }
    }

    /// The last segment, if its creation was cut short: it never had a frame.
    private func removeAbandoned(
        from candidates: inout [SegmentCandidate]
    ) throws(RecordLogError) -> SegmentCandidate? {
        guard let last = candidates.last, try last.isAbandoned() else { return nil }
        return candidates.removeLast()
    }

    private func read(
        _ candidate: SegmentCandidate, before later: ArraySlice<SegmentCandidate>, into contents: inout Contents,
        progress: (Int) -> Void
    ) throws(RecordLogError) {
        if let damage = candidate.damage, damage.kind != .missingSegment { contents.assembly.add(damage) }
        let salt = candidate.header?.salt ?? later.first?.header?.previousSalt
        contents.salts[candidate.number] = salt
        let index = candidate.index
        guard candidate.tellsOfFrames else { return }
        contents.assembly.begin(
            candidate.number, at: try candidate.beginning(salt: salt), provenBatch: index?.provenBatch ?? 0)
        let isCheckpointed = usesCheckpoint && candidate.isCheckpointed(before: later)
        if candidate.isOurs {
            let places = index?.records.map { ($0.header.sequence, $0.frameOffset) } ?? []
            let state = index.map { index in
                IndexState(
                    isClean: index.isClean && index.header != nil, end: index.end,
                    places: isCheckpointed ? nil : Dictionary(places) { $1 })
            }
            contents.segments.append(
                Segment(number: candidate.number, header: candidate.header, size: candidate.size, index: state))
        }
        if isCheckpointed {
            for record in index?.records ?? [] { contents.assembly.take(.frame(SegmentFrame(record))) }
        } else {
            try scan(candidate, salt: salt, into: &contents.assembly, progress: progress)
        }
    }

    private func scan(
        _ candidate: SegmentCandidate, salt: Salt?, into assembly: inout LogAssembly, progress: (Int) -> Void
    ) throws(RecordLogError) {
        let limit = end?.segment == candidate.number ? end?.offset ?? .max : .max
        let records = candidate.index?.records ?? []
        guard candidate.isOurs, let file = candidate.file else {
            var merge = SegmentMerge(records, limit: limit, flaw: .missingSegment)
            return merge.finish { assembly.take($0) }
        }
        let size = min(candidate.size, limit)
        guard let salt else {
            if size > SegmentHeader.framesOffset { assembly.takeUntold(SegmentHeader.framesOffset..<size) }
            return
        }
        var merge = SegmentMerge(records, limit: limit)
        var scan = SegmentScan(SegmentWindow(file: file, limit: size), salt: salt, file: candidate.name)
        var reported = 0
        while let piece = try scan.next() {
            merge.take(piece) { assembly.take($0) }
            guard piece.bytes.upperBound - reported > Self.progressBytes else { continue }
            reported = piece.bytes.upperBound
            progress(reported)
        }
        merge.finish { assembly.take($0) }
    }

    /// Between two reports of progress.
    private static let progressBytes = 8 << 20
}

extension SegmentFrame {
    /// A frame that is taken for whole because the index has it.
    fileprivate init(_ record: IndexRecord) {
        self.init(header: record.header, bytes: record.frameBytes)
        repair = record.repair
    }
}

/// How far opening a log has come, for who waits; both in bytes.
package struct ReplayProgress: Hashable, Sendable {
    package var bytesRead: Int
    package var byteCount: Int
}
