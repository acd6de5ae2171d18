package import Annals

/// Turns content into blobs, each content once.
package struct ContentWriter {
    /// In the order in which they must stand in the log: the pieces of a list before it.
    package private(set) var blobs: [Blob] = []
    private var written: Set<Digest> = []
    private let compressor = ZstdCompressor()
    private let recurring: RecurringContent?
    /// How long the pieces of long content are.
    private let pieceByteCount: Int

    /// The most content that a list of pieces can hold.
    package static let maximumByteCount = Blob.maximumByteCount / Digest.byteCount * Blob.formerPieceByteCount

    /// - Parameters:
    ///   - pieceByteCount: At most ``Blob/maximumByteCount``; another than today's only for what was cut so.
    ///   - recurring: What was written before.
    package init(pieceByteCount: Int = Blob.pieceByteCount, recurring: RecurringContent? = nil) {
        self.pieceByteCount = pieceByteCount
        self.recurring = recurring
    }

    /// Adds content and gives its name.
    ///
    /// - Parameters:
    ///   - content: Copied only into blobs, compressed.
    ///   - name: Its digest, where it was computed as the content was read: long content is not hashed again as a whole
    ///     then.
    /// - Returns: The name; of content that fits one blob it is computed all the same.
    /// - Throws: ``CodingError/tooLarge(_:)`` over 11 GiB.
    package mutating func add(_ content: [UInt8], named name: Digest? = nil) throws(CodingError) -> Digest {
        guard content.count <= Self.maximumByteCount else {
            throw .tooLarge("content of \(content.count) bytes, where at most \(Self.maximumByteCount) can be stored")
        }
        return content.withUnsafeBytes { bytes in
            bytes.count <= Blob.maximumByteCount
                ? addWhole(bytes) : addPieces(bytes, named: name ?? ContentHasher.digest(of: bytes))
        }
    }

    /// Adds content where there is any.
    ///
    /// - Throws: As `add(_:)` for what is there.
    package mutating func add(_ content: [UInt8]?) throws(CodingError) -> Digest? {
        guard let content else { return nil }
        return try add(content, named: nil)
    }

    private mutating func addWhole(_ bytes: UnsafeRawBufferPointer) -> Digest {
        let digest = ContentHasher.digest(of: bytes)
        guard !written.contains(digest) else { return digest }
        if let known = recurring?.blob(digest) {
            append(known)
        } else {
            let blob = Blob(bytes, digest: digest, compressor: compressor)
            recurring?.keep(blob)
            append(blob)
        }
        return digest
    }

    private mutating func addPieces(_ bytes: UnsafeRawBufferPointer, named digest: Digest) -> Digest {
        var pieces: [Digest] = []
        for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
            let end = min(start + pieceByteCount, bytes.count)
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            pieces.append(addWhole(piece))
        }
        append(Blob(list: pieces, digest: digest, byteCount: bytes.count))
        return digest
    }

    private mutating func append(_ blob: Blob) {
        if written.insert(blob.digest).inserted { blobs.append(blob) }
    }
}
