import CLinux

/// The 40 bytes before a payload, as the format page lays them out.
struct FrameHeader: Hashable {
    var heading: FrameHeading
    /// How many frames of the same batch stand before this one.
    var position: UInt32
    var isLastOfBatch: Bool
    var payloadBytes: Int
    var payloadChecksum: UInt32

    static let byteCount = 40
    /// That of a `restored` frame around the largest that can be appended.
    static let maximumPayloadBytes = 768 << 10
    static let alignment = 8
    /// The greatest number of a frame or a batch; a log grows for aeons before it, and sums of less don't overflow.
    static let greatestNumber: UInt64 = 1 << 62
    private static let magic: UInt16 = 0x4641
    private static let lastOfBatch: UInt8 = 1

    var sequence: UInt64 { heading.sequence }
    var batch: UInt64 { heading.batch }

    /// The sequence of the batch's first frame.
    var batchFirst: UInt64 { sequence - UInt64(position) }

    /// With header and padding: from this frame to the next.
    var frameBytes: Int { Self.byteCount + Self.padded(payloadBytes) }

    /// Up to the next multiple of eight.
    static func padded(_ count: Int) -> Int { (count + alignment - 1) & ~(alignment - 1) }

    static func checksum(of payload: UnsafeRawBufferPointer) -> UInt32 {
        annal_crc32c(0, payload.baseAddress, payload.count)
    }

    /// The header at the start of `bytes`, if its check holds at that place.
    ///
    /// Of the kind and the flags it is only said that they are what was written.
    ///
    /// - Parameters:
    ///   - bytes: At least 40, of any alignment.
    ///   - offset: Where they stand in the segment.
    ///   - salt: The segment's.
    init?(_ bytes: UnsafeRawBufferPointer, at offset: Int, salt: Salt) {
        // The magic first: a search for frames comes by here for every eighth byte.
        guard bytes.count >= Self.byteCount, Self.word16(bytes, 0) == Self.magic else { return nil }
        guard Self.check(of: bytes, at: offset, salt: salt) == Self.word64(bytes, 32) else { return nil }
        let length = Int(Self.word32(bytes, 4))
        let position = Self.word32(bytes, 12)
        let sequence = Self.word64(bytes, 16)
        let batch = Self.word64(bytes, 24)
        guard length <= Self.maximumPayloadBytes, sequence > UInt64(position),
            sequence <= Self.greatestNumber, (1...Self.greatestNumber).contains(batch)
        else { return nil }
        heading = FrameHeading(sequence: sequence, batch: batch, kind: FrameKind(rawValue: bytes[2]))
        self.position = position
        isLastOfBatch = bytes[3] & Self.lastOfBatch != 0
        hasUnknownFlags = bytes[3] & ~Self.lastOfBatch != 0
        payloadBytes = length
        payloadChecksum = Self.word32(bytes, 8)
    }

    init(_ heading: FrameHeading, position: Int, isLastOfBatch: Bool, payload: UnsafeRawBufferPointer) {
        self.heading = heading
        self.position = UInt32(position)
        self.isLastOfBatch = isLastOfBatch
        hasUnknownFlags = false
        payloadBytes = payload.count
        payloadChecksum = Self.checksum(of: payload)
    }

    /// Flags that only a later program knows.
    let hasUnknownFlags: Bool

    /// Whether the payload and its padding are what the header says.
    ///
    /// - Parameter bytes: What follows the header: the payload and its padding.
    /// - Returns: False too where there are fewer bytes than that.
    func holds(for bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count == Self.padded(payloadBytes) else { return false }
        return Self.checksum(of: UnsafeRawBufferPointer(rebasing: bytes[..<payloadBytes])) == payloadChecksum
            && bytes[payloadBytes...].allSatisfy { $0 == 0 }
    }

    /// Writes the 40 bytes, their check for that place included.
    func encode(into bytes: UnsafeMutableRawBufferPointer, at offset: Int, salt: Salt) {
        bytes.storeBytes(of: Self.magic.littleEndian, toByteOffset: 0, as: UInt16.self)
        bytes[2] = heading.kind.rawValue
        bytes[3] = isLastOfBatch ? Self.lastOfBatch : 0
        bytes.storeBytes(of: UInt32(payloadBytes).littleEndian, toByteOffset: 4, as: UInt32.self)
        bytes.storeBytes(of: payloadChecksum.littleEndian, toByteOffset: 8, as: UInt32.self)
        bytes.storeBytes(of: position.littleEndian, toByteOffset: 12, as: UInt32.self)
        bytes.storeBytes(of: sequence.littleEndian, toByteOffset: 16, as: UInt64.self)
        bytes.storeBytes(of: batch.littleEndian, toByteOffset: 24, as: UInt64.self)
        let check = Self.check(of: UnsafeRawBufferPointer(bytes), at: offset, salt: salt)
        bytes.storeBytes(of: check.littleEndian, toByteOffset: 32, as: UInt64.self)
    }

    private static func check(of bytes: UnsafeRawBufferPointer, at offset: Int, salt: Salt) -> UInt64 {
        var check = HeaderCheck(key: salt)
        check.take(UInt64(offset))
        for place in stride(from: 0, to: 32, by: 8) { check.take(word64(bytes, place)) }
        return check.finish()
    }

    private static func word16(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt16 {
        UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
    }

    private static func word32(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }

    private static func word64(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
