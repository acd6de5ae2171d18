package import Annals
internal import Synchronization
internal import TableCoding

// What vintages are made of.
extension Archive {
    /// The table of a vintage.
    ///
    /// Where the log has lost something of it, it is read from second copies, and believed if its digest agrees.
    ///
    /// - Throws: ``ArchiveError/lost(_:)`` where it was given up; ``ArchiveError/missingContent(_:)``,
    ///   ``ArchiveError/malformed(_:_:)``, ``ArchiveError/log(_:)``.
    package func table(_ vintage: Vintage) throws(ArchiveError) -> Table {
        try reading(vintage) { () throws(ArchiveError) in
            try library.table(vintage.content, period: vintage.period)
        }
    }

    /// The tables of two vintages; one that both have is read once.
    ///
    /// - Throws: As `table(_:)`.
    package func tables(_ first: Vintage, _ second: Vintage) throws(ArchiveError) -> (first: Table, second: Table) {
        let table = try table(first)
        let isSame = first.content == second.content && first.period == second.period
        return (table, isSame ? table : try self.table(second))
    }

    /// Whether all of a vintage's table stands in the log, as far as that is known without reading it.
    ///
    /// Where something is missing in the log, it isn't said of what stands there in pieces. Nothing is, nearly always.
    package func holdsTable(of vintage: Vintage) -> Bool {
        replay.withLock { replay in
            replay.missingContent.isEmpty
                || vintage.content.parts.allSatisfy { part in
                    replay.frameByDigest[part] != nil && !replay.lists.contains(part)
                }
        }
    }

    /// The dimensions of a vintage's table, without its cells.
    ///
    /// - Throws: As `table(_:)`.
    package func keySpace(_ vintage: Vintage) throws(ArchiveError) -> KeySpace {
        try reading(vintage) { () throws(ArchiveError) in try library.keySpace(vintage.content.keySpace) }
    }

    /// The file that a vintage came from, byte for byte.
    ///
    /// - Throws: As `table(_:)`.
    package func source(_ vintage: Vintage) throws(ArchiveError) -> [UInt8] {
        try reading(vintage) { () throws(ArchiveError) in
            try stored.content(vintage.source.sha256, upTo: ContentWriter.maximumByteCount)
        }
    }

    /// The sidecar that lay beside the file, byte for byte; nil where there was none.
    ///
    /// - Throws: As `table(_:)`.
    package func sidecar(_ vintage: Vintage) throws(ArchiveError) -> [UInt8]? {
        try reading(vintage) { () throws(ArchiveError) in try text(vintage.sidecar) }
    }

    /// How the file of a vintage was read, with the texts that decided it.
    ///
    /// - Throws: As `table(_:)`.
    package func recipe(of vintage: Vintage) throws(ArchiveError) -> ReadingRecipe {
        let (catalog, facts) = (catalog, vintage.facts)
        let texts = try reading(vintage) { () throws(ArchiveError) in
            ReadingTexts(
                sidecar: try text(vintage.sidecar), definition: try text(facts.definition),
                dialect: try text(facts.dialectDefinition))
        }
        return ReadingRecipe(
            file: catalog.file(of: vintage), texts: texts, dialect: facts.dialect,
            identities: catalog.identitiesHeld(with: vintage), plan: vintage.facts.plan,
            dimensions: vintage.dimensions)
    }

    private func text(_ name: Digest?) throws(ArchiveError) -> [UInt8]? {
        guard let name else { return nil }
        return try stored.content(name, upTo: ContentWriter.maximumByteCount)
    }

    /// What of a vintage was given up in a repair and can't be had any more; nothing, nearly always.
    package func lostContent(of vintage: Vintage) -> Set<ContentHit.Content> {
        let (lost, lists) = replay.withLock { ($0.missingContent.lostContent, $0.lists) }
        if lost.isEmpty { return [] }
        let owners = ContentOwners(catalog: catalog, lists: lists, stored: logged)
        return Set(
            vintage.named.filter { name in
                lost.contains(name.digest) || owners.pieces(of: name.digest).contains { lost.contains($0) }
            }.map(\.content))
    }

    private func reading<Answer>(
        _ vintage: Vintage, _ read: () throws(ArchiveError) -> Answer
    ) throws(ArchiveError) -> Answer {
        do throws(ArchiveError) {
            return try read()
        } catch .missingContent where !lostContent(of: vintage).isEmpty {
            throw .lost(VintageName(vintage))
        }
    }
}
