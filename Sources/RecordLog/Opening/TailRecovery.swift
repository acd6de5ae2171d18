import StableStorage

/// What must be done on disk before a log that was opened takes frames, in an order that a crash may cut anywhere.
///
/// 1. A torn tail is copied aside.
/// 2. Segments at the end that never had a whole batch are removed, and the names of those that were removed at an earlier
///    start are taken off the disk once more.
/// 3. A log that was closed in order is synced and goes on in its last segment. Otherwise the last batch is written once
///    more into a new segment, and the old one is cut to its last frame.
///
/// Each step remembers that it is done: for lack of room it may have to be run again.
///
/// **Why the last batch is written once more.** Its sync may have failed, or never come: the kernel then has its pages and
/// reports nothing to whoever opens the file next, and a sync of theirs says that all is well. Only a new write is sure to
/// reach the disk, and a new segment is sure not to hurt the old bytes. A segment that ends exactly behind its last batch
/// was closed in order, which is done after a sync that succeeded; there one more sync is enough.
///
/// **Order, and what a crash between two steps leaves.** The copy of the tail is durable before anything is cut. The index
/// of a segment goes before the segment, since alone it would tell of one that is missing. The new segment is durable
/// before the old one is cut; a crash between them leaves the batch in both, and the later one overrides. So each state
/// in between is one that opening understands, and it comes to the same end.
///
/// **Why names are taken off once more.** The sync of the directory may fail behind a removal. The name is gone then for
/// everyone who looks, no later sync takes it off the disk, and a power cut brings the segment back, with the torn batch
/// that was told of before. A name that is made, removed and synced anew is off the disk. The copies of torn tails, which
/// are durable before anything is removed, say which names those are. What a crash leaves of it is an empty file, which
/// opening takes for none.
///
/// **A log that is damaged** is left as it is by `run`, which isn't called. Repair calls `runForRepair` in its place: it
/// goes on in a new segment and cuts nothing, until all damage is covered and `cutTail` may. Where nothing can be written
/// at all (no room, a read-only disk), `secureInPlace` writes the last batch over itself, which needs no room.
///
/// **Example.** Batch 8 ends at byte 900 of segment 3; behind it stand 120 bytes of batch 9 without its last frame. The 120
/// bytes are copied to a `.broken` file; batch 8 is written into segment 4 and synced; segment 3 is cut to 900.
struct TailRecovery {
    private let directory: any Directory
    private let options: LogOptions
    private let files: SegmentFiles
    private var segments: [LogScan.Segment]
    private let takenNumber: UInt32
    private let lastHeader: SegmentHeader?
    private let lastBatch: LogAssembly.WholeBatch?
    /// The same, even if it is hit.
    private let anyLastBatch: LogAssembly.LastBatch?
    /// Where the log ends, if the last batch needn't be made certain.
    private let head: (sequence: UInt64, batch: UInt64)
    /// With its copy's name once there is one.
    private(set) var tornTail: TornTail?
    /// The segments that are removed, whose frames count nowhere.
    let doomed: Set<UInt32>
    private var isDone = false

    /// What has been achieved.
    struct Outcome {
        /// Nil for an empty log: its first segment comes with its first frame.
        var active: ActiveSegment?
        /// Where the last batch stands now, if it was written once more.
        var places: [LogIndex.Place] = []
        /// The first sequence of that.
        var firstSequence: UInt64 = 0
        var tornTail: TornTail?
    }

    init(_ contents: LogScan.Contents, directory: any Directory, files: SegmentFiles, options: LogOptions) {
        self.directory = directory
        self.options = options
        self.files = files
        segments = contents.segments
        takenNumber = contents.takenNumber
        lastHeader = contents.lastHeader
        lastBatch = contents.assembly.lastWholeBatch
        anyLastBatch = contents.assembly.lastBatch
        head = (contents.assembly.head, contents.assembly.headBatch)
        let last = lastBatch?.segment ?? 0
        doomed = Set(contents.segments.map(\.number).filter { $0 > last })
        tornTail = contents.tail.map { TornTail(file: SegmentName.name(of: contents.assembly.segment), bytes: $0) }
    }

    /// Does what is left to do.
    ///
    /// - Returns: Nil when everything was done before.
    mutating func run() throws(RecordLogError) -> Outcome? {
        guard !isDone else { return nil }
        try copyTail()
        try removeTornSegments()
        try removeOnceMore()
        let outcome = try secureLastBatch()
        isDone = true
        return outcome
    }

