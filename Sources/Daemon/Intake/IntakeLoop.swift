import Annals
import Archive
import Inbox
import Logging
import Reading
import RecordLog
import TableCoding

/// Keeps the order of arrival: files are examined side by side and committed one after another.
///
/// On a thread of its own. Everything that changes the inbox or the archive happens here, one thing after another; others ask through the
/// ``Mailbox`` and read the ``IntakeBoard`` and the archive's catalog. Confined to the thread that calls ``run()``.
final class IntakeLoop {
    let archive: Archive
    let desk: FilingDesk
    let inbox: InboxDirectory
    let logger: Logger
    private(set) var configuration: Configuration
    private let log: any RecordLog
    private let clock: DaemonClock
    private let monitor: InboxMonitor
    private let mailbox: Mailbox
    private let board: IntakeBoard
    private let pool: ExaminationPool
    private let readers: ReaderPool
    private var line = IntakeLine<Examination.Outcome>()
    private var waiters = SyncWaiters()
    /// What an earlier run took last may not have been filed away.
    private var hasLastFiling = true
    /// Drops that could not be taken and will be tried again, with the reason, by path.
    private var kept: [[UInt8]: Reason] = [:]

    /// The loop comes round at least this often, so that the watchdog sees it.
    private static let longestWaitNs: UInt64 = 1_000_000_000

    /// What the loop works with.
    struct Parts {
        let archive: Archive
        let log: any RecordLog
        let clock: DaemonClock
        let configuration: Configuration
        let desk: FilingDesk
        let monitor: InboxMonitor
        let mailbox: Mailbox
        let board: IntakeBoard
        let pool: ExaminationPool
        let readers: ReaderPool
        let logger: Logger
    }

    init(_ parts: Parts) {
        archive = parts.archive
        log = parts.log
        clock = parts.clock
        configuration = parts.configuration
        desk = parts.desk
        monitor = parts.monitor
        mailbox = parts.mailbox
        board = parts.board
        pool = parts.pool
        readers = parts.readers
        logger = parts.logger
        inbox = InboxDirectory(path: configuration.settings.inbox)
    }

    /// Works until the mailbox says stop; the commit in hand is finished first.
    func run() {
        while !mailbox.isStopping { turn() }
        // Files that are being examined stay in the inbox.
        readers.close()
        for work in mailbox.close() { work(self) }
        waiters.dismiss()
    }

    private func turn() {
        board.update { $0.tickNs = MonotonicClock.nowNs() }
        let room = obstacle == nil ? line.room : 0
        let soonNs = MonotonicClock.nowNs() + Self.longestWaitNs
        let untilNs = min(soonNs, waiters.nextDeadlineNs ?? soonNs)
        let ready = monitor.step(untilNs: untilNs, atMost: room)
        for work in mailbox.take() { work(self) }
        takeInHand(ready)
        for answer in pool.take() { line.settle(answer.ticket, answer.outcome) }
        // Asked again: it may have come or gone while the inbox was watched.
        if obstacle == nil {
            finishLastFiling()
            commitWhatIsExamined()
        }
        let state = monitor.state
        waiters.answer(nowNs: MonotonicClock.nowNs(), obstacle: obstacle, inbox: state) {
            monitor.isClear(through: $0)
        }
        report(state)
    }

    /// Why nothing can be committed until somebody does something.
    var obstacle: String? {
        let condition = log.condition
        // What is full is tried again by itself.
        if case .full = condition { return clock.obstacle }
        return DaemonBackend.obstacle(condition) ?? DaemonBackend.obstacle(archive.problems) ?? clock.obstacle
    }
}

// Taking files in hand.
extension IntakeLoop {
    private func takeInHand(_ ready: [SettleBook.Ready]) {
        guard !ready.isEmpty else { return }
        let root: Descriptor
        do throws(InboxError) {
            root = try inbox.open()
        } catch {
            // The monitor finds out by itself and says so.
            for file in ready { monitor.putBack(file.arrival) }
            return
        }
        let examination = examination
        for file in ready {
            pool.submit(line.add(file.arrival)) { examination.run(file, beneath: root) }
        }
    }

