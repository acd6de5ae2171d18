internal import Annals
internal import HashTreeCollections
internal import TableCoding

// What belongs together in the catalog, for who looks after content.
extension Catalog {
    /// The entries of a commit, of which one is at hand: they have its claim and its instant, one after another.
    func entries(ofCommitWith entry: DropEntry) -> [DropEntry] {
        let most: UInt64 = 1000
        return drops(since: entry.sequence - min(entry.sequence, most), limit: 2 * Int(most)).filter { other in
            other.recorded == entry.recorded && other.claim == entry.claim
        }
    }

    /// Every vintage, by dataset, year and version.
    var vintages: [Vintage] {
        datasetIDs.flatMap { records[$0]?.years.flatMap(\.vintages) ?? [] }
    }

    /// The vintages that came with the same file as one of them.
    func siblings(of vintage: Vintage) -> [Vintage] {
        let all = records[vintage.dataset]?.years.flatMap(\.vintages) ?? []
        return all.filter { $0.recorded == vintage.recorded && $0.source.sha256 == vintage.source.sha256 }
    }
}

extension Vintage {
    /// Every content that it is made of, by what each is; in the order in which it stands in the log.
    var named: [(digest: Digest, content: ContentHit.Content)] {
        var named: [(Digest, ContentHit.Content)] = [(source.sha256, .source)]
        if let sidecar { named.append((sidecar, .sidecar)) }
        for text in [definition, dialectDefinition].compactMap(\.self) { named.append((text, .definition)) }
        named += [(content.heading, .heading), (content.keySpace, .keySpace)]
        named += (content.presence ?? []).map { ($0, .presence) }
        named += content.chunks.map { ($0, .cells) }
        return named
    }
}
