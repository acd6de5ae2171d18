import StableStorage

/// Reads the frames of one segment in order, nothing copied.
final class SegmentReader {
    let segment: UInt32
    private let salt: Salt
    private let window: SegmentWindow

    init(segment: UInt32, salt: Salt, file: any File) throws(StorageError) {
        self.segment = segment
        self.salt = salt
        window = SegmentWindow(file: file, limit: try file.size())
    }

    /// Shows a frame.
    ///
    /// - Returns: False where it isn't good; then nothing was shown.
    /// - Throws: What `body` throws; `.storage`.
    func visit(
        _ sequence: UInt64, at offset: Int, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) -> Bool {
        let header = try window.read(at: offset, count: FrameHeader.byteCount) { (bytes) throws(RecordLogError) in
            FrameHeader(bytes, at: offset, salt: salt)
        }
        guard let header, header.sequence == sequence else { return false }
        return try window.read(at: offset, count: header.frameBytes) { (bytes) throws(RecordLogError) in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[FrameHeader.byteCount...])
            guard header.holds(for: rest) else { return false }
            try body(header.heading, UnsafeRawBufferPointer(rebasing: rest[..<header.payloadBytes]).bytes)
            return true
        }
    }
}

/// Goes through one index in the order of its frames.
final class IndexCursor {
    let segment: UInt32
    private let salt: Salt
    private let window: SegmentWindow
    private var offset = SegmentHeader.fieldBytes

    init(segment: UInt32, salt: Salt, in directory: any Directory) throws(StorageError) {
        self.segment = segment
        self.salt = salt
        let file = try directory.open(SegmentName.indexName(of: segment), mode: .read)
        window = SegmentWindow(file: file, limit: try file.size())
    }

    /// Shows what the index has of a frame; sequences must ascend from call to call.
    ///
    /// - Returns: False where it has nothing; then nothing was shown.
    /// - Throws: What `body` throws; `.storage`.
    func survey(
        _ sequence: UInt64, _ source: FrameSource,
        _ body: (FrameHeading, RawSpan, Bool) throws(RecordLogError) -> Void
    ) throws(RecordLogError) -> Bool {
        guard let record = try record(of: sequence), matches(record, source) else { return false }
        return try window.read(at: record.payloadRange.lowerBound, count: record.storedBytes) {
            (bytes) throws(RecordLogError) in
            try body(record.header.heading, bytes.bytes, record.isWhole)
            return true
        }
    }

    private func matches(_ record: IndexRecord, _ source: FrameSource) -> Bool {
        switch source {
        case .place(let place): record.frameOffset == place.offset
        case .copied(let copy), .lost(let copy?): record.offset == copy.offset
        case .restored, .lost(nil): false
        }
    }

    /// Nil where it has none, or is bad before that: the segment then answers for the rest.
    private func record(of sequence: UInt64) throws(RecordLogError) -> IndexRecord? {
        while let record = try SegmentIndex.record(at: offset, in: window, salt: salt) {
            if record.header.sequence > sequence { return nil }
            if record.header.sequence == sequence { return record }
            offset += record.byteCount
        }
        return nil
    }
}
