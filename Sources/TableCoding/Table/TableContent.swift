package import Annals

/// The names of what a table is made of.
package struct TableContent: Hashable, Sendable {
    /// Title, notes and measures.
    package var heading: Digest
    package var keySpace: Digest
    /// *Shape:* one a chunk; nil for a dense table.
    package var presence: [Digest]?
    /// *Shape:* one a chunk of cells, in key order.
    package var chunks: [Digest]
    package var cellCount: Int
    /// Of its figures, statuses and flags; equal where two tables say the same.
    package var fingerprint: UInt64

    package init(
        heading: Digest, keySpace: Digest, presence: [Digest]?, chunks: [Digest], cellCount: Int, fingerprint: UInt64
    ) {
        self.heading = heading
        self.keySpace = keySpace
        self.presence = presence
        self.chunks = chunks
        self.cellCount = cellCount
        self.fingerprint = fingerprint
    }

    /// Every name, in the order in which the content stands in the log.
    package var parts: [Digest] { [heading, keySpace] + (presence ?? []) + chunks }
}

extension TableContent {
    /// Adds its fields to a message; `docs/formats/log.md` has the tables.
    package func encode(to writer: inout FieldWriter) {
        writer.digest(1, heading)
        writer.digest(2, keySpace)
        if let presence { writer.digests(3, presence) }
        writer.digests(4, chunks)
        writer.number(5, cellCount)
        writer.number(6, fingerprint)
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var heading: Digest?
        var keySpace: Digest?
        var presence: [Digest]?
        var chunks: [Digest] = []
        var cellCount = 0
        var fingerprint: UInt64 = 0
        while let field = try reader.next() {
            switch field.number {
            case 1: heading = try reader.digest(field)
            case 2: keySpace = try reader.digest(field)
            case 3: presence = try reader.digests(field)
            case 4: chunks = try reader.digests(field)
            case 5: cellCount = try reader.integer(field, in: 0...Int.max)
            case 6: fingerprint = try reader.number(field)
            default: continue
            }
        }
        guard let heading, let keySpace else { throw reader.malformed("heading or key space is missing") }
        guard presence.map({ $0.count == chunks.count }) ?? true else {
            throw reader.malformed("presence and cells differ in chunks")
        }
        self.init(
            heading: heading, keySpace: keySpace, presence: presence, chunks: chunks, cellCount: cellCount,
            fingerprint: fingerprint)
    }
}