    private var examination: Examination {
        let settings = configuration.settings
        return Examination(
            archive: archive, limits: settings.readingLimits,
            readers: settings.readerCount == 0
                ? .here(Examiner(definitions: configuration.definitions)) : .processes(readers),
            isStopping: { [mailbox] in mailbox.isStopping })
    }

    /// Lets go of everything in hand; it settles anew.
    private func putBackAll() {
        for arrival in line.removeAll() { monitor.putBack(arrival) }
    }

    /// Leaves a file in the inbox that can't be taken now; it settles anew and is tried again.
    private func keep(_ arrival: Arrival, because error: any Error) {
        let reason = Reason("\(error)", remedy: "It stays in the inbox and is tried again; don't drop it anew")
        if kept.updateValue(reason, forKey: arrival.path) != reason {
            logger.error("a file waits", metadata: ["file": "\(EscapedName.text(arrival.path))", "cause": "\(error)"])
        }
        monitor.putBack(arrival)
    }

    private func done(_ arrival: Arrival) {
        kept[arrival.path] = nil
        monitor.finish(arrival)
    }
}

// Committing.
extension IntakeLoop {
    /// Commits the files in front, as far as they are examined: what is ready shares a sync.
    private func commitWhatIsExamined() {
        guard line.front != nil else { return }
        let root: Descriptor
        do throws(InboxError) {
            root = try inbox.open()
        } catch {
            // The monitor finds out by itself and says so.
            return putBackAll()
        }
        let filing = desk.begin(inbox: root)
        var batch: IntakeBatch?
        while let turn = line.front, !mailbox.isStopping, batch?.isFull != true {
            guard take(turn, into: &batch, filing) else { break }
        }
        finish(batch, filing)
        board.update { $0.tickNs = MonotonicClock.nowNs() }
    }

    /// Deals with the file in front; false where it must be examined once more.
    private func take(
        _ turn: IntakeLine<Examination.Outcome>.Turn, into batch: inout IntakeBatch?, _ filing: FilingBatch
    ) -> Bool {
        let arrival = turn.arrival
        do {
            switch turn.outcome {
            case .examined(let file, let examined):
                var longer = try batch ?? IntakeBatch(archive)
                let decision = try longer.decide(examined, file)
                batch = longer
                if case .examineAgain(let bound) = decision {
                    let examination = examination
                    pool.submit(line.repeatFirst()) { examination.examine(file, bound: bound) }
                    return false
                }
            case .known(let file, let entries):
                filing.add(FilingItem(file.source, sidecar: file.sidecar?.sha256), entries: entries, arrival: arrival)
            case .unsettled, .stopped: monitor.putBack(arrival)
            case .gone: monitor.finish(arrival)
            case .refused(let refusal): monitor.refuse(arrival, refusal)
            case .failed(let error): keep(arrival, because: error)
            }
        } catch {
            keep(arrival, because: error)
        }
        line.removeFirst()
        return true
    }

    /// Commits a batch, then files its files away, in order; those of a commit that fails stay where they are.
    private func finish(_ batch: IntakeBatch?, _ filing: FilingBatch) {
        if let batch {
            for (item, outcome) in batch.commit(to: archive) {
                switch outcome {
                case .success(let entries):
                    announce(entries)
                    filing.add(FilingItem(item.file), entries: entries, arrival: item.file.arrival)
                case .failure(let error): keep(item.file.arrival, because: error)
                }
            }
        }
        for (arrival, outcome) in filing.finish() {
            switch outcome {
            case .success(let isReplaced):
                done(arrival)
                if isReplaced { announceReplaced(arrival) }
            case .failure(let error): keep(arrival, because: error)
            }
        }
    }

