import Annals
import Archive
import Inbox
import Logging
import RecordLog

/// The life of a file from claim to publish, on a thread of its own.
///
/// Everything that changes the inbox or the archive happens here, one thing after another; others ask through the
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
    private var waiters = SyncWaiters()
    /// What an earlier run took last may not have been filed away.
    private var hasLastFiling = true
    /// Drops that could not be taken and will be tried again, with the reason, by path.
    private var kept: [[UInt8]: Reason] = [:]

    /// Files that are claimed before the mailbox is looked at again.
    private static let handful = 64
    /// The loop comes round at least this often, so that the watchdog sees it.
    private static let longestWaitNs: UInt64 = 1_000_000_000

    init(
        archive: Archive, log: any RecordLog, clock: DaemonClock, configuration: Configuration, desk: FilingDesk,
        monitor: InboxMonitor, mailbox: Mailbox, board: IntakeBoard, logger: Logger
    ) {
        self.archive = archive
        self.log = log
        self.clock = clock
        self.configuration = configuration
        self.desk = desk
        self.monitor = monitor
        self.mailbox = mailbox
        self.board = board
        self.logger = logger
        inbox = InboxDirectory(path: configuration.settings.inbox)
    }

    /// Works until the mailbox says stop; the commit in hand is finished first.
    func run() {
        while !mailbox.isStopping { turn() }
        for work in mailbox.close() { work(self) }
        waiters.dismiss()
    }

    private func turn() {
        board.update { $0.tickNs = MonotonicClock.nowNs() }
        let handful = obstacle == nil ? Self.handful : 0
        let soonNs = MonotonicClock.nowNs() + Self.longestWaitNs
        let untilNs = min(soonNs, waiters.nextDeadlineNs ?? soonNs)
        let ready = monitor.step(untilNs: untilNs, atMost: handful)
        for work in mailbox.take() { work(self) }
        // Asked again: it may have come or gone while the inbox was watched.
        let obstacle = obstacle
        if obstacle == nil {
            finishLastFiling()
            take(ready)
        } else {
            for file in ready { monitor.putBack(file.arrival) }
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

// Taking.
extension IntakeLoop {
    private func take(_ ready: [SettleBook.Ready]) {
        guard !ready.isEmpty else { return }
        let root: Descriptor
        do throws(InboxError) {
            root = try inbox.open()
        } catch {
            // The monitor finds out by itself and says so.
            for file in ready { monitor.putBack(file.arrival) }
            return
        }
        var batch: IntakeBatch?
        for (index, file) in ready.enumerated() {
            guard !mailbox.isStopping else {
                for rest in ready[index...] { monitor.putBack(rest.arrival) }
                break
            }
            take(file, into: &batch, beneath: root)
            if batch?.isFull == true { finish(&batch, beneath: root) }
            board.update { $0.tickNs = MonotonicClock.nowNs() }
        }
        finish(&batch, beneath: root)
    }

    private func take(_ ready: SettleBook.Ready, into batch: inout IntakeBatch?, beneath root: Descriptor) {
        let arrival = ready.arrival
        let settings = configuration.settings
        let limits = ClaimLimits(fileBytes: Int64(settings.fileBytes), lineBytes: settings.lineBytes)
        let claim = Claim(limits: limits) { [mailbox] in mailbox.isStopping }
        do {
            switch try claim.take(ready, beneath: root) {
            case .claimed(let file):
                try work(file, into: &batch, beneath: root)
            case .beingWritten, .changed, .needsTime, .interrupted: monitor.putBack(arrival)
            case .gone: monitor.finish(arrival)
            case .refused(let refusal): monitor.refuse(arrival, refusal)
            }
        } catch {
            keep(arrival, because: error)
        }
    }

    /// Leaves a file in the inbox that can't be taken now; it settles anew and is tried again.
    private func keep(_ arrival: Arrival, because error: any Error) {
        let reason = Reason("\(error)", remedy: "It stays in the inbox and is tried again; don't drop it anew")
        if kept.updateValue(reason, forKey: arrival.path) != reason {
            logger.error("a file waits", metadata: ["file": "\(EscapedName.text(arrival.path))", "cause": "\(error)"])
        }
        monitor.putBack(arrival)
    }

    /// Reads and audits a claimed file and adds it to the batch.
    ///
    /// A file whose commit stands in the log already was only not filed away, and is now.
    private func work(_ file: ClaimedFile, into batch: inout IntakeBatch?, beneath root: Descriptor) throws {
        let key = Self.claimKey(of: file)
        let known = archive.claims(matching: key.identity).filter { $0.claim.sha256 == key.sha256 }
        if known.isEmpty {
            var longer = try batch ?? IntakeBatch(archive)
            try longer.take(file, claim: key, configuration: configuration)
            batch = longer
        } else {
            try fileAway(Self.unfinished(key, sidecar: file.sidecar?.sha256), entries: known, beneath: root)
            done(file.arrival)
        }
    }

    /// Commits a batch, then files its files away, in order; those of a commit that fails stay where they are.
    private func finish(_ batch: inout IntakeBatch?, beneath root: Descriptor) {
        guard let full = batch else { return }
        batch = nil
        for (item, outcome) in full.commit(to: archive) {
            do {
                let entries = try outcome.get()
                announce(entries)
                try fileAway(FilingItem(item.file), entries: entries, beneath: root)
                done(item.file.arrival)
            } catch {
                keep(item.file.arrival, because: error)
            }
        }
    }

    private func done(_ arrival: Arrival) {
        kept[arrival.path] = nil
        monitor.finish(arrival)
    }

    private func fileAway(_ item: FilingItem, entries: [DropEntry], beneath root: Descriptor) throws(InboxError) {
        switch try desk.fileAway(item, entries: entries, inbox: root) {
        case .filed, .alreadyFiled: break
        case .replaced:
            logger.notice(
                "another file was put under the name meanwhile; it is a drop of its own",
                metadata: ["file": "\(EscapedName.text(item.path))"])
            monitor.requestScan()
        }
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
        var seen: Set<ClaimIdentity> = []
        for entry in archive.lastBatch where seen.insert(entry.claim.identity).inserted { finishFiling(of: entry) }
    }

    private func finishFiling(of last: DropEntry) {
        let entries = archive.claims(matching: last.claim.identity)
        let sidecar = entries.lazy.compactMap { [archive] entry -> Digest? in
            guard let dataset = entry.dataset, let year = entry.year, let version = entry.version else { return nil }
            return archive.catalog.vintage(dataset, year, version: version)?.sidecar
        }.first
        guard !entries.isEmpty, let sidecar else { return }
        do throws(InboxError) {
            let root = try inbox.open()
            guard try Scanner().look(at: last.claim.path, beneath: root) == .nothing else { return }
            let outcome = try desk.fileAway(
                Self.unfinished(last.claim, sidecar: sidecar), entries: entries, inbox: root)
            logger.debug("looked after the last filing", metadata: ["outcome": "\(outcome)"])
        } catch {
            logger.warning(
                "the last filing can't be finished", metadata: ["file": "\(last.file)", "cause": "\(error)"])
        }
    }

    /// What an earlier run claimed, as its commit tells.
    private static func unfinished(_ claim: ClaimKey, sidecar: Digest?) -> FilingItem {
        FilingItem(
            path: claim.path,
            file: FileExpectation(
                identity: FileIdentity(device: claim.device, inode: claim.inode), size: claim.size,
                mtimeNs: claim.mtimeNanoseconds, sha256: claim.sha256),
            sidecar: sidecar)
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

    private static func claimKey(of file: ClaimedFile) -> ClaimKey {
        let arrival = file.arrival
        return ClaimKey(
            path: arrival.path, device: arrival.device, inode: arrival.inode, size: arrival.size,
            mtimeNanoseconds: arrival.mtimeNs, ctimeNanoseconds: arrival.ctimeNs, sha256: file.sha256)
    }
}

// What others ask for.
extension IntakeLoop {
    /// Scans, and answers when everything that lies in the inbox now has left it.
    func sync(untilNs deadlineNs: UInt64, reply: @escaping @Sendable (SyncWaiters.Ending) -> Void) {
        waiters.add(scan: monitor.requestScan(), untilNs: deadlineNs, reply: reply)
    }

    /// Goes on with another configuration.
    func adopt(_ configuration: Configuration) {
        self.configuration = configuration
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
