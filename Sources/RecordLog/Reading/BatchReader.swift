import StableStorage

/// One batch of a segment as it stands there, each of its frames checked again.
struct BatchReader {
    let batch: LogAssembly.WholeBatch
    /// Of its segment.
    let salt: Salt
    /// Its segment.
    let file: any File

    /// The frames, to be written elsewhere.
    ///
    /// - Throws: `.damaged` where one doesn't hold; `.storage`.
    func frames() throws(RecordLogError) -> [Frame] {
        var frames: [Frame] = []
        try eachFrame { (header, bytes, _) throws(RecordLogError) in
            let payload = FrameHeader.byteCount..<FrameHeader.byteCount + header.payloadBytes
            frames.append(Frame(kind: header.heading.kind, payload: Array(bytes[payload])))
        }
        return frames
    }

    /// Writes the same bytes over themselves, which needs no room and makes the system take them for unwritten.
    ///
    /// Nothing is written that wasn't read and checked before, so whatever of it arrives changes nothing that is good.
    ///
    /// - Parameter target: The segment, open for writing; not synced by this.
    /// - Throws: `.damaged` where a frame doesn't hold; `.storage`.
    func writeOver(_ target: any File) throws(RecordLogError) {
        try eachFrame { (_, bytes, offset) throws(RecordLogError) in
            try RecordLogError.storage { () throws(StorageError) in try target.write([bytes], at: offset) }
        }
    }

    /// Gives each frame, padding included, and where it stands.
    private func eachFrame(
        _ body: (FrameHeader, UnsafeRawBufferPointer, Int) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        let window = SegmentWindow(file: file, limit: batch.end)
        var offset = batch.start
        while offset < batch.end {
            offset += try window.read(at: offset, count: SegmentWindow.maximumRequestBytes) {
                (bytes) throws(RecordLogError) in
                let header = FrameHeader(bytes, at: offset, salt: salt)
                guard let header, bytes.count >= header.frameBytes,
                    header.holds(
                        for: UnsafeRawBufferPointer(rebasing: bytes[FrameHeader.byteCount..<header.frameBytes]))
                else {
                    throw .damaged(
                        Damage(.unreadable, file: SegmentName.name(of: batch.segment), bytes: offset..<batch.end))
                }
                try body(header, UnsafeRawBufferPointer(rebasing: bytes[..<header.frameBytes]), offset)
                return header.frameBytes
            }
        }
    }
}
