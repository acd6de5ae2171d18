internal import Annals

/// Turns content into blobs, each content once.
struct ContentWriter {
    /// In the order in which they must stand in the log: the pieces of a list before it.
    private(set) var blobs: [Blob] = []
    private var written: Set<Digest> = []
    private let compressor = ZstdCompressor()
    /// How long the pieces of long content are.
    private let pieceByteCount: Int

    /// The most content that a list of pieces can hold.
    static let maximumByteCount = Blob.maximumByteCount / Digest.byteCount * Blob.formerPieceByteCount

    /// - Parameter pieceByteCount: At most ``Blob/maximumByteCount``; another than today's only for what was cut so.
    init(pieceByteCount: Int = Blob.pieceByteCount) { self.pieceByteCount = pieceByteCount }

    /// Adds content and gives its name.
    ///
    /// - Parameters:
    ///   - content: Copied only into blobs, compressed.
    ///   - name: Its digest, where it was computed as the content was read: long content is not hashed again as a whole
    ///     then.
    /// - Returns: The name; of content that fits one blob it is computed all the same.
    /// - Throws: ``ArchiveError/tooLarge(_:)`` over 11 GiB.
    mutating func add(_ content: [UInt8], named name: Digest? = nil) throws(ArchiveError) -> Digest {
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
    mutating func add(_ content: [UInt8]?) throws(ArchiveError) -> Digest? {
        guard let content else { return nil }
        return try add(content, named: nil)
    }

    private mutating func addWhole(_ bytes: UnsafeRawBufferPointer) -> Digest {
        let blob = Blob(bytes, compressor: compressor)
        append(blob)
        return blob.digest
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

/// Finds content by its name, wherever its blobs are.
struct ContentReader {
    /// The payload of a blob frame by the content's name.
    let payload: (Digest) throws(ArchiveError) -> [UInt8]

    /// The whole content.
    ///
    /// - Parameters:
    ///   - digest: Its name; not computed anew, which is verification's to do.
    ///   - limit: More bytes than that are refused before memory is taken.
    /// - Returns: Its bytes.
    /// - Throws: ``ArchiveError/malformed(_:_:)``, and what finding the payload throws.
    func content(_ digest: Digest, upTo limit: Int) throws(ArchiveError) -> [UInt8] {
        let blob = try blob(digest)
        guard blob.byteCount <= limit else {
            throw .malformed("content", "\(blob.byteCount) bytes where at most \(limit) may be")
        }
        guard blob.encoding == .list else { return try blob.content() }
        var content: [UInt8] = []
        content.reserveCapacity(blob.byteCount)
        for piece in blob.pieces {
            content += try self.blob(piece).content()
            guard content.count <= blob.byteCount else { break }
        }
        guard content.count == blob.byteCount else {
            throw .malformed("content", "pieces of another length than the list says")
        }
        return content
    }

    private func blob(_ digest: Digest) throws(ArchiveError) -> BlobPayload {
        let blob = try BlobPayload(payload(digest))
        guard blob.digest == digest else { throw .malformed("blob", "another name than the one it is known under") }
        return blob
    }
}
