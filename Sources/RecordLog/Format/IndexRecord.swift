import CLinux

/// One frame in a segment's index, as the format page lays it out: where it stands, its header, and a copy of its payload.
///
/// It is written only after the frame was synced, so it proves that the frame's batch was durable.
struct IndexRecord: Hashable {
    var header: FrameHeader
    /// Of the frame, in the segment.
    var frameOffset: Int
    /// Of the record, in the index.
    var offset: Int
    /// How much of the payload it has.
    var storedBytes: Int
    /// What the frame repairs, where that is its purpose.
    var repair: RepairRecord?

    /// What stands before the stored bytes.
    static let headerBytes = 56
    /// A blob whose record fits into so many bytes is stored whole, like everything that is no blob.
    static let largestWholeBytes = 4096
    /// Of a larger one: digest, encoding, length, and the first bytes of what they describe.
    static let openingBytes = 48

    var isWhole: Bool { storedBytes == header.payloadBytes }

    /// With padding: from this record to the next.
    var byteCount: Int { FrameHeader.padded(Self.headerBytes + storedBytes) }

    /// Where the frame stands, in the segment.
    var frameBytes: Range<Int> { frameOffset..<frameOffset + header.frameBytes }

    /// Where the stored bytes stand, in the index.
    var payloadRange: Range<Int> { offset + Self.headerBytes..<offset + Self.headerBytes + storedBytes }

    var copy: SegmentFrame.Copy { SegmentFrame.Copy(offset: offset, isWhole: isWhole) }

    /// The record at the start of `bytes`, if its checksum, the frame's own check and a whole payload's checksum hold.
    ///
    /// - Parameters:
    ///   - bytes: From the record on, of any alignment.
    ///   - offset: Where they stand in the index.
    ///   - salt: The segment's.
    init?(_ bytes: UnsafeRawBufferPointer, at offset: Int, salt: Salt) {
        guard bytes.count >= Self.headerBytes else { return nil }
        let stored = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        let place = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        let padded = FrameHeader.padded(Self.headerBytes + stored)
        guard padded <= bytes.count, place <= UInt64(LogIndex.Place.greatestOffset) else { return nil }
        let header = FrameHeader(
            UnsafeRawBufferPointer(rebasing: bytes[16..<Self.headerBytes]), at: Int(place), salt: salt)
        guard let header, stored <= header.payloadBytes else { return nil }
        let end = Self.headerBytes + stored
        guard bytes[end..<padded].allSatisfy({ $0 == 0 }) else { return nil }
        let checksum = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
        guard Self.checksum(UnsafeRawBufferPointer(rebasing: bytes[4..<end])) == checksum else { return nil }
        let payload = UnsafeRawBufferPointer(rebasing: bytes[Self.headerBytes..<end])
        guard stored < header.payloadBytes || FrameHeader.checksum(of: payload) == header.payloadChecksum else {
            return nil
        }
        self.header = header
        frameOffset = Int(place)
        self.offset = offset
        storedBytes = stored
        repair = RepairRecord(payload, of: header.heading.kind)
    }

    /// Appends the record of a frame.
    ///
    /// - Parameters:
    ///   - header: The frame's, as it was written: 40 bytes.
    ///   - frameOffset: Where the frame stands in the segment.
    ///   - payload: All of it.
    ///   - kind: The frame's.
    ///   - bytes: What it is appended to; a multiple of eight before and after.
    static func append(
        header: UnsafeRawBufferPointer, frameOffset: Int, payload: UnsafeRawBufferPointer, kind: FrameKind,
        to bytes: inout [UInt8]
    ) {
        let stored = storedBytes(of: payload, kind: kind)
        let start = bytes.count
        for place in stride(from: 0, to: 8, by: 1) {
            bytes.append(place < 4 ? 0 : UInt8(truncatingIfNeeded: stored >> (8 * (place - 4))))
        }
        for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: frameOffset >> (8 * place))) }
        bytes += header
        bytes += UnsafeRawBufferPointer(rebasing: payload[..<stored])
        let checksum = bytes.withUnsafeBytes { Self.checksum(UnsafeRawBufferPointer(rebasing: $0[(start + 4)...])) }
        for place in 0..<4 { bytes[start + place] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * place)) }
        bytes += repeatElement(0, count: FrameHeader.padded(bytes.count) - bytes.count)
    }

    /// How much of a payload is stored.
    private static func storedBytes(of payload: UnsafeRawBufferPointer, kind: FrameKind) -> Int {
        var opening = openingBytes
        switch kind {
        case .blob: break
        case .restored:
            guard case .restored(let heading) = RepairRecord(payload, of: kind)?.verdict, heading.kind == .blob else {
                return payload.count
            }
            opening += RepairRecord.byteCount
        default: return payload.count
        }
        return headerBytes + payload.count <= largestWholeBytes ? payload.count : opening
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        annal_crc32c(0, bytes.baseAddress, bytes.count)
    }
}
