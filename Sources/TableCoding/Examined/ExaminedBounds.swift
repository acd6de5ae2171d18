internal import Annals

/// How much an answer may make its decoding cost.
///
/// An answer of a few kilobytes can name the same content any number of times, or hold content that compresses to
/// nothing; its own length bounds neither time nor memory.
package struct ExaminedBounds: Hashable, Sendable {
    /// Over all years.
    package var cells: Int
    package var years: Int
    /// Of all content: hashed, and read for tables, as often as it is.
    package var contentByteCount: Int

    package init(cells: Int = TableCodec.maximumCells, years: Int = 500, contentByteCount: Int = 16 << 30) {
        self.cells = cells
        self.years = years
        self.contentByteCount = contentByteCount
    }
}

/// What is left of what an answer may make its decoding cost.
final class DecodingAllowance {
    private var cells: Int
    private var years: Int
    private var contentByteCount: Int
    /// Years of a file share them, and each is decoded once.
    private var keySpaces: [Digest: KeySpace] = [:]
    private let recurring: RecurringContent?

    init(_ bounds: ExaminedBounds, recurring: RecurringContent?) {
        self.recurring = recurring
        cells = bounds.cells
        years = bounds.years
        contentByteCount = bounds.contentByteCount
    }

    /// Content is about to be read.
    func take(contentByteCount count: Int) throws(CodingError) {
        guard count <= contentByteCount else { throw .malformed("examined file", "more content than any file has") }
        contentByteCount -= count
    }

    /// Decodes a year's table.
    ///
    /// - Throws: ``CodingError/malformed(_:_:)``, also where it goes beyond what is left.
    func table(_ content: TableContent, period: Period, from blobs: BlobSet) throws(CodingError) -> Table {
        guard years > 0 else { throw .malformed("examined file", "more years than a file may have") }
        years -= 1
        let source = MeteredBlobs(blobs: blobs, allowance: self)
        let table = try TableCodec.decode(
            content, period: period, keySpace: keySpace(content.keySpace, from: source), upTo: cells, from: source)
        cells -= table.cells.count
        return table
    }

    private func keySpace(_ name: Digest, from source: MeteredBlobs) throws(CodingError) -> KeySpace {
        if let known = keySpaces[name] { return known }
        // It must be among the blobs all the same: the log gets it from there.
        let payload = try source.payload(name)
        let keySpace: KeySpace
        if let known = recurring?.keySpace(name), recurring?.blob(name)?.payload == payload {
            keySpace = known
        } else {
            keySpace = try TableCodec.keySpace(name, from: source)
            recurring?.keep(keySpace, of: name)
        }
        keySpaces[name] = keySpace
        return keySpace
    }
}

/// Blobs of which only so much is read.
private struct MeteredBlobs: BlobSource {
    let blobs: BlobSet
    let allowance: DecodingAllowance

    func payload(_ digest: Digest) throws(CodingError) -> [UInt8] {
        let payload = try blobs.payload(digest)
        try allowance.take(contentByteCount: BlobPayload(payload).byteCount)
        return payload
    }
}
