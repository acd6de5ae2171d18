package import Annals

/// Content as it stands in the log: one blob frame's payload, under the content's name.
///
/// A payload is the digest (32 bytes), an encoding (1), the content's length (8, little-endian), and the encoded bytes.
/// Replay reads the digest and need not hash.
package struct Blob: Sendable {
    /// How the content stands in the payload.
    package enum Encoding: UInt8 {
        /// As it is.
        case raw = 0
        /// One zstd frame.
        case zstd = 1
        /// The digests of the blobs that make it up, one after another.
        ///
        /// Those are themselves no lists.
        case list = 2
    }

    package let digest: Digest
    package let payload: [UInt8]
    /// Names of the blobs that a list refers to; empty otherwise.
    package let pieces: [Digest]

    /// Bytes before the encoded ones.
    package static let headerByteCount = Digest.byteCount + 1 + 8
    /// The longest content that one blob holds: leaves room for the header in a frame of 768 KiB.
    package static let maximumByteCount = 704 * 1024
    /// How long the pieces are into which longer content is cut.
    ///
    /// As long as may be: what zstd finds to repeat, it finds within one piece.
    package static let pieceByteCount = maximumByteCount
    /// How long the pieces were before, which stand in older logs and are made again as they were.
    package static let formerPieceByteCount = 512 * 1024

    /// Encodes content that fits one blob.
    package init(_ content: UnsafeRawBufferPointer, compressor: ZstdCompressor) {
        self.init(content, digest: ContentHasher.digest(of: content), compressor: compressor)
    }

    /// Encodes content that fits one blob, and whose name is known.
    init(_ content: UnsafeRawBufferPointer, digest: Digest, compressor: ZstdCompressor) {
        precondition(content.count <= Self.maximumByteCount, "content of one blob")
        self.digest = digest
        pieces = []
        if let packed = compressor.compress(content) {
            payload = Self.header(digest, .zstd, content.count, room: packed.count) + packed
        } else {
            payload = Self.header(digest, .raw, content.count, room: content.count) + content
        }
    }

    /// Encodes the list of the pieces of longer content.
    package init(list pieces: [Digest], digest: Digest, byteCount: Int) {
        self.digest = digest
        self.pieces = pieces
        payload = Self.header(digest, .list, byteCount, room: 0) + pieces.flatMap(\.bytes)
    }

    /// Takes a payload over whose content was hashed and compared with its name.
    init(checked payload: BlobPayload, payload bytes: [UInt8]) {
        digest = payload.digest
        pieces = payload.pieces
        self.payload = bytes
    }

    /// What stands before the encoded bytes, with room for so many of them.
    private static func header(_ digest: Digest, _ encoding: Encoding, _ byteCount: Int, room: Int) -> [UInt8] {
        let length = UInt64(byteCount)
        var header: [UInt8] = []
        header.reserveCapacity(headerByteCount + room)
        header += digest.bytes
        header.append(encoding.rawValue)
        for index in 0..<8 { header.append(UInt8(truncatingIfNeeded: length >> (8 * index))) }
        return header
    }
}
