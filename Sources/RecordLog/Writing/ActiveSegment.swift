import StableStorage

/// The segment that takes the frames: where its frames end, and how far it has room.
struct ActiveSegment {
    let header: SegmentHeader
    let file: any File
    /// Of the last frame, in bytes.
    private(set) var end: Int
    /// The file's size: zeros from `end` on.
    private var reserved: Int
    /// Nil once it failed.
    private var index: IndexWriter?
    /// Of the frames that were written and aren't durable yet.
    private var records: [UInt8] = []

    /// Creates a segment with room for `bytes`; durable when it returns.
    ///
    /// - Throws: `isRefusedAllocation`, and then there is nothing left of it.
    static func create(
        _ header: SegmentHeader, roomFor bytes: Int, in directory: any Directory, options: LogOptions
    ) throws(StorageError) -> ActiveSegment {
        let name = SegmentName.name(of: header.number)
        let file = try directory.open(name, mode: .create)
        var segment = ActiveSegment(header: header, file: file, end: SegmentHeader.framesOffset)
        do {
            try segment.reserve(bytes, options: options)
        } catch {
            if error.isRefusedAllocation { try directory.remove(name) }
            throw error
        }
        try header.encoded.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in
            try file.write([bytes], at: 0)
        }
        try file.sync()
        // A segment without an index does as well; the next opening makes one.
        segment.index = try? IndexWriter(creating: header, in: directory)
        try directory.sync()
        return segment
    }

    /// A segment that was closed in order; its index has to be given to it.
    init(reopening header: SegmentHeader, file: any File, end: Int) {
        self.init(header: header, file: file, end: end)
        reserved = end
    }

    private init(header: SegmentHeader, file: any File, end: Int) {
        self.header = header
        self.file = file
        self.end = end
        reserved = 0
    }

    /// Goes on in the index that the segment has.
    mutating func `continue`(_ index: IndexWriter?) { self.index = index }

    /// Sees to it that a write of so many bytes finds its room.
    ///
    /// - Throws: `isRefusedAllocation`, and then nothing has changed.
    mutating func reserve(_ bytes: Int, options: LogOptions) throws(StorageError) {
        // Some zeros always stay behind the last frame: they tell a segment in use from one that was closed.
        let least = end + bytes + FrameHeader.alignment
        guard least > reserved else { return }
        let step = min(max(end - SegmentHeader.framesOffset, options.smallestStepBytes), options.largestStepBytes)
        let wanted = (end + bytes + step + 4095) & ~4095
        do {
            try file.reserve(upTo: wanted, zeroedFrom: end + bytes)
            reserved = wanted
        } catch {
            guard error.isRefusedAllocation else { throw error }
            try reserveLeast((least + 4095) & ~4095, zeroedFrom: end + bytes)
        }
    }

    private mutating func reserveLeast(_ least: Int, zeroedFrom: Int) throws(StorageError) {
        do {
            try file.reserve(upTo: least, zeroedFrom: zeroedFrom)
            reserved = least
        } catch {
            // What was allocated in vain goes back, so that it is there for others.
            if error.isRefusedAllocation { try file.truncate(to: reserved) }
            throw error
        }
    }

    /// Writes one batch behind the last; not durable before `sync`.
    ///
    /// - Parameters:
    ///   - frames: Its room has been reserved.
    ///   - batch: Its number.
    ///   - first: The sequence of its first frame.
    /// - Returns: Where each frame stands.
    /// - Throws: What the file throws; the segment is then not to be written again.
    mutating func write(_ frames: [Frame], batch: UInt64, first: UInt64) throws(StorageError) -> [LogIndex.Place] {
        var places: [LogIndex.Place] = []
        places.reserveCapacity(frames.count)
        for start in stride(from: 0, to: frames.count, by: Self.framesPerWrite) {
            let slice = frames[start..<min(start + Self.framesPerWrite, frames.count)]
            var headers = FrameHeaders(count: slice.count)
            for index in slice.indices {
                let heading = FrameHeading(sequence: first + UInt64(index), batch: batch, kind: frames[index].kind)
                headers.append(
                    heading, position: index, isLastOfBatch: index == frames.count - 1, payload: frames[index].payload,
                    at: end + headers.writtenBytes, salt: header.salt)
            }
            places += headers.offsets.map { LogIndex.Place(segment: header.number, offset: $0) }
            try headers.withPieces(payloads: slice) { (pieces) throws(StorageError) in
                try file.write(pieces, at: end)
            }
            for (place, frame) in slice.enumerated() where index != nil {
                headers.withHeader(place) { header in
                    frame.payload.withUnsafeBytes { payload in
                        IndexRecord.append(
                            header: header, frameOffset: headers.offsets[place], payload: payload, kind: frame.kind,
                            to: &records)
                    }
                }
            }
            end += headers.writtenBytes
        }
        return places
    }

    /// Makes everything written durable, and only then puts it into the index.
    ///
    /// - Returns: False where the file was removed meanwhile, so that nothing of it will outlive the process.
    mutating func sync() throws(StorageError) -> Bool {
        try file.sync()
        let isLinked = try file.isLinked()
        defer { records.removeAll(keepingCapacity: true) }
        guard isLinked, !records.isEmpty else { return isLinked }
        do {
            try index?.append(records)
        } catch {
            // Half a record is no harm, but nothing may follow it.
            index = nil
        }
        return true
    }

    /// Closes it in order: cut to its last frame, so that no zeros stand behind it.
    mutating func seal() throws(StorageError) {
        do {
            try index?.sync()
        } catch {
            index = nil
        }
        try file.truncate(to: end)
        do {
            try file.sync()
        } catch {
            // It must not look closed when it is opened again. If this fails too, nothing is lost: every batch in it was
            // synced, and it is synced again before it goes on.
            try? file.truncate(to: end + FrameHeader.alignment)
            throw error
        }
        reserved = end
    }

    /// What the frames take up in a segment, in bytes.
    static func bytes(of frames: [Frame]) -> Int {
        frames.reduce(0) { $0 + FrameHeader.byteCount + FrameHeader.padded($1.payload.count) }
    }

    /// Each is at most two pieces, and a gathered write takes 1024.
    private static let framesPerWrite = 256
}
