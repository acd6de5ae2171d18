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
/// Reading takes a snapshot and never waits for a commit's sync; commits take turns. The archive is a replay of the
/// log's frames: opened again on the same frames it answers the same.
package final class Archive: Sendable {
    let log: any RecordLog
    let options: ArchiveOptions
    let secondCopies: any SecondCopies
    /// Asked for what the log can't give.
    let secondCopyReader: SecondCopyReader
    let clock: @Sendable () -> Instant
    let cache: TableCache
    /// Locked for look-ups and for publishing, never during I/O of a commit.
    let replay: Mutex<CatalogReplay>
    /// Held by the one who commits.
    let turn = Mutex(())

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
        secondCopyReader = SecondCopyReader(secondCopies)
        self.clock = clock
        cache = TableCache(limit: options.cacheBytes)
        var replay = CatalogReplay()
        try replay.catchUp(with: log)
        self.replay = Mutex(replay)
    }

    /// What is there now; a value that stays as it is.
    package var catalog: Catalog { replay.withLock { $0.catalog } }

    /// What doesn't hold in the log; with any, reading goes on and nothing is added.
    package var problems: [ArchiveProblem] { replay.withLock { $0.problems } }

    /// How many bytes of decoded tables are in memory.
    package var cachedByteCount: Int { cache.byteCount }

    /// The entries of the commit that took that very file, so that its filing can be finished; empty for any other file.
    package func claims(matching identity: ClaimIdentity) -> [DropEntry] {
        replay.withLock { $0.entries(claimed: identity) }
    }

    /// The entries of the last batch that recorded any, whose files may not have been filed away before a crash.
    package var lastBatch: [DropEntry] { replay.withLock { $0.lastBatch } }

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
        try Continuity.reason(
            against: table, in: dataset, of: catalog, library: library, measuresAreDeclared: measuresAreDeclared)
    }

    var library: TableLibrary { TableLibrary(cache: cache, stored: stored) }

    /// The content of the log, and where that is lost its second copies.
    var stored: StoredContent {
        let logged = logged
        var stored = logged
        stored.secondCopy = { digest in
            self.secondCopyReader.payload(digest, stored: logged) { self.replay.withLock { ($0.catalog, $0.lists) } }
        }
        return stored
    }

    /// The content of the log and nothing else.
    var logged: StoredContent {
        StoredContent(log: log, frame: { digest in self.replay.withLock { $0.frameByDigest[digest] } })
    }
}
