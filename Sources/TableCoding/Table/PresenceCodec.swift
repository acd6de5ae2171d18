/// Which combinations a chunk of a sparse table has, as bytes; apart from the cells, so that revisions share it.
package enum PresenceCodec {
    /// The format's version, its first byte.
    private static let version: UInt8 = 1

    /// Encodes strictly ascending ordinals, at most ``ChunkBounds/maximumCells`` and at least one.
    package static func encode(_ ordinals: ArraySlice<UInt64>) -> [UInt8] {
        var bytes = [version]
        Varint.append(UInt64(ordinals.count), to: &bytes)
        guard let first = ordinals.first else { return bytes }
        Varint.append(first, to: &bytes)
        // What lies between one ordinal and the next: zero where they are neighbours.
        PackedNumbers.append(zip(ordinals.dropFirst(), ordinals).map { $0 - $1 - 1 }, to: &bytes)
        return bytes
    }

    /// Appends a chunk's ordinals to those before.
    ///
    /// - Parameters:
    ///   - bytes: The chunk.
    ///   - ordinals: Those of the chunks before it.
    ///   - size: Of the key space; every ordinal lies below it.
    /// - Throws: ``CodingError/malformed(_:_:)``.
    package static func decode(
        _ bytes: [UInt8], appendingTo ordinals: inout [UInt64], below size: Int
    ) throws(CodingError) {
        var reader = ByteReader(bytes, what: "presence")
        guard try reader.byte() == version else { throw reader.malformed("another version") }
        let count = try reader.count(upTo: ChunkBounds.maximumCells)
        guard count > 0 else { throw reader.malformed("empty chunk") }
        var ordinal = try reader.varint()
        if let last = ordinals.last, ordinal <= last { throw reader.malformed("ordinals out of order") }
        let gaps = try PackedNumbers.read(count - 1, from: &reader)
        guard reader.isAtEnd, ordinal < UInt64(size) else { throw reader.malformed("ordinal out of range") }
        ordinals.append(ordinal)
        for gap in gaps {
            let (next, overflow) = ordinal.addingReportingOverflow(gap)
            // Below the size, which is at most Int.max, so the next addition of one can't overflow either.
            guard !overflow, next < UInt64(size) - 1 else { throw reader.malformed("ordinal out of range") }
            ordinal = next + 1
            ordinals.append(ordinal)
        }
    }
}
