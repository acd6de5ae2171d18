package import Annals

/// The parts of a blob frame's payload, checked against each other but not against the digest.
package struct BlobPayload {
    package let digest: Digest
    package let encoding: Blob.Encoding
    /// Length of the content in bytes.
    package let byteCount: Int
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) throws(CodingError) {
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

    private func checkLength() throws(CodingError) {
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
    package var pieces: [Digest] {
        guard encoding == .list else { return [] }
        return stride(from: Blob.headerByteCount, to: bytes.count, by: Digest.byteCount).compactMap { start in
            Digest(bytes: bytes[start..<start + Digest.byteCount])
        }
    }

    /// The content of a blob that is no list.
    ///
    /// No more memory is taken than ``Blob/maximumByteCount``.
    package func content() throws(CodingError) -> [UInt8] {
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
