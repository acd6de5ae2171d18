internal import Annals
internal import TableCoding

/// Finds whose content something is, by its name.
///
/// The catalog is walked for it: nobody asks while nothing is damaged, and memory for it all the time would be more than
/// the catalog's own.
struct ContentOwners {
    struct Owner {
        let vintage: Vintage
        /// What it is in the vintage; of a piece, what the whole is.
        let content: ContentHit.Content
    }

    let catalog: Catalog
    /// Names of content that stands in pieces.
    let lists: Set<Digest>
    let stored: StoredContent

    /// The vintages that need it, one of each drop.
    func owners(of digest: Digest) -> [Owner] {
        let wholes = Set([digest] + listsNaming(digest))
        var seen: Set<Instant> = []
        return catalog.vintages.compactMap { vintage in
            guard let name = vintage.named.first(where: { wholes.contains($0.digest) }),
                seen.insert(vintage.recorded).inserted
            else { return nil }
            return Owner(vintage: vintage, content: name.content)
        }
    }

    /// The lists that a piece belongs to, as far as they can be read.
    private func listsNaming(_ piece: Digest) -> [Digest] {
        lists.filter { pieces(of: $0).contains(piece) }
    }

    /// The pieces of a list; none where it can't be read.
    func pieces(of list: Digest) -> [Digest] {
        // A list that can't be read is itself content that is made again, with its pieces.
        guard lists.contains(list), let payload = try? stored.payload(list), let blob = try? BlobPayload(payload)
        else { return [] }
        return blob.pieces
    }
}
