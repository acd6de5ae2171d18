import StableStorage

/// Reads single frames, from a segment or an index.
struct FrameReader {
    let file: any File
    let salt: Salt

    /// A frame of a segment.
    ///
    /// - Parameters:
    ///   - sequence: The frame's.
    ///   - offset: In the segment.
    ///   - byteCount: Becomes the frame's length where its header is good.
    /// - Returns: Nil where it isn't good.
    /// - Throws: What the file throws.
    func frame(_ sequence: UInt64, at offset: Int, byteCount: inout Int) throws(StorageError) -> StoredFrame? {
        // Forty bytes on the stack.
        var space: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
        let header = try withUnsafeMutableBytes(of: &space) { (bytes) throws(StorageError) in
            _ = try read(into: bytes, at: offset)
            return FrameHeader(UnsafeRawBufferPointer(bytes), at: offset, salt: salt)
        }
        guard let header, header.sequence == sequence else { return nil }
        byteCount = header.frameBytes
        let length = FrameHeader.padded(header.payloadBytes)
        guard var payload = try bytes(length, at: offset + FrameHeader.byteCount),
            payload.withUnsafeBytes({ header.holds(for: $0) })
        else { return nil }
        payload.removeLast(payload.count - header.payloadBytes)
        return StoredFrame(heading: header.heading, payload: payload)
    }

    /// A frame of which an index has all.
    ///
    /// - Parameters:
    ///   - sequence: The frame's.
    ///   - offset: Of its record.
    /// - Returns: Nil where that isn't good.
    /// - Throws: What the file throws.
    func indexed(_ sequence: UInt64, at offset: Int) throws(StorageError) -> StoredFrame? {
        guard let start = try bytes(IndexRecord.headerBytes, at: offset) else { return nil }
        let stored = start[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard stored <= FrameHeader.maximumPayloadBytes,
            let bytes = try bytes(FrameHeader.padded(IndexRecord.headerBytes + stored), at: offset)
        else { return nil }
        let record = bytes.withUnsafeBytes { IndexRecord($0, at: offset, salt: salt) }
        guard let record, record.isWhole, record.header.sequence == sequence else { return nil }
        return StoredFrame(
            heading: record.header.heading,
            payload: Array(bytes[IndexRecord.headerBytes..<IndexRecord.headerBytes + stored]))
    }

    /// A disk that answers with an error is asked once more.
    private func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        do {
            return try file.read(into: buffer, at: offset)
        } catch  where error.isUnreadable {
            return try file.read(into: buffer, at: offset)
        } catch {
            throw error
        }
    }

    /// Nil where the file ends before.
    private func bytes(_ count: Int, at offset: Int) throws(StorageError) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var elements = bytes.mutableSpan
        var raw = elements.mutableBytes
        let done = try raw.withUnsafeMutableBytes { (raw) throws(StorageError) in try read(into: raw, at: offset) }
        return done == count ? bytes : nil
    }
}
