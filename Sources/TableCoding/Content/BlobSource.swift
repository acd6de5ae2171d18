package import Annals

/// Where blobs can be had by the name of their content: the log, or a batch that is on its way into it.
package protocol BlobSource {
    /// What says why one can't be had.
    associatedtype Failure: DecodingFailure

    /// The payload of the blob of some content.
    ///
    /// - Throws: Where it isn't there or can't be read.
    func payload(_ digest: Digest) throws(Failure) -> [UInt8]
}

extension BlobSource {
    /// The whole content of a name.
    ///
    /// - Parameters:
    ///   - digest: Its name; not computed anew, which is verification's to do.
    ///   - limit: More bytes than that are refused before memory is taken.
    /// - Returns: Its bytes.
    /// - Throws: ``CodingError/malformed(_:_:)`` as the source's failure, and what finding the payload throws.
    package func content(_ digest: Digest, upTo limit: Int) throws(Failure) -> [UInt8] {
        let blob = try blob(digest)
        guard blob.byteCount <= limit else {
            throw Failure(.malformed("content", "\(blob.byteCount) bytes where at most \(limit) may be"))
        }
        guard blob.encoding == .list else { return try Failure.of { () throws(CodingError) in try blob.content() } }
        var content: [UInt8] = []
        content.reserveCapacity(blob.byteCount)
        for piece in blob.pieces {
            let part = try self.blob(piece)
            guard part.byteCount <= blob.byteCount - content.count else { break }
            content += try Failure.of { () throws(CodingError) in try part.content() }
        }
        guard content.count == blob.byteCount else {
            throw Failure(.malformed("content", "pieces of another length than the list says"))
        }
        return content
    }

    private func blob(_ digest: Digest) throws(Failure) -> BlobPayload {
        let payload = try payload(digest)
        let blob = try Failure.of { () throws(CodingError) in try BlobPayload(payload) }
        guard blob.digest == digest else {
            throw Failure(.malformed("blob", "another name than the one it is known under"))
        }
        return blob
    }
}

/// Blobs in memory, by the names of their content.
package struct BlobSet: BlobSource, Sendable {
    private let payloads: [Digest: [UInt8]]

    /// Of blobs with one name the first counts.
    package init(_ blobs: [Blob]) {
        payloads = Dictionary(blobs.map { ($0.digest, $0.payload) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes payloads that may say anything, each under the name that it gives itself.
    ///
    /// - Throws: ``CodingError/malformed(_:_:)`` where one is no payload of a blob.
    package init(payloads: [[UInt8]]) throws(CodingError) {
        var named: [Digest: [UInt8]] = [:]
        for payload in payloads { named[try BlobPayload(payload).digest] = payload }
        self.payloads = named
    }

    package func payload(_ digest: Digest) throws(CodingError) -> [UInt8] {
        guard let payload = payloads[digest] else {
            throw .malformed("content", "\(digest.hex.prefix(8)) is not among the blobs")
        }
        return payload
    }
}
