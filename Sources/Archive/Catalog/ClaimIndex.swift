internal import Annals

/// Which commit took which file, at 16 bytes a file.
struct ClaimIndex: Sendable {
    /// Hash of the identity → number of the first entry.
    ///
    /// Whoever looks up compares the entry's claim. Of two identities with one hash the later is found, so the other's
    /// file would be read once more and found identical: in a log of a million files a chance of 1 in 30 million.
    private var sequences: [Int: UInt64] = [:]

    mutating func take(_ record: CommitRecord, before catalog: Catalog) {
        switch record.content {
        case .filed(let drop): sequences[Self.key(drop.claim)] = record.firstSequence
        case .quarantined(let drop): sequences[Self.key(drop.claim)] = record.firstSequence
        case .released(_, let id):
            // The file may come again, with the same identity where its file system keeps times on a rename.
            if let entry = catalog.quarantined(id: id) { sequences[Self.key(entry.claim)] = nil }
        }
    }

    func firstSequence(of file: SourceRef) -> UInt64? { sequences[Self.key(file)] }

    /// Of what ``SourceRef/isSameFile(as:)`` compares.
    private static func key(_ file: SourceRef) -> Int {
        var hasher = Hasher()
        hasher.combine(file.device)
        hasher.combine(file.inode)
        hasher.combine(file.size)
        hasher.combine(file.mtimeNanoseconds)
        hasher.combine(file.ctimeNanoseconds)
        return hasher.finalize()
    }
}
