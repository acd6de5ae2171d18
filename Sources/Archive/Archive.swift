package import Annals
package import RecordLog
internal import Synchronization

/// How an archive behaves.
package struct ArchiveOptions: Sendable {
    /// How much of decoded tables is kept in memory.
    package var cacheBytes = 256 << 20
    /// How often a commit is decided on anew when another writer was faster.
    package var commitAttempts = 16

    package init() {}
}

/// The vintages of all datasets, on any record log.
///
/// Reading takes a snapshot and never waits for a commit's sync; commits take turns. The archive is a fold over the
/// log's frames: opened again on the same frames it answers the same.
package final class Archive: Sendable {
    let log: any RecordLog
    private let options: ArchiveOptions
    private let secondCopies: any SecondCopies
    private let clock: @Sendable () -> Instant
    private let cache: TableCache
    /// Locked for look-ups and for publishing, never during I/O of a commit.
    private let fold: Mutex<Fold>
    /// Held by the one who commits.
    private let turn = Mutex(())

    /// Opens the archive, reading the whole log.
    ///
    /// - Parameters:
    ///   - log: Where the frames are.
    ///   - options: Limits.
    ///   - secondCopies: Where content can be had again that the log lost.
    ///   - clock: Gives the instant at which something is recorded.
    /// - Throws: ``ArchiveError/log(_:)``; ``ArchiveError/unsupportedFrame(kind:sequence:)`` where a newer version wrote.
    package init(
        log: any RecordLog, options: ArchiveOptions = ArchiveOptions(),
        secondCopies: any SecondCopies = NoSecondCopies(), clock: @escaping @Sendable () -> Instant
    ) throws(ArchiveError) {
        self.log = log
        self.options = options
        self.secondCopies = secondCopies
        self.clock = clock
        cache = TableCache(limit: options.cacheBytes)
        var fold = Fold()
        try fold.catchUp(with: log)
        self.fold = Mutex(fold)
    }

    /// What is there now; a value that stays as it is.
    package var catalog: Catalog { fold.withLock { $0.catalog } }

    /// What doesn't hold in the log; with any, reading goes on and nothing is added.
    package var problems: [ArchiveProblem] { fold.withLock { $0.problems } }

    /// How many bytes of decoded tables are in memory.
    package var cachedByteCount: Int { cache.byteCount }

    // MARK: Recording

    /// Records a drop, durably, and gives its entries: one a year, or one for a file that is taken aside.
    ///
    /// - Throws: ``ArchiveError/log(_:)`` where the log takes nothing, ``ArchiveError/damaged(_:)``,
    ///   ``ArchiveError/tooLarge(_:)``, ``ArchiveError/contended(attempts:)``. Nothing is recorded then, except that
    ///   after a failed write the log may turn out to have the drop when it is opened again.
    package func commit(_ drop: PreparedDrop) throws(ArchiveError) -> [DropEntry] {
        try commit([drop]).first ?? []
    }

    /// Records drops in order as one batch with one sync: all or none.
    ///
    /// - Throws: As `commit(_:)` for one.
    package func commit(_ drops: [PreparedDrop]) throws(ArchiveError) -> [[DropEntry]] {
        if drops.isEmpty { return [] }
        return try append { (draft) throws(ArchiveError) in
            var entries: [[DropEntry]] = []
            for drop in drops { entries.append(try draft.add(drop, now: clock())) }
            return entries
        }
    }

    /// Forgets an entry of the quarantine; its line in the log of arrivals stays.
    ///
    /// - Throws: ``ArchiveError/notQuarantined(_:)``, and as `commit(_:)`.
    package func discard(quarantineID id: String) throws(ArchiveError) {
        try release(quarantineID: id, as: .discarded)
    }

    /// Takes an entry out of the quarantine, saying why; its line in the log of arrivals stays.
    ///
    /// - Throws: ``ArchiveError/notQuarantined(_:)``, and as `commit(_:)`.
    package func release(quarantineID id: String, as release: QuarantineRelease) throws(ArchiveError) {
        try append { (draft) throws(ArchiveError) in try draft.add(release, id: id, now: clock()) }
    }

    /// Appends what a draft decides.
    ///
    /// Where another writer of the same log was faster, its frames are taken in and everything is decided anew, since
    /// what would have been new may be identical by now.
    private func append<Answer>(
        _ decide: (inout CommitDraft) throws(ArchiveError) -> Answer
    ) throws(ArchiveError) -> Answer {
        var answer: Answer?
        try turn.withLock { (_) throws(ArchiveError) in
            for _ in 0..<options.commitAttempts {
                let (catalog, head, problem) = fold.withLock { ($0.catalog, $0.frameHead, $0.problems.first) }
                if let problem { throw .damaged(problem) }
                var draft = CommitDraft(catalog: catalog, stored: stored, cache: cache)
                let decided = try decide(&draft)
                if try append(draft, expectedHead: head) {
                    answer = decided
                    return
                }
            }
        }
        guard let answer else { throw .contended(attempts: options.commitAttempts) }
        return answer
    }

    /// False where the log ends elsewhere; what was appended there is then taken in.
    private func append(_ draft: CommitDraft, expectedHead: UInt64) throws(ArchiveError) -> Bool {
        let outcome: AppendOutcome
        do { outcome = try log.append(draft.frames, expectedHead: expectedHead) } catch { throw .log(error) }
        switch outcome {
        case .appended(let first, let last):
            fold.withLock { $0.take(draft, first: first, last: last) }
            return true
        case .conflict:
            try fold.withLock { (fold) throws(ArchiveError) in try fold.catchUp(with: log) }
            return false
        }
    }

    // MARK: Reading

    /// The table of a vintage.
    ///
    /// - Throws: ``ArchiveError/missingContent(_:)``, ``ArchiveError/malformed(_:_:)``, ``ArchiveError/log(_:)``.
    package func table(_ vintage: Vintage) throws(ArchiveError) -> Table {
        try library.table(vintage.content, period: vintage.period)
    }

    /// The dimensions of a vintage's table, without its cells.
    ///
    /// - Throws: As `table(_:)`.
    package func keySpace(_ vintage: Vintage) throws(ArchiveError) -> KeySpace {
        try library.keySpace(vintage.content.keySpace)
    }

    /// The file that a vintage came from, byte for byte.
    ///
    /// - Throws: As `table(_:)`.
    package func source(_ vintage: Vintage) throws(ArchiveError) -> [UInt8] {
        try library.reader.content(vintage.source.sha256, upTo: ContentWriter.maximumByteCount)
    }

    /// The sidecar that lay beside the file, byte for byte; nil where there was none.
    ///
    /// - Throws: As `table(_:)`.
    package func sidecar(_ vintage: Vintage) throws(ArchiveError) -> [UInt8]? {
        guard let sidecar = vintage.sidecar else { return nil }
        return try library.reader.content(sidecar, upTo: ContentWriter.maximumByteCount)
    }

    /// The entries of the commit that took that very file, so that its filing can be finished; empty for any other file.
    package func claims(matching identity: ClaimIdentity) -> [DropEntry] {
        fold.withLock { $0.entries(claimed: identity) }
    }

    /// The identities that the dataset's next table is expected to satisfy.
    package func boundIdentities(_ dataset: DatasetID) -> [Identity] { catalog.boundIdentities(dataset) }

    /// Why a table can't continue a dataset, or nil where it can: see ``Continuity``.
    ///
    /// - Parameters:
    ///   - table: The one that arrives.
    ///   - dataset: Which it would continue.
    ///   - measuresAreDeclared: Whether a definition names its measures, so that they may differ from what was there.
    /// - Returns: The reason, with what to do about it.
    /// - Throws: As `table(_:)`.
    package func continuity(
        of table: Table, dataset: DatasetID, measuresAreDeclared: Bool = false
    ) throws(ArchiveError) -> Reason? {
        guard let nearest = catalog.nearest(to: table.period.year, in: dataset) else { return nil }
        let heading = try TableCodec.heading(nearest.content.heading, from: library.reader)
        let continuity = Continuity(
            dataset: dataset, vintage: nearest, keySpace: try keySpace(nearest), measures: heading.measures)
        return continuity.reason(against: table, measuresAreDeclared: measuresAreDeclared)
    }

    /// Recomputes every digest and every chain value up to the head as of now.
    ///
    /// - Parameter heads: Heads that the history must have had.
    /// - Returns: What was counted, and what doesn't hold.
    /// - Throws: ``ArchiveError/log(_:)`` where the log can't be read at all.
    package func verify(against heads: [Head] = []) throws(ArchiveError) -> VerifyReport {
        let end = fold.withLock { $0.frameHead }
        var verification = Verification(log: log, stored: stored, end: end, heads: heads)
        return try verification.run()
    }

    private var library: TableLibrary {
        let stored = stored
        return TableLibrary(
            cache: cache,
            reader: ContentReader { (digest) throws(ArchiveError) in try stored.payload(digest) })
    }

    private var stored: StoredContent {
        StoredContent(log: log) { digest in self.fold.withLock { $0.frameByDigest[digest] } }
    }
}
