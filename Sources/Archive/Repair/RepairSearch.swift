internal import Annals
internal import RecordLog
internal import TableCoding

/// Finds the content that is needed and not there, then makes it again.
struct RepairSearch {
    /// Content that something needs and the log can't give.
    struct Want {
        let digest: Digest
        var content: ContentHit.Content
        /// Its frame; nil where the log has forgotten which one it was.
        var frame: UInt64?
        /// Number of the drop entry that brought it.
        var entry: UInt64
        /// Its place among the content of that entry, in the order of writing; with room for pieces before it.
        var place: Int
        /// Who needs it.
        var vintages: [VintageName]
        /// Its payload, made again.
        var payload: [UInt8]?
        /// What it was made from.
        var copy = ContentHit.SecondCopy.none
    }

    let bad: SequenceSet
    let replay: CatalogReplay
    let stored: StoredContent
    private var wants: [Digest: Want] = [:]
    private var wantsOf: [VintageName: [Digest]] = [:]
    /// Why something of a drop couldn't be had, by its instant.
    private(set) var obstacles: [Instant: [String]] = [:]

    init(bad: SequenceSet, replay: CatalogReplay, stored: StoredContent) {
        self.bad = bad
        self.replay = replay
        self.stored = stored
    }

    /// In the order of writing.
    var found: [Want] {
        wants.values.sorted { ($0.entry, $0.place) < ($1.entry, $1.place) }
    }

    private func isGone(_ digest: Digest) -> Bool { replay.frameByDigest[digest].map(bad.contains) ?? true }

    /// Room for the pieces of the longest list.
    private static let step = Blob.maximumByteCount / Digest.byteCount + 1

    /// Looks through all vintages, in the order in which they were recorded.
    mutating func find(_ vintages: [Vintage]) {
        let owners = ContentOwners(catalog: replay.catalog, lists: replay.lists, stored: stored)
        for vintage in vintages {
            for (number, name) in vintage.named.enumerated() {
                let place = (number + 1) * Self.step
                want(name.digest, name.content, for: vintage, at: place)
                want(pieces: owners.pieces(of: name.digest), name.content, for: vintage, before: place)
            }
        }
    }

    private mutating func want(pieces: [Digest], _ content: ContentHit.Content, for vintage: Vintage, before place: Int)
    {
        for (number, piece) in pieces.enumerated() {
            want(piece, content, for: vintage, at: place - pieces.count + number)
        }
    }

    private mutating func want(_ digest: Digest, _ content: ContentHit.Content, for vintage: Vintage, at place: Int) {
        guard isGone(digest) else { return }
        let name = VintageName(vintage)
        let new = Want(
            digest: digest, content: content, frame: replay.frameByDigest[digest], entry: vintage.sequence,
            place: place, vintages: [])
        guard wants[digest]?.vintages.last != name else { return }
        wants[digest, default: new].vintages.append(name)
        wantsOf[name, default: []].append(digest)
    }

    /// Makes again what the second copies are good for.
    mutating func rebuild(_ vintages: [Vintage], from copies: any SecondCopies) {
        let rebuilding = Rebuilding(catalog: replay.catalog, stored: stored, copies: copies)
        var done: Set<Instant> = []
        for vintage in vintages where !done.contains(vintage.recorded) {
            guard wantsOf[VintageName(vintage)] != nil else { continue }
            let wanted = replay.catalog.siblings(of: vintage).flatMap { open(of: $0) }
            guard !wanted.isEmpty else { continue }
            done.insert(vintage.recorded)
            let needsTables = wanted.contains { $0.content.isOfTable }
            let content = rebuilding.content(with: vintage, withTables: needsTables)
            if !content.obstacles.isEmpty { obstacles[vintage.recorded] = content.obstacles }
            take(content, of: vintage)
        }
    }

    /// What of a vintage is still to be had, pieces included.
    private func open(of vintage: Vintage) -> [Want] {
        (wantsOf[VintageName(vintage)] ?? []).compactMap { wants[$0] }.filter { $0.payload == nil }
    }

    private mutating func take(_ content: Rebuilding.Content, of vintage: Vintage) {
        for list in content.blobs where !list.pieces.isEmpty {
            // The pieces of a list that was lost itself are known only now.
            guard let whole = wants[list.digest] else { continue }
            want(pieces: list.pieces, whole.content, for: vintage, before: whole.place)
        }
        for blob in content.blobs where wants[blob.digest]?.payload == nil {
            let isOfTable = wants[blob.digest]?.content.isOfTable ?? false
            wants[blob.digest]?.payload = blob.payload
            wants[blob.digest]?.copy = isOfTable && content.source == .log ? .source : .filed
        }
    }
}
