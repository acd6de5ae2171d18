internal import Annals

/// Content as it stands in the log: one blob frame's payload, under the content's name.
///
/// A payload is the digest (32 bytes), an encoding (1), the content's length (8, little-endian), and the encoded bytes.
/// Replay reads the digest and need not hash.
struct Blob: Sendable {
    /// How the content stands in the payload.
    enum Encoding: UInt8 {
        /// As it is.
        case raw = 0
        /// One zstd frame.
        case zstd = 1
        /// The digests of the blobs that make it up, one after another.
        ///
        /// Those are themselves no lists.
        case list = 2
    }

    let digest: Digest
    let payload: [UInt8]
    /// Names of the blobs that a list refers to; empty otherwise.
    let pieces: [Digest]

    /// Bytes before the encoded ones.
    static let headerByteCount = Digest.byteCount + 1 + 8
    /// The longest content that one blob holds: leaves room for the header in a frame of 768 KiB.
    static let maximumByteCount = 704 * 1024
    /// How long the pieces are into which longer content is cut.
    ///
    /// As long as may be: what zstd finds to repeat, it finds within one piece.
    static let pieceByteCount = maximumByteCount
    /// How long the pieces were before, which stand in older logs and are made again as they were.
    static let formerPieceByteCount = 512 * 1024

    /// Encodes content that fits one blob.
    init(_ content: UnsafeRawBufferPointer, compressor: ZstdCompressor) {
        precondition(content.count <= Self.maximumByteCount, "content of one blob")
        digest = ContentHasher.digest(of: content)
        pieces = []
        if let packed = compressor.compress(content) {
            payload = Self.header(digest, .zstd, content.count) + packed
        } else {
            payload = Self.header(digest, .raw, content.count) + content
        }
    }

    /// Encodes the list of the pieces of longer content.
    init(list pieces: [Digest], digest: Digest, byteCount: Int) {
        self.digest = digest
        self.pieces = pieces
        payload = Self.header(digest, .list, byteCount) + pieces.flatMap(\.bytes)
    }

    private static func header(_ digest: Digest, _ encoding: Encoding, _ byteCount: Int) -> [UInt8] {
        let length = UInt64(byteCount)
        return digest.bytes + [encoding.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    }
}

/// The parts of a blob frame's payload, checked against each other but not against the digest.
struct BlobPayload {
    let digest: Digest
    let encoding: Blob.Encoding
    /// Length of the content in bytes.
    let byteCount: Int
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws(ArchiveError) {
        guard bytes.count >= Blob.headerByteCount, let digest = Digest(bytes: bytes[..<Digest.byteCount]) else {
            throw .malformed("blob", "shorter than its header")
        }
        guard let encoding = Blob.Encoding(rawValue: bytes[Digest.byteCount]) else {
            throw .malformed("blob", "unknown encoding \(bytes[Digest.byteCount])")
        }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[Digest.byteCount + 1 + $1]) << (8 * UInt64($1)) }
        guard let byteCount = Int(exactly: length) else { throw .malformed("blob", "length \(length)") }
        self.digest = digest
        self.encoding = encoding
        self.byteCount = byteCount
        self.bytes = bytes
        try checkLength()
    }

    private func checkLength() throws(ArchiveError) {
        let stored = bytes.count - Blob.headerByteCount
        let fits =
            switch encoding {
            case .raw: stored == byteCount && byteCount <= Blob.maximumByteCount
            case .zstd: byteCount <= Blob.maximumByteCount
            case .list:
                stored.isMultiple(of: Digest.byteCount)
                    && byteCount <= stored / Digest.byteCount * Blob.maximumByteCount
            }
        guard fits else { throw .malformed("blob", "length \(byteCount) does not fit its \(stored) stored bytes") }
    }

    /// The names of the pieces of a list; empty for other encodings.
    var pieces: [Digest] {
        guard encoding == .list else { return [] }
        return stride(from: Blob.headerByteCount, to: bytes.count, by: Digest.byteCount).compactMap { start in
            Digest(bytes: bytes[start..<start + Digest.byteCount])
        }
    }

    /// The content of a blob that is no list.
    ///
    /// No more memory is taken than ``Blob/maximumByteCount``.
    func content() throws(ArchiveError) -> [UInt8] {
        switch encoding {
        case .raw: return Array(bytes[Blob.headerByteCount...])
        case .zstd:
            let content = bytes.withUnsafeBytes { bytes in
                Zstd.decompress(UnsafeRawBufferPointer(rebasing: bytes[Blob.headerByteCount...]), byteCount: byteCount)
            }
            guard let content else { throw .malformed("blob", "broken zstd frame") }
            return content
        case .list: throw .malformed("blob", "a list within a list")
        }
    }
}