    private func secureLastBatch() throws(RecordLogError) -> Outcome {
        guard let lastBatch, let last = segments.last, let header = last.header else {
            return Outcome(tornTail: tornTail)
        }
        let name = SegmentName.name(of: last.number)
        if last.size == lastBatch.end {
            return try RecordLogError.storage { () throws(StorageError) in
                let file = try directory.open(name, mode: .readWrite)
                try file.sync()
                let segment = ActiveSegment(reopening: header, file: file, end: lastBatch.end)
                return Outcome(active: segment, tornTail: tornTail)
            }
        }
        let frames = try self.frames(of: lastBatch, salt: header.salt)
        return try RecordLogError.storage { () throws(StorageError) in
            let first = lastBatch.sequences.lowerBound
            let (next, places) = try rewrite(frames, from: first, batch: lastBatch.batch, after: header)
            let old = try directory.open(name, mode: .readWrite)
            try old.truncate(to: lastBatch.end)
            try old.sync()
            return Outcome(active: next, places: places, firstSequence: first, tornTail: tornTail)
        }
    }

    /// Writes the last batch once more, at the start of the next segment.
    private func rewrite(
        _ frames: [Frame], from first: UInt64, batch: UInt64, after header: SegmentHeader
    ) throws(StorageError) -> (segment: ActiveSegment, places: [LogIndex.Place]) {
        var next = try ActiveSegment.create(
            successor(of: header, sequence: first, batch: batch),
            roomFor: ActiveSegment.bytes(of: frames), in: directory, options: options)
        let places = try next.write(frames, batch: batch, first: first)
        guard try next.sync() else {
            throw StorageError(.sync, path: next.file.path, code: StorageError.notThere)
        }
        return (next, places)
    }

    /// Instead of `run` for a damaged log that is about to be repaired: the last batch is made certain in a new segment,
    /// where that is needed, and nothing is cut.
    ///
    /// - Parameter recover: Reads a frame from any copy; nil where there is none.
    /// - Returns: Nil when opening had nothing left to do.
    /// - Throws: `.storage`.
    mutating func runForRepair(
        recover: (UInt64) throws(RecordLogError) -> StoredFrame?
    ) throws(RecordLogError) -> Outcome? {
        guard !isDone else { return nil }
        guard let header = lastHeader else {
            isDone = true
            return nil
        }
        var outcome = Outcome(tornTail: tornTail)
        var frames = try uncertainFrames()
        if frames == nil { frames = try overriddenFrames(recover: recover) }
        if let frames {
            let first = head.sequence + 1 - UInt64(frames.count)
            let (segment, places) = try RecordLogError.storage { () throws(StorageError) in
                try rewrite(frames, from: first, batch: head.batch, after: header)
            }
            (outcome.active, outcome.places, outcome.firstSequence) = (segment, places, first)
        } else {
            // It was durable, and what is bad of it is repaired like everything else.
            outcome.active = try RecordLogError.storage { () throws(StorageError) in
                try ActiveSegment.create(
                    successor(of: header, sequence: head.sequence + 1, batch: head.batch + 1), roomFor: 0,
                    in: directory, options: options)
            }
        }
        isDone = true
        return outcome
    }

    /// What repair must write once more; nil where the last batch is certain, or is hit itself.
    ///
    /// A segment that was closed in order may not have been read when the log was opened, so its last batch can turn out
    /// to be damaged here. The index has a copy then.
    private func uncertainFrames() throws(RecordLogError) -> [Frame]? {
        guard let lastBatch, lastBatch.batch == head.batch,
            let holder = segments.first(where: { $0.number == lastBatch.segment }), let salt = holder.header?.salt,
            holder.size != lastBatch.end
                || isOverridden(from: lastBatch.sequences.lowerBound, in: lastBatch.segment)
        else { return nil }
        do throws(RecordLogError) {
            return try frames(of: lastBatch, salt: salt)
        } catch .damaged {
            return nil
        } catch {
            throw error
        }
    }

    /// The same for a batch that is hit in every segment, so that only second copies have all of it.
    private func overriddenFrames(
        recover: (UInt64) throws(RecordLogError) -> StoredFrame?
    ) throws(RecordLogError) -> [Frame]? {
        guard let batch = anyLastBatch, batch.batch == head.batch, batch.first <= head.sequence,
            isOverridden(from: batch.first, in: batch.segment)
        else { return nil }
        var frames: [Frame] = []
        for sequence in batch.first...head.sequence {
            guard let frame = try recover(sequence) else { return nil }
            frames.append(Frame(kind: frame.kind, payload: frame.payload))
        }
        return frames
    }

    /// Whether a later segment, of which nothing is left, says that it has the batch: once more follows, that would be
    /// damage, though a spare was read here.
    private func isOverridden(from first: UInt64, in segment: UInt32) -> Bool {
        func overrides(_ number: UInt32, _ header: SegmentHeader?) -> Bool {
            guard number > segment else { return false }
            return header.map { $0.firstSequence <= first } ?? true
        }
        // Of the last one there may be no more than its index.
        return segments.contains { overrides($0.number, $0.header) } || overrides(lastHeader?.number ?? 0, lastHeader)
    }

    /// Copies and cuts the torn tail of a log that was repaired.
    mutating func cutTail() throws(RecordLogError) {
        guard let tail = tornTail, tail.copy == nil else { return }
        try copyTail()
        try RecordLogError.storage { () throws(StorageError) in
            let file = try directory.open(tail.file, mode: .readWrite)
            try file.truncate(to: tail.bytes.lowerBound)
            try file.sync()
        }
    }

