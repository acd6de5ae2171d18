import Glibc

/// Goes through the bytes of one segment: frames, and what lies between them that is none.
struct SegmentScan {
    /// What stands at a place.
    enum Piece: Hashable {
        /// A frame whose header check holds.
        case frame(SegmentFrame)
        /// Anything else, up to the next frame or the last byte that isn't zero.
        ///
        /// Where the storage itself gave an error, no power cut is to blame.
        case junk(Range<Int>, isUnreadable: Bool)

        var bytes: Range<Int> {
            switch self {
            case .frame(let frame): frame.bytes
            case .junk(let bytes, _): bytes
            }
        }
    }

    private let window: SegmentWindow
    private let salt: Salt
    private let file: String
    private var offset = SegmentHeader.framesOffset

    /// - Parameters:
    ///   - window: On the whole segment.
    ///   - salt: Of its header.
    ///   - file: Its name, for errors.
    init(_ window: SegmentWindow, salt: Salt, file: String) {
        self.window = window
        self.salt = salt
        self.file = file
    }

    /// Nil when only zeros follow, or nothing.
    ///
    /// - Throws: `.newerFrame`; `.storage`.
    mutating func next() throws(RecordLogError) -> Piece? {
        if let frame = try frame() {
            offset = frame.bytes.upperBound
            return frame
        }
        let start = offset
        let (found, contentEnd) = try search(from: start)
        offset = found ?? window.limit
        let end = found ?? contentEnd
        return end > start ? .junk(start..<end, isUnreadable: isUnreadable(start..<end)) : nil
    }

    private func frame() throws(RecordLogError) -> Piece? {
        let header = try window.read(at: offset, count: FrameHeader.byteCount) { (bytes) throws(RecordLogError) in
            FrameHeader(bytes, at: offset, salt: salt)
        }
        guard let header else { return nil }
        guard header.heading.kind.isKnown, !header.hasUnknownFlags else {
            throw .newerFrame(file: file, offset: offset, kind: header.heading.kind.rawValue)
        }
        return try window.read(at: offset, count: header.frameBytes) { (bytes) throws(RecordLogError) in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[FrameHeader.byteCount...])
            var frame = SegmentFrame(header: header, bytes: offset..<offset + bytes.count)
            if header.holds(for: rest) {
                frame.repair = RepairRecord(rest, of: header.heading.kind)
            } else {
                frame.flaw = .payload
                frame.isUnreadable = isUnreadable(frame.bytes)
            }
            return .frame(frame)
        }
    }

    private func isUnreadable(_ range: Range<Int>) -> Bool { window.unreadable.contains { $0.overlaps(range) } }

    /// Looks for the next frame header at every eighth byte.
    ///
    /// - Returns: Where it stands; and the end of the last bytes before it that aren't zero, `start` if there are none.
    private func search(from start: Int) throws(RecordLogError) -> (found: Int?, contentEnd: Int) {
        let chunkBytes = SegmentWindow.maximumRequestBytes
        var position = start
        var contentEnd = start
        while position < window.limit {
            let (found, end, count) = try window.read(at: position, count: chunkBytes) {
                (chunk) throws(RecordLogError) in
                let (found, end) = search(chunk, at: position)
                return (found, end, chunk.count)
            }
            contentEnd = max(contentEnd, end)
            if found != nil { return (found, contentEnd) }
            // Less than asked for: the file ends. Otherwise a header may stand across the chunk's end.
            guard count == chunkBytes else { break }
            position += count - FrameHeader.byteCount + FrameHeader.alignment
        }
        return (nil, contentEnd)
    }

    private func search(_ chunk: UnsafeRawBufferPointer, at position: Int) -> (found: Int?, contentEnd: Int) {
        guard !Self.isZero(chunk) else { return (nil, 0) }
        var contentEnd = 0
        let step = FrameHeader.alignment
        for place in stride(from: 0, through: chunk.count - step, by: step)
        where chunk.loadUnaligned(fromByteOffset: place, as: UInt64.self) != 0 {
            let header = UnsafeRawBufferPointer(
                rebasing: chunk[place..<min(place + FrameHeader.byteCount, chunk.count)])
            if FrameHeader(header, at: position + place, salt: salt) != nil { return (position + place, contentEnd) }
            contentEnd = position + place + step
        }
        let rest = chunk[(chunk.count & ~(step - 1))...]
        if let last = rest.lastIndex(where: { $0 != 0 }) { contentEnd = position + last + 1 }
        return (nil, contentEnd)
    }

    /// Compares the bytes with themselves, moved by one: as fast as memory.
    static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress, let first = bytes.first else { return true }
        return first == 0 && memcmp(base, base + 1, bytes.count - 1) == 0
    }
}
