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
    package func claims(matching file: SourceRef) -> [DropEntry] {
        replay.withLock { $0.entries(claimed: file) }
    }

    /// The entries of the commit whose first one has a number; empty where there is none.
    package func entries(ofCommitFrom first: UInt64) -> [DropEntry] {
        let catalog = catalog
        guard let entry = catalog.drop(first) else { return [] }
        let entries = catalog.entries(ofCommitWith: entry)
        return entries.first?.sequence == first ? entries : []
    }

    /// The digest of the sidecar that a commit's file was claimed with.
    package func sidecar(of entries: [DropEntry]) -> Digest? {
        guard let claim = entries.first?.claim else { return nil }
        if let sidecar = claim.sidecar { return sidecar }
        // Commits of earlier builds say it of new vintages only.
        let catalog = catalog
        return entries.lazy.compactMap { entry in
            guard let dataset = entry.dataset, let year = entry.year, let version = entry.version else { return nil }
            return catalog.vintage(dataset, year, version: version).flatMap { vintage in
                vintage.sequence == entry.sequence ? vintage.sidecar : nil
            }
        }.first
    }

    /// The entries of the last batch that recorded any, whose files may not have been filed away before a crash.
    package var lastBatch: [DropEntry] { replay.withLock { $0.lastBatch } }

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
