import Archive
import ControlServer
import Inbox
import Logging
import NIOPosix
import Reading
import RecordLog
import ServiceLifecycle

/// Reads the log, lets requests through, and works the inbox until the daemon stops.
struct Engine: Service {
    let configuration: Configuration
    let state: StateDirectory
    let clock: DaemonClock
    let startup: StartupBoard
    let gate: ControlGate
    let monitor: InboxMonitor
    let mailbox: Mailbox
    let reloading: Reloading
    let logger: Logger

    /// What reading the log gives.
    private struct Opened: Sendable {
        var log: SegmentedLog
        var archive: Archive
    }

    func run() async throws {
        guard let opened = try await opened() else { return }
        let (log, archive) = (opened.log, opened.archive)
        let board = IntakeBoard { [startup, gate] in
            if let backend = startup.backend { gate.open(backend) }
        }
        let desk = try FilingDesk(statePath: configuration.settings.state)
        let settings = configuration.settings
        let readers = ReaderPool(definitions: configuration.definitions, options: settings.readerOptions)
        // What a file does to its reader that is only compared must reach no drop, nor another one that is.
        let comparisonReaders = ReaderPool(
            definitions: configuration.definitions, options: settings.readerOptions, reuses: false)
        defer { comparisonReaders.close() }
        startup.open(
            DaemonBackend(
                archive: archive, changes: VersionChanges(archive, keptIn: ChangeFile(in: state.directory)), log: log,
                mailbox: mailbox, board: board, started: startup.started,
                inboxPath: settings.inbox, uploadDirectory: settings.state, reloading: reloading,
                recordingClock: clock, readers: comparisonReaders))
        let pool = ExaminationPool(threadCount: max(1, settings.readerCount)) { [mailbox] in mailbox.wake() }
        try await IntakeService(mailbox: mailbox) { [clock, state, configuration, monitor, mailbox, logger] in
            IntakeLoop(
                IntakeLoop.Parts(
                    archive: archive, log: log, clock: clock, state: state, configuration: configuration,
                    desk: desk, monitor: monitor, mailbox: mailbox, board: board, pool: pool, readers: readers,
                    logger: logger))
        }.run()
        try await pool.close()
        try log.close()
    }

    /// Nil where the daemon was stopped meanwhile.
    ///
    /// The reading thread is left alone then and ends with the process: whatever it does is what a crash may interrupt
    /// as well.
    private func opened() async throws -> Opened? {
        let (results, sink) = AsyncStream.makeStream(of: Result<Opened, any Error>.self)
        NIOThreadPool.singleton.submit { _ in
            sink.yield(Result { try open() })
            sink.finish()
        }
        for await result in results.cancelOnGracefulShutdown() { return try result.get() }
        return nil
    }

    private func open() throws -> Opened {
        let settings = configuration.settings
        var logOptions = LogOptions()
        logOptions.segmentBytes = settings.segmentBytes
        let log = try SegmentedLog(directory: state.log, options: logOptions) { startup.note($0) }
        announce(log.recovery)
        startup.noteRead()
        var options = ArchiveOptions()
        options.cacheBytes = settings.cacheBytes
        let copies = FiledCopies(statePath: settings.state, definitions: configuration.definitions)
        let archive = try Archive(log: log, options: options, secondCopies: copies) { [clock] in clock.now() }
        for problem in archive.problems { logger.error("damage in the log", metadata: ["problem": "\(problem)"]) }
        return Opened(log: log, archive: archive)
    }

    private func announce(_ recovery: Recovery) {
        if let tail = recovery.tornTail {
            logger.warning(
                "an unfinished batch was cut from the log; nothing in it was acknowledged",
                metadata: ["segment": "\(tail.file)", "bytes": "\(tail.bytes)", "copy": "\(tail.copy ?? "none")"])
        }
        for damage in recovery.damage { logger.error("damage in the log", metadata: ["place": "\(damage)"]) }
    }
}
