import StableStorage
import Synchronization

// Reading: any thread, beside the writer, up to the head as of the beginning.
extension SegmentedLog {
    package func frame(at sequence: UInt64) throws(RecordLogError) -> StoredFrame {
        let (source, head) = state.withLock { ($0.source(of: sequence), $0.head) }
        guard sequence > 0, sequence <= head else { throw .noSuchFrame(sequence: sequence, head: head) }
        return try frame(sequence, from: source)
    }

    package func visit(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        var reader: SegmentReader?
        try eachSource(from: sequence) { (sequence, source) throws(RecordLogError) in
            if case .lost = source { return }
            if case .place(let place) = source, let reader = try self.reader(on: place.segment, after: &reader),
                try reader.visit(sequence, at: place.offset, body)
            {
                return
            }
            let frame = try frame(sequence, from: source)
            try body(frame.heading, frame.payload.span.bytes)
        }
    }

    package func survey(
        from sequence: UInt64, _ body: (FrameHeading, _ bytes: RawSpan, _ isWhole: Bool) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        var reader: SegmentReader?
        var cursor: IndexCursor?
        try eachSource(from: sequence) { (sequence, source) throws(RecordLogError) in
            if let segment = source.segment, let cursor = self.cursor(on: segment, after: &cursor),
                try cursor.survey(sequence, source, body)
            {
                return
            }
            if case .lost = source { return }
            if case .place(let place) = source, let reader = try self.reader(on: place.segment, after: &reader),
                try reader.visit(
                    sequence, at: place.offset,
                    { (heading, payload) throws(RecordLogError) in
                        try body(heading, payload, true)
                    })
            {
                return
            }
            let frame = try frame(sequence, from: source)
            try body(frame.heading, frame.payload.span.bytes, true)
        }
    }

    /// Reads every frame again, from the disk or what the system keeps of it, up to the head as of now.
    ///
    /// Runs beside appends. What it finds new makes the log refuse appends like damage found at the start.
    ///
    /// - Parameter progress: Called every few megabytes.
    /// - Returns: What is damaged and not repaired.
    /// - Throws: `.storage` where something can't be read at all.
    package func verify(progress: (ReplayProgress) -> Void = { _ in }) throws(RecordLogError) -> [Damage] {
        let (end, head) = state.withLock { ($0.end, $0.head) }
        let contents = try LogScan(directory: directory, end: end).run(progress: progress)
        var damage = contents.damage
        if contents.assembly.head < head {
            // What looks like a torn tail was acknowledged by this very log.
            let lost = contents.assembly.head + 1...head
            damage.append(
                Damage(
                    .unreadable, file: SegmentName.name(of: contents.assembly.segment), bytes: contents.tail,
                    sequences: lost))
        }
        // Those whose frames all stand beside them as well read as if nothing was.
        for removed in removedSegments(upTo: end, present: try segmentNumbers(upTo: end))
        where !damage.contains(where: { $0.kind == .missingSegment && $0.file == removed.file }) {
            damage.append(removed)
        }
        state.withLock { state in
            for (sequence, copy) in contents.assembly.copies where state.copies[sequence] == nil {
                state.copies[sequence] = copy
            }
            for found in damage { state.add(found) }
        }
        return damage
    }

    /// The segments that stand in the directory now, up to where the log ends.
    func segmentNumbers(upTo end: (segment: UInt32, offset: Int)?) throws(RecordLogError) -> [UInt32] {
        let names = try RecordLogError.storage { () throws(StorageError) in try directory.list() }
        return names.compactMap(SegmentName.number(of:)).filter { $0 <= end?.segment ?? .max }.sorted()
    }

    /// The segments that this log counts on and that somebody removed underneath it, but for those that were repaired.
    func removedSegments(upTo end: (segment: UInt32, offset: Int)?, present: [UInt32]) -> [Damage] {
        state.withLock { state in
            Set(state.salts.keys).subtracting(present).filter { $0 <= end?.segment ?? .max }.sorted()
                .map { number in
                    Damage(
                        .missingSegment, file: SegmentName.name(of: number), hit: state.index.sequences(in: number))
                }
                .filter { !state.ledger.covers($0) }
        }
    }

    /// Gives each sequence up to the head as of now, and where it is to be read.
    private func eachSource(
        from sequence: UInt64, _ body: (UInt64, FrameSource) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        let head = head
        var next = max(sequence, 1)
        while next <= head {
            let last = min(head, next + Self.sourcesAtOnce - 1)
            let sources = state.withLock { state in (next...last).map { ($0, state.source(of: $0)) } }
            for (sequence, source) in sources { try body(sequence, source) }
            next = last + 1
        }
    }

    private static let sourcesAtOnce: UInt64 = 1024

    /// Nil where the segment can't be opened any more.
    private func reader(
        on segment: UInt32, after last: inout SegmentReader?
    ) throws(RecordLogError) -> SegmentReader? {
        if let last, last.segment == segment { return last }
        do throws(StorageError) {
            guard let salt = state.withLock({ $0.salts[segment] }) else { return nil }
            last = try SegmentReader(segment: segment, salt: salt, file: files.file(segment))
        } catch  where error.isNotFound || error.isUnreadable {
            last = nil
        } catch {
            throw .storage(error)
        }
        return last
    }

    /// Nil where the segment has no index that can be read.
    private func cursor(on segment: UInt32, after last: inout IndexCursor?) -> IndexCursor? {
        if let last, last.segment == segment { return last }
        guard let salt = state.withLock({ $0.salts[segment] }) else { return nil }
        // The segment itself answers too.
        last = try? IndexCursor(segment: segment, salt: salt, in: directory)
        return last
    }
}
