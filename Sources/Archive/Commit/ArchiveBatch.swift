package import Annals
internal import RecordLog

/// Drops that are recorded together: one append, one sync, all of them or none.
///
/// Each is decided on as if those before it stood in the archive already, and so are the answers to what a drop must
/// satisfy. Nothing is recorded until `commit`; a batch that is let go has changed nothing. For one thread.
package final class ArchiveBatch {
    private let archive: Archive
    private var draft: CommitDraft
    /// The head of the log that ``draft`` was begun on.
    private let expectedHead: UInt64
    private var isSpent = false
    private var drops: [PreparedDrop] = []
    private var entries: [[DropEntry]] = []

    init(_ archive: Archive) throws(ArchiveError) {
        self.archive = archive
        (draft, expectedHead) = try archive.draft()
    }

    /// How many drops were added.
    package var count: Int { drops.count }

    /// The archive as it would be with the drops that were added.
    package var catalog: Catalog { draft.catalog }

    /// The identities that the dataset's next table is expected to satisfy.
    package func boundIdentities(_ dataset: DatasetID) -> [Identity] { draft.catalog.boundIdentities(dataset) }

    /// Why a table can't continue a dataset, or nil where it can: as ``Archive`` says it.
    ///
    /// - Parameters:
    ///   - table: The one that arrives.
    ///   - dataset: Which it would continue.
    ///   - measuresAreDeclared: Whether a definition names its measures, so that they may differ from what was there.
    /// - Returns: The reason, with what to do about it.
    /// - Throws: ``ArchiveError/missingContent(_:)``, ``ArchiveError/malformed(_:_:)``, ``ArchiveError/log(_:)``.
    package func continuity(
        of table: Table, dataset: DatasetID, measuresAreDeclared: Bool = false
    ) throws(ArchiveError) -> Reason? {
        try Continuity.reason(
            against: table, in: dataset, of: draft.catalog, library: draft.library,
            measuresAreDeclared: measuresAreDeclared)
    }

    /// Adds a drop and gives the entries that it will have.
    ///
    /// - Throws: ``ArchiveError/tooLarge(_:)`` and others that are about this drop alone: it is not in the batch then,
    ///   and the others still are.
    @discardableResult
    package func add(_ drop: PreparedDrop) throws(ArchiveError) -> [DropEntry] {
        var longer = draft
        let added = try longer.add(drop, now: archive.clock())
        draft = longer
        drops.append(drop)
        entries.append(added)
        return added
    }

    /// Records what was added, durably; the batch is done with then, also where it fails.
    ///
    /// Where another writer of the same log was faster, everything is decided anew on what it wrote.
    ///
    /// - Returns: The entries of each drop, in the order in which they were added.
    /// - Throws: As `Archive.commit(_:)`; nothing is recorded then.
    @discardableResult
    package func commit() throws(ArchiveError) -> [[DropEntry]] {
        precondition(!isSpent, "a batch is committed once")
        isSpent = true
        if drops.isEmpty { return [] }
        return try archive.append(draft, expectedHead: expectedHead) ? entries : archive.commit(drops)
    }
}
