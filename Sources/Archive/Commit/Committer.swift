package import TableCoding

/// The only writer: drops that are recorded together, with one append and one sync, all of them or none.
///
/// Each is decided on as if those before it stood in the archive already. Nothing is recorded until `commit`; a batch
/// that is let go has changed nothing. For one thread.
package final class Committer {
    private let archive: Archive
    private var draft: CommitDraft
    /// The head of the log that ``draft`` was begun on.
    private let expectedHead: UInt64
    private var isSpent = false
    private var drops: [Examined] = []
    private let translation: CodeTranslation
    /// What each of them becomes, in the order in which they were added.
    package private(set) var entries: [[DropEntry]] = []

    init(_ archive: Archive, _ translation: CodeTranslation) throws(ArchiveError) {
        self.archive = archive
        self.translation = translation
        (draft, expectedHead) = try archive.draft()
    }

    /// How many drops were added.
    package var count: Int { drops.count }

    /// The archive as it would be with the drops that were added.
    package var catalog: Catalog { draft.catalog }

    /// Decides about a file and adds it, unless it must be examined once more.
    ///
    /// - Returns: How it was added, or what to hold it against.
    /// - Throws: ``ArchiveError/tooLarge(_:)`` and others that are about this drop alone: it is not in the batch then,
    ///   and the others still are.
    @discardableResult
    package func add(_ examined: Examined) throws(ArchiveError) -> Decision {
        var decider = draft.decider
        decider.translation = translation
        let decision = try decider.decide(examined)
        guard case .record(let decided) = decision else { return decision }
        let added = try draft.add(decided, now: archive.clock())
        drops.append(decided)
        entries.append(added)
        return decision
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
