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

    /// The file that a vintage came with.
    func file(of vintage: Vintage) -> FiledFile {
        let entry = drop(vintage.sequence)
        let years = entry.map { entries(ofCommitWith: $0).compactMap(\.year) } ?? [vintage.year]
        return FiledFile(
            dataset: vintage.dataset, years: years, path: entry?.claim.path ?? [], sha256: vintage.source.sha256,
            size: vintage.source.bytes)
    }

    /// The identities that held in the tables of that file, each once.
    func identitiesHeld(with vintage: Vintage) -> [Identity] {
        let held = siblings(of: vintage).flatMap(\.audits).filter {
            $0.result == .holds || $0.result == .withinRounding
        }
        var seen: Set<Identity> = []
        return held.map(\.identity).filter { seen.insert($0).inserted }
    }
}

extension Vintage {
    /// Every content that it is made of, by what each is; in the order in which it stands in the log.
    var named: [(digest: Digest, content: ContentHit.Content)] {
        var named: [(Digest, ContentHit.Content)] = [(source.sha256, .source)]
        if let sidecar { named.append((sidecar, .sidecar)) }
        for text in [facts.definition, facts.dialectDefinition].compactMap(\.self) { named.append((text, .definition)) }
        named += [(content.heading, .heading), (content.keySpace, .keySpace)]
        named += (content.presence ?? []).map { ($0, .presence) }
        named += content.chunks.map { ($0, .cells) }
        return named
    }
}
