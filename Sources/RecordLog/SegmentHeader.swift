import CLinux

/// The header block of a segment, as the format page lays it out.
struct SegmentHeader: Hashable {
    var number: UInt32
    /// Of the first frame that stands or will stand in the segment.
    var firstSequence: UInt64
    var firstBatch: UInt64
    /// The same in all segments of a log.
    var identity: Salt
    var salt: Salt
    /// The salt of the segment numbered one less.
    var previousSalt: Salt
    /// Microseconds since 1970-01-01T00:00:00Z.
    var created: Int64

    static let version = 0
    /// Of one copy of the block.
    static let blockBytes = 4096
    /// Where frames begin: after two copies.
    static let framesOffset = 2 * blockBytes
    private static let magic = Array("ANNALSEG".utf8)
    private static let checkedBytes = 124

    /// What a block turns out to be.
    enum Reading: Hashable {
        case valid(SegmentHeader)
        case newer(version: Int)
        case bad
    }

    /// Reads one copy of the block.
    ///
    /// - Parameter bytes: 4096; fewer where the file ends, which is bad.
    /// - Returns: Bad too where something stands behind the checksum.
    static func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
        guard bytes.count == blockBytes, bytes[..<8].elementsEqual(magic) else { return .bad }
        let checksum = bytes.loadUnaligned(fromByteOffset: checkedBytes, as: UInt32.self)
        guard annal_crc32c(0, bytes.baseAddress, checkedBytes) == UInt32(littleEndian: checksum) else { return .bad }
        let version = Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
        guard version == Self.version else { return .newer(version: version) }
        guard SegmentScan.isZero(UnsafeRawBufferPointer(rebasing: bytes[(checkedBytes + 4)...])) else { return .bad }
        func word(_ place: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        return .valid(
            SegmentHeader(
                number: UInt32(truncatingIfNeeded: word(8) >> 32), firstSequence: word(16), firstBatch: word(24),
                identity: Salt(low: word(32), high: word(40)), salt: Salt(low: word(48), high: word(56)),
                previousSalt: Salt(low: word(64), high: word(72)), created: Int64(bitPattern: word(80))))
    }

    /// Both copies of the block.
    var encoded: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockBytes)
        block.withUnsafeMutableBytes { bytes in
            bytes.copyBytes(from: Self.magic)
            let words: [UInt64] = [
                UInt64(Self.version) | UInt64(number) << 32, firstSequence, firstBatch, identity.low, identity.high,
                salt.low, salt.high, previousSalt.low, previousSalt.high, UInt64(bitPattern: created),
            ]
            for (index, word) in words.enumerated() {
                bytes.storeBytes(of: word.littleEndian, toByteOffset: 8 + 8 * index, as: UInt64.self)
            }
            let checksum = annal_crc32c(0, bytes.baseAddress, Self.checkedBytes)
            bytes.storeBytes(of: checksum.littleEndian, toByteOffset: Self.checkedBytes, as: UInt32.self)
        }
        return block + block
    }
}
