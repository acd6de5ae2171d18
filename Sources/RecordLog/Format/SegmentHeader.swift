import CLinux

/// The header block of a segment, as the format page lays it out; its index begins with the same fields.
struct SegmentHeader: Hashable {
    var number: UInt32
    /// Of the first frame that stands or will stand in the segment.
    var firstSequence: UInt64
    var firstBatch: UInt64
    /// The same in all segments of a log.
    var identity: Salt
    var salt: Salt
    /// The salt of the segment before this one.
    var previousSalt: Salt
    /// Microseconds since 1970-01-01T00:00:00Z.
    var created: Int64

    /// 0 was the same layout before it was closed.
    static let version = 1
    /// Of one copy of the block.
    static let blockBytes = 4096
    /// Where frames begin: after two copies.
    static let framesOffset = 2 * blockBytes
    /// Of the fields with their checksum.
    static let fieldBytes = 128
    private static let checkedBytes = 124

    /// What a file says it is.
    enum Magic: String {
        case segment = "ANNALSEG"
        case index = "ANNALIDX"
    }

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
        guard bytes.count == blockBytes else { return .bad }
        let reading = readFields(UnsafeRawBufferPointer(rebasing: bytes[..<fieldBytes]), magic: .segment)
        guard case .valid = reading else { return reading }
        return SegmentScan.isZero(UnsafeRawBufferPointer(rebasing: bytes[fieldBytes...])) ? reading : .bad
    }

    /// Reads the fields with their checksum.
    ///
    /// - Parameters:
    ///   - bytes: 128; fewer where the file ends, which is bad.
    ///   - magic: What they must begin with.
    /// - Returns: What they are.
    static func readFields(_ bytes: UnsafeRawBufferPointer, magic: Magic) -> Reading {
        guard bytes.count == fieldBytes, bytes[..<8].elementsEqual(magic.rawValue.utf8) else { return .bad }
        let checksum = bytes.loadUnaligned(fromByteOffset: checkedBytes, as: UInt32.self)
        guard annal_crc32c(0, bytes.baseAddress, checkedBytes) == UInt32(littleEndian: checksum) else { return .bad }
        let version = Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
        guard version <= Self.version else { return .newer(version: version) }
        func word(_ place: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        let numbers = 1...FrameHeader.greatestNumber
        guard numbers.contains(word(16)), numbers.contains(word(24)) else { return .bad }
        return .valid(
            SegmentHeader(
                number: UInt32(truncatingIfNeeded: word(8) >> 32), firstSequence: word(16), firstBatch: word(24),
                identity: Salt(low: word(32), high: word(40)), salt: Salt(low: word(48), high: word(56)),
                previousSalt: Salt(low: word(64), high: word(72)), created: Int64(bitPattern: word(80))))
    }

    /// Both copies of the block.
    var encoded: [UInt8] {
        let block = fields(magic: .segment) + [UInt8](repeating: 0, count: Self.blockBytes - Self.fieldBytes)
        return block + block
    }

    /// The fields with their checksum, 128 bytes.
    func fields(magic: Magic) -> [UInt8] {
        var fields = [UInt8](repeating: 0, count: Self.fieldBytes)
        fields.withUnsafeMutableBytes { bytes in
            bytes.copyBytes(from: magic.rawValue.utf8)
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
        return fields
    }
}