    private func announceReplaced(_ arrival: Arrival) {
        logger.notice(
            "another file was put under the name meanwhile; it is a drop of its own",
            metadata: ["file": "\(EscapedName.text(arrival.path))"])
        monitor.requestScan()
    }

    /// Files away what the last batch took, where the daemon died between the two.
    ///
    /// One batch at most is not filed away, since the next is only begun then. A file that still lies in the inbox is
    /// told by its claim when it comes up; this moves a sidecar that was left there alone, before another drop of the
    /// name takes it for its own. It waits as long as nothing can be committed: a log that can't be written can't be
    /// certain of its last batch either.
    private func finishLastFiling() {
        guard hasLastFiling else { return }
        hasLastFiling = false
        var seen: Set<SourceRef> = []
        for entry in archive.lastBatch where seen.insert(entry.claim).inserted { finishFiling(of: entry) }
    }

    private func finishFiling(of last: DropEntry) {
        let entries = archive.claims(matching: last.claim)
        let sidecar = entries.lazy.compactMap { [archive] entry -> Digest? in
            guard let dataset = entry.dataset, let year = entry.year, let version = entry.version else { return nil }
            return archive.catalog.vintage(dataset, year, version: version)?.sidecar
        }.first
        guard !entries.isEmpty, let sidecar else { return }
        do throws(InboxError) {
            let root = try inbox.open()
            guard try Scanner().look(at: last.claim.path, beneath: root) == .nothing else { return }
            try desk.fileAway(FilingItem(last.claim, sidecar: sidecar), entries: entries, inbox: root)
        } catch {
            logger.warning(
                "the last filing can't be finished", metadata: ["file": "\(last.file)", "cause": "\(error)"])
        }
    }

    private func announce(_ entries: [DropEntry]) {
        for entry in entries {
            var metadata: Logger.Metadata = ["seq": "\(entry.sequence)", "file": "\(entry.file)"]
            if let dataset = entry.dataset { metadata["dataset"] = "\(dataset)" }
            if let year = entry.year { metadata["year"] = "\(year)" }
            if let version = entry.version { metadata["version"] = "\(version)" }
            if let reason = entry.reason {
                metadata["reason"] = "\(reason.message)"
                logger.warning("quarantined", metadata: metadata)
            } else {
                logger.info("\(entry.outcome.rawValue)", metadata: metadata)
            }
            for finding in entry.findings { logger.warning("\(finding.code)", metadata: metadata) }
        }
    }
}

// What others ask for.
extension IntakeLoop {
    /// Scans, and answers when everything that lies in the inbox now has left it.
    func sync(untilNs deadlineNs: UInt64, reply: @escaping @Sendable (SyncWaiters.Ending) -> Void) {
        waiters.add(scan: monitor.requestScan(), untilNs: deadlineNs, reply: reply)
    }

    /// Goes on with another configuration; what was examined under the one before is examined anew.
    func adopt(_ configuration: Configuration) {
        self.configuration = configuration
        readers.adopt(configuration.definitions, configuration.settings.readerOptions)
        putBackAll()
        monitor.setSettleTime(ns: UInt64(configuration.settings.settleSeconds * 1_000_000_000))
        monitor.requestScan()
    }

    private func report(_ state: InboxMonitor.State) {
        if state.pendingCount == 0 { kept = [:] }
        let waiting = kept.map { IntakeReport.Kept(file: EscapedName.text($0.key), reason: $0.value) }
        let refused = state.refusals.map { IntakeReport.Kept(file: EscapedName.text($0.path), reason: $0.reason) }
        board.update { report in
            report.hasScanned = report.hasScanned || state.scanCount > 0
            report.hasLooked = report.hasScanned || state.problem != nil
            report.pending = state.pendingCount
            report.mode = state.mode?.description ?? "lost"
            report.refused = refused
            report.waiting = waiting.sorted { $0.file < $1.file }
            report.problem = state.problem
        }
    }
}