    /// For a log whose tail can't be recovered: makes certain of the last batch where it stands, for which it needs no room.
    ///
    /// A sync alone wouldn't do: what an earlier sync failed to write the system takes for written. A batch of which the
    /// index has a record was synced.
    ///
    /// - Throws: `.damaged` where it doesn't hold any more; `.storage`.
    func secureInPlace() throws(RecordLogError) {
        guard let lastBatch, !lastBatch.isProven,
            let salt = segments.first(where: { $0.number == lastBatch.segment })?.header?.salt
        else { return }
        let file = try RecordLogError.storage { () throws(StorageError) in
            try directory.open(SegmentName.name(of: lastBatch.segment), mode: .readWrite)
        }
        try BatchReader(batch: lastBatch, salt: salt, file: file).writeOver(file)
        try RecordLogError.storage { () throws(StorageError) in try file.sync() }
    }

    private mutating func copyTail() throws(RecordLogError) {
        guard let tail = tornTail, tail.copy == nil, let number = SegmentName.number(of: tail.file) else { return }
        let names = Set(try RecordLogError.storage { () throws(StorageError) in try directory.list() })
        var attempt = 0
        func name() -> String {
            SegmentName.brokenName(of: number, offset: tail.bytes.lowerBound, attempt: attempt)
        }
        while names.contains(name()) { attempt += 1 }
        let copy = name()
        let source = try RecordLogError.storage { () throws(StorageError) in try files.file(number) }
        try RecordLogError.storage { () throws(StorageError) in
            let target = try directory.open(copy, mode: .create)
            do throws(StorageError) {
                try Self.copy(tail.bytes, of: source, to: target)
            } catch {
                // Half a copy is of no use, and its room may be what is lacking.
                try directory.remove(copy)
                throw error
            }
            try directory.sync()
        }
        tornTail?.copy = copy
    }

    private static func copy(_ range: Range<Int>, of source: any File, to target: any File) throws(StorageError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(range.count, 1 << 20), alignment: 16)
        defer { buffer.deallocate() }
        // Room first: then lack of it is an answer, not a failed write.
        try target.reserve(upTo: range.count, zeroedFrom: range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            let wanted = min(buffer.count, range.upperBound - position)
            let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: position)
            guard count > 0 else { break }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            try target.write([piece], at: position - range.lowerBound)
            position += count
        }
        try target.sync()
    }

    private mutating func removeTornSegments() throws(RecordLogError) {
        while let last = segments.last, doomed.contains(last.number) {
            try RecordLogError.storage { () throws(StorageError) in
                // The index first: left alone it would tell of a segment that is missing.
                try removeIndex(of: last.number)
                try directory.remove(SegmentName.name(of: last.number))
                try directory.sync()
            }
            files.forget(last.number)
            segments.removeLast()
        }
    }

    /// Takes names off the disk that nobody sees any more, since the sync behind their removal may have failed.
    ///
    /// One after another: a power cut leaves at most one empty file, and what an attempt before this one left goes too.
    private func removeOnceMore() throws(RecordLogError) {
        try RecordLogError.storage { () throws(StorageError) in
            let names = Set(try directory.list())
            let last = segments.last?.number ?? 0
            let removed = Set(names.compactMap(SegmentName.brokenNumber(of:)))
            for number in removed.sorted() where number > last && number - last <= Self.farthestRemoved {
                let name = SegmentName.name(of: number)
                if names.contains(name) {
                    guard try directory.open(name, mode: .read).size() == 0 else { continue }
                } else {
                    do throws(StorageError) {
                        _ = try directory.open(name, mode: .create)
                    } catch {
                        // Nothing has changed, and appends need no new file: worth no refusal, since what may come back
                        // with the power is only told of once more.
                        continue
                    }
                }
                try directory.remove(name)
                try directory.sync()
            }
        }
    }

    /// How far behind the last segment one may have been that was removed: numbers are left out seldom, and one by one.
    private static let farthestRemoved: UInt32 = 8

    private func removeIndex(of number: UInt32) throws(StorageError) {
        do {
            try directory.remove(SegmentName.indexName(of: number))
        } catch  where error.isNotFound {
            // It needn't have one.
        }
    }

    private func successor(of header: SegmentHeader, sequence: UInt64, batch: UInt64) -> SegmentHeader {
        let last = segments.last?.number ?? 0
        return SegmentHeader(
            number: max(last, header.number, takenNumber) + 1, firstSequence: sequence, firstBatch: batch,
            identity: header.identity, salt: options.salt(), previousSalt: header.salt, created: options.now())
    }

    /// The last batch as it stands, each frame checked again.
    private func frames(of batch: LogAssembly.WholeBatch, salt: Salt) throws(RecordLogError) -> [Frame] {
        let file = try RecordLogError.storage { () throws(StorageError) in try files.file(batch.segment) }
        return try BatchReader(batch: batch, salt: salt, file: file).frames()
    }
}
