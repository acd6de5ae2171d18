import StableStorage

/// What readers of a log see: replaced bit by bit by the writer, under one lock.
struct LogState {
    var index: LogIndex
    /// Second copies of frames whose first is known to be bad.
    var copies: [UInt64: FrameCopy]
    /// What was repaired and given up.
    private(set) var ledger: RepairLedger
    /// What is damaged and not repaired.
    private(set) var damage: [Damage]
    /// All that is damaged, repaired or not.
    private var found: [Damage]
    var head: UInt64
    var batch: UInt64
    var byteCount: UInt64
    /// Whether it takes frames, if nothing is damaged.
    var standing: LogCondition
    var recovery: Recovery
    /// By segment; without those that are lost.
    var salts: [UInt32: Salt]
    /// Where the active segment's durable frames end, for a scan beside the writer.
    var end: (segment: UInt32, offset: Int)?
    /// Until it is made certain, the sequences of the last batch.
    private var uncertain: ClosedRange<UInt64>?

    /// As it was read.
    ///
    /// - Parameters:
    ///   - contents: What the scan found.
    ///   - access: Whether it may be appended to, if nothing else speaks against it.
    init(_ contents: LogScan.Contents, access: SegmentedLog.Access) {
        let assembly = contents.assembly
        index = assembly.index
        copies = assembly.copies
        ledger = contents.ledger
        damage = contents.damage
        found = assembly.damage
        head = assembly.head
        batch = assembly.headBatch
        byteCount = contents.frameBytes
        salts = contents.salts
        standing = access == .readWrite ? .writable : .readOnly(reason: "It was opened for reading only.")
        recovery = Recovery(
            frameCount: index.frameCount, segmentCount: contents.segments.count, damage: contents.damage)
        recovery.tornTail = contents.tail.map {
            TornTail(file: SegmentName.name(of: assembly.segment), bytes: $0)
        }
        uncertain = assembly.lastWholeBatch?.sequences
    }

    var condition: LogCondition { damage.isEmpty ? standing : .damaged(damage) }

    /// The error for who wants to append; nil where it may be tried.
    var refusal: RecordLogError? {
        if let first = damage.first { return .damaged(first) }
        if case .readOnly(let reason) = standing { return .readOnly(reason: reason) }
        return nil
    }

    /// Takes note of damage that was found while reading; what is known is no news.
    mutating func add(_ news: Damage) {
        let isKnown = found.contains { known in
            known.file == news.file && news.hit.map { known.hit?.contains($0) == true } ?? (known == news)
        }
        if !isKnown { found.append(news) }
        findOpen()
    }

    /// Takes in frames that repair, once they are durable.
    mutating func take(_ records: [RepairRecord], from first: UInt64) {
        for (number, record) in records.enumerated() { ledger.take(record, at: first + UInt64(number)) }
        findOpen()
    }

    /// Takes note that what restored a frame can't be read any more: what it repaired is open again.
    mutating func forgetRestored(_ sequence: UInt64) {
        ledger.forgetRestored(sequence)
        findOpen()
    }

    private mutating func findOpen() { damage = found.filter { !ledger.covers($0) } }

    /// The last batch has been made certain.
    mutating func adopt(_ outcome: TailRecovery.Outcome) {
        for (number, place) in outcome.places.enumerated() {
            index.set(outcome.firstSequence + UInt64(number), to: place)
        }
        uncertain = nil
        recovery.rewroteLastBatch = !outcome.places.isEmpty
        recovery.tornTail = outcome.tornTail
        if let active = outcome.active { note(active) }
        standing = .writable
    }

    /// Segments in which nothing counts are about to be removed: nobody is to miss them.
    mutating func forget(_ segments: Set<UInt32>) {
        for number in segments { salts[number] = nil }
    }

    /// The last batch couldn't be made certain, so it doesn't count.
    mutating func dropLastBatch() {
        guard let uncertain else { return }
        head = uncertain.lowerBound - 1
        batch -= 1
        index.end(at: head)
    }

    /// A batch is durable.
    mutating func publish(
        _ places: [LogIndex.Place], after head: UInt64, bytes: Int, in segment: ActiveSegment
    ) {
        for (number, place) in places.enumerated() { index.set(head + 1 + UInt64(number), to: place) }
        self.head = head + UInt64(places.count)
        batch += 1
        byteCount += UInt64(bytes)
        standing = .writable
        note(segment)
    }

    private mutating func note(_ segment: ActiveSegment) {
        salts[segment.header.number] = segment.header.salt
        end = (segment.header.number, segment.end)
    }

    /// Takes note that nothing can be appended, for now or for good.
    ///
    /// - Parameters:
    ///   - error: What came before anything of the batch was written.
    ///   - bytes: What the batch needs.
    ///   - directory: Knows what is free.
    /// - Returns: The error for the one who wanted to append.
    mutating func refuse(_ error: RecordLogError, bytes: Int, directory: any Directory) -> RecordLogError {
        guard case .storage(let cause) = error, cause.isRefusedAllocation else {
            standing = .readOnly(reason: error.description)
            return error
        }
        // A directory that can't be asked has nothing free, as far as anybody knows.
        let free = (try? directory.freeBytes()) ?? 0
        let needed = bytes + SegmentHeader.framesOffset
        standing = .full(needed: needed, free: free)
        return .noSpace(needed: needed, free: free)
    }
}

extension ClosedRange<UInt64> {
    fileprivate func contains(_ other: ClosedRange<UInt64>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}

extension StorageError {
    /// There was no room, and nothing that could be missing was written: it may be tried again.
    ///
    /// A write or a sync that failed for lack of room is final like any other.
    var isRefusedAllocation: Bool { isLackOfRoom && operation != .write && operation != .sync }
}
