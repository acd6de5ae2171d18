import StableStorage
import Synchronization

// Reading: any thread, beside the writer, up to the head as of the beginning.
extension SegmentedLog {
    package func frame(at sequence: UInt64) throws(RecordLogError) -> StoredFrame {
        let place = try place(of: sequence)
        let file = try files.file(place.segment)
        let salt = try salt(of: place.segment)
        let header = try header(at: place, in: file, salt: salt)
        guard let header, header.sequence == sequence else { throw spoilt(sequence, at: place, byteCount: 40) }
        var payload = [UInt8](repeating: 0, count: FrameHeader.padded(header.payloadBytes))
        let count = try RecordLogError.storage { () throws(StorageError) in
            var elements = payload.mutableSpan
            var bytes = elements.mutableBytes
            return try bytes.withUnsafeMutableBytes { (bytes) throws(StorageError) in
                try file.read(into: bytes, at: place.offset + FrameHeader.byteCount)
            }
        }
        let holds = count == payload.count && payload.withUnsafeBytes { header.holds(for: $0) }
        guard holds else { throw spoilt(sequence, at: place, byteCount: header.frameBytes) }
        payload.removeLast(payload.count - header.payloadBytes)
        return StoredFrame(heading: header.heading, payload: payload)
    }

    package func visit(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        let head = head
        var next = max(sequence, 1)
        var window: (segment: UInt32, salt: Salt, window: SegmentWindow)?
        while next <= head {
            for (sequence, place) in places(from: next, to: head) {
                let current: (segment: UInt32, salt: Salt, window: SegmentWindow)
                if let window, window.segment == place.segment {
                    current = window
                } else {
                    current = try self.window(on: place.segment)
                    window = current
                }
                try visit(sequence, at: place, in: current.window, salt: current.salt, body)
            }
            next += Self.placesAtOnce
        }
    }

    /// Reads every frame again, from the disk or what the system keeps of it, up to the head as of now.
    ///
    /// Runs beside appends. What it finds new makes the log refuse appends like damage found at the start.
    ///
    /// - Throws: `.storage` where something can't be read at all.
    package func verify() throws(RecordLogError) -> [Damage] {
        let (end, head) = state.withLock { ($0.end, $0.head) }
        let contents = try LogScan(directory: directory, end: end).run()
        var damage = contents.assembly.damage
        if contents.assembly.head < head {
            // What looks like a torn tail was acknowledged by this very log.
            damage.append(
                Damage(
                    .unreadable, file: SegmentName.name(of: contents.assembly.segment), bytes: contents.tail,
                    sequences: contents.assembly.head + 1...head))
        }
        state.withLock { state in for found in damage { state.add(found) } }
        return damage
    }

    private func header(
        at place: LogIndex.Place, in file: any File, salt: Salt
    ) throws(RecordLogError) -> FrameHeader? {
        // Forty bytes on the stack.
        var space: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
        do throws(StorageError) {
            return try withUnsafeMutableBytes(of: &space) { (bytes) throws(StorageError) in
                _ = try file.read(into: bytes, at: place.offset)
                return FrameHeader(UnsafeRawBufferPointer(bytes), at: place.offset, salt: salt)
            }
        } catch {
            throw .storage(error)
        }
    }

    private static let placesAtOnce: UInt64 = 1024

    private func place(of sequence: UInt64) throws(RecordLogError) -> LogIndex.Place {
        try state.withLock { (state) throws(RecordLogError) in
            guard sequence > 0, sequence <= state.head else { throw .noSuchFrame(sequence: sequence, head: state.head) }
            if let place = state.index[sequence] { return place }
            let cause = state.damage.first { $0.sequences?.contains(sequence) == true }
            throw .damaged(cause ?? Damage(.missingFrames, file: directory.path, sequences: sequence...sequence))
        }
    }

    /// Without those that are lost.
    private func places(from first: UInt64, to head: UInt64) -> [(UInt64, LogIndex.Place)] {
        state.withLock { state in
            (first...min(head, first + Self.placesAtOnce - 1)).compactMap { sequence in
                state.index[sequence].map { (sequence, $0) }
            }
        }
    }

    private func window(
        on segment: UInt32
    ) throws(RecordLogError) -> (segment: UInt32, salt: Salt, window: SegmentWindow) {
        let file = try files.file(segment)
        let size = try RecordLogError.storage { () throws(StorageError) in try file.size() }
        return (segment, try salt(of: segment), SegmentWindow(file: file, limit: size))
    }

    private func salt(of segment: UInt32) throws(RecordLogError) -> Salt {
        guard let salt = state.withLock({ $0.salts[segment] }) else {
            throw .damaged(Damage(.segmentHeader, file: SegmentName.name(of: segment)))
        }
        return salt
    }

    private func visit(
        _ sequence: UInt64, at place: LogIndex.Place, in window: SegmentWindow, salt: Salt,
        _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        let header = try window.read(at: place.offset, count: FrameHeader.byteCount) { (bytes) throws(RecordLogError) in
            FrameHeader(bytes, at: place.offset, salt: salt)
        }
        guard let header, header.sequence == sequence else { throw spoilt(sequence, at: place, byteCount: 40) }
        try window.read(at: place.offset, count: header.frameBytes) { (bytes) throws(RecordLogError) in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[FrameHeader.byteCount...])
            guard header.holds(for: rest) else { throw spoilt(sequence, at: place, byteCount: header.frameBytes) }
            try body(header.heading, UnsafeRawBufferPointer(rebasing: rest[..<header.payloadBytes]).bytes)
        }
    }

    /// A frame that was good when the log was opened.
    private func spoilt(_ sequence: UInt64, at place: LogIndex.Place, byteCount: Int) -> RecordLogError {
        let damage = Damage(
            .payload, file: SegmentName.name(of: place.segment), bytes: place.offset..<place.offset + byteCount,
            sequences: sequence...sequence)
        state.withLock { $0.add(damage) }
        return .damaged(damage)
    }
}
