import Annals
import Archive
import Glibc
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
    let monitor: InboxMonitor
    let board: IntakeBoard
    /// What is recorded and lies in the inbox still.
    let unfiled = UnfiledDrops()
    /// What an earlier run took may not have been filed away.
    var hasUnfiledOfBefore = true
    /// What an earlier run could not move isn't where it was, and hasn't come up elsewhere yet.
    var hasAbsent = false
    /// When what could not be moved is tried again, monotonic.
    var nextRetryNs: UInt64 = 0
    /// Nothing is recorded before, since what all need was lacking; monotonic.
    private var nextTryNs: UInt64 = 0
    /// Files that are being copied beside the loop, by the numbers of their first entries.
    var moving: Set<UInt64> = []
    private(set) var configuration: Configuration
    let log: any RecordLog
    let clock: DaemonClock
    let state: StateDirectory
    /// Why nothing may be recorded there, as it was found when it was looked at last in this turn.
    private(set) var stateProblem: String?
    private var owner: InboxOwner
    let mailbox: Mailbox
    let pool: ExaminationPool
    private let readers: ReaderPool
    private var line = IntakeLine<Examination.Outcome>(mostFiles: DescriptorLimit.filesInHand)
    private var waiters = SyncWaiters()
    var conditions = ConditionLog()
    /// Whether the last file that could not be taken found no descriptor.
    var lacksDescriptors = false
    /// Why no reader could be started for the last file, in a sentence.
    var readerProblem: String?
    var places = StatePlaces()
    /// The stuck files as they are written down; nil where that isn't known.
    var writtenDown: [UInt64]?
    /// Whether it was said that they can't be written down, and they could not since.
    var hasSaidUnwritten = false
    /// Drops that could not be taken and will be tried again, with the reason, by path.
    var kept: [[UInt8]: Reason] = [:]

    /// The loop comes round at least this often, so that the watchdog sees it.
    private static let longestWaitNs: UInt64 = 1_000_000_000

    /// What the loop works with.
    struct Parts {
        let archive: Archive
        let log: any RecordLog
        let clock: DaemonClock
        let state: StateDirectory
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
        state = parts.state
        configuration = parts.configuration
        desk = parts.desk
        monitor = parts.monitor
        mailbox = parts.mailbox
        board = parts.board
        pool = parts.pool
        readers = parts.readers
        logger = parts.logger
        inbox = InboxDirectory(path: configuration.settings.inbox)
        owner = InboxOwner(inbox: inbox.path, state: state.path)
    }

    /// Works until the mailbox says stop; the commit in hand is finished first.
    func run() {
        while !mailbox.isStopping { turn() }
        // Files that are being examined stay in the inbox.
        readers.close()
        mailbox.dismiss()
        waiters.dismiss()
    }

    private func turn() {
        board.update { $0.tickNs = MonotonicClock.nowNs() }
        owner.check()
        stateProblem = state.obstacle ?? owner.problem
        // Before anything is claimed: what an earlier run recorded must be known for what it is.
        if obstacle == nil { takeUpUnfiled() }
        let room = obstacle == nil ? line.room : 0
        let soonNs = MonotonicClock.nowNs() + Self.longestWaitNs
        let untilNs = min(soonNs, waiters.nextDeadlineNs ?? soonNs)
        let ready = monitor.step(untilNs: untilNs, atMost: room)
        // Asked again: it may have come or gone while the inbox was watched.
        stateProblem = state.obstacle ?? owner.problem
        for work in mailbox.take() { work(self) }
        if mailbox.isDismissing { waiters.dismiss() }
        takeInHand(ready)
        for answer in pool.take() { line.settle(answer.ticket, answer.outcome) }
        // Moving and syncing many files takes its time.
        board.allow(for: Self.longestFiling) {
            settleLong()
            guard obstacle == nil else { return }
            commitWhatIsExamined()
            retryStuck()
        }
        let state = monitor.state
        // Not where the inbox is lost, which looks as if nothing lay there.
        let hasLookedAtAll = state.problem == nil && state.scanCount > 0 && state.pendingCount == 0
        if hasAbsent, hasLookedAtAll, state.refusals.isEmpty { forgetAbsent() }
        // First, so that who is answered finds what lies there still.
        report(state)
        waiters.answer(nowNs: MonotonicClock.nowNs(), obstacle: obstacle, inbox: state) {
            monitor.isClear(through: $0)
        }
    }

    /// Why nothing can be committed until somebody does something.
    var obstacle: String? {
        if let stateProblem { return stateProblem }
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
            let ticket = line.add(file.arrival, nowNs: MonotonicClock.nowNs())
            pool.submit(ticket, byteCount: file.arrival.size) { examination.run(file, beneath: root) }
        }
    }

    private var examination: Examination {
        let settings = configuration.settings
        return Examination(
            archive: archive, unfiled: unfiled, definitions: configuration.definitions,
            limits: settings.readingLimits,
            readers: settings.readerCount == 0
                ? .here(Examiner(definitions: configuration.definitions)) : .processes(readers),
            isStopping: { [mailbox] in mailbox.isStopping })
    }

    /// Lets go of everything in hand, untouched; it comes up again in its order.
    private func giveBackAll() {
        for arrival in line.removeAll() { monitor.giveBack(arrival) }
    }

    /// Leaves a file in the inbox that can't be taken now; it settles anew and is tried again.
    private func keep(_ arrival: Arrival, because error: any Error) {
        tell(arrival, error)
        monitor.putBack(arrival)
    }

    /// Has files wait in their places for what all need, and nothing pass by them: they are tried again a moment later.
    private func pause(untilNs deadlineNs: UInt64) { nextTryNs = max(nextTryNs, deadlineNs) }

    private static let pauseNs: UInt64 = 1_000_000_000

    /// Says why a file waits, once; of what all files lack, the condition alone is logged.
    private func tell(_ arrival: Arrival, _ error: Any, isOfAll: Bool = false) {
        let reason = Reason("\(error)", remedy: "It stays in the inbox and is tried again; don't drop it anew")
        if let error = error as? InboxError {
            lacksDescriptors = error.isShortOfDescriptors
        }
        if kept.updateValue(reason, forKey: arrival.path) != reason, !isOfAll {
            logger.error("a file waits", metadata: ["file": "\(EscapedName.text(arrival.path))", "cause": "\(error)"])
        }
    }

    func done(_ arrival: Arrival) {
        lacksDescriptors = false
        forgetKept(arrival.path)
        monitor.finish(arrival)
    }

    func forgetKept(_ path: [UInt8]) { kept[path] = nil }
}

// Committing.
extension IntakeLoop {
    /// Commits the files in front, as far as they are examined: what is ready shares a sync.
    private func commitWhatIsExamined() {
        let nowNs = MonotonicClock.nowNs()
        guard nowNs >= nextTryNs, line.next(nowNs: nowNs) != nil else { return }
        let root: Descriptor
        do throws(InboxError) {
            root = try inbox.open()
        } catch {
            // The monitor finds out by itself and says so.
            return giveBackAll()
        }
        var lack = IntakeLack()
        repeat {
            let filing = desk.begin(inbox: root)
            var batch: IntakeBatch?
            while !mailbox.isStopping, batch?.isFull != true, let turn = line.next(nowNs: MonotonicClock.nowNs()) {
                guard take(turn, into: &batch, filing, &lack) else { break }
            }
            finish(batch, filing, &lack)
            // What fits doesn't wait for what doesn't.
        } while !lack.isEmpty && !mailbox.isStopping && line.next(nowNs: MonotonicClock.nowNs()) != nil
            && nextTryNs <= nowNs
        for ticket in lack.tickets { line.takeBack(ticket) }
        if !lack.isEmpty { pause(untilNs: MonotonicClock.nowNs() + Self.pauseNs) }
    }

    /// Deals with the file in front; false where it must be examined once more.
    private func take(
        _ turn: IntakeLine<Examination.Outcome>.Turn, into batch: inout IntakeBatch?, _ filing: FilingBatch,
        _ lack: inout IntakeLack
    ) -> Bool {
        let arrival = turn.arrival
        do {
            switch turn.outcome {
            case .examined(let file, _, _) where turn.isTriedAgain && !file.isUnchanged: monitor.putBack(arrival)
            case .examined(let file, let examined, _) where lack.holds(up: examined):
                tell(
                    file.arrival, "It waits for a file of its dataset that came before it and finds no room",
                    isOfAll: true)
                line.giveOut(turn.ticket)
                lack.note(turn.ticket, examined)
                return true
            case .examined(let file, let examined, let folder):
                readerProblem = nil
                var longer = try batch ?? IntakeBatch(archive, translating: configuration.definitions.codeTranslation)
                defer { batch = longer }
                // A file before it may have been the first of the dataset that its folder is called after.
                let folderNow = FolderDataset(of: file.source, in: longer.catalog, configuration.definitions)
                guard folderNow.dataset == folder.dataset else {
                    return examineAgain(turn, file, bound: .none, folder: folderNow)
                }
                let noticed = noticed(examined, file, folder: folderNow, overtaken: turn.overtaken)
                if case .examineAgain(let bound) = try longer.decide(noticed, file, turn.ticket) {
                    return examineAgain(turn, file, bound: bound, folder: folderNow)
                }
                line.giveOut(turn.ticket)
                return true
            case .known(let file, let entries): addKnown(file, entries, to: filing)
            case .unsettled, .stopped: monitor.putBack(arrival)
            case .gone: monitor.finish(arrival)
            case .refused(let refusal): monitor.refuse(arrival, refusal)
            case .unread(let file, let folder, let why, let atNs):
                tell(arrival, why, isOfAll: true)
                readerProblem = "No reader can be started, so that no file is taken: \(why)"
                let againNs = atNs + Self.pauseNs
                if MonotonicClock.nowNs() >= againNs { return examineAgain(turn, file, bound: .none, folder: folder) }
                pause(untilNs: againNs)
                return false
            case .failed(let error): keep(arrival, because: error)
            }
        } catch {
            keep(arrival, because: error)
        }
        line.remove(turn.ticket)
        return true
    }

    /// Has a file read once more; those behind it wait.
    private func examineAgain(
        _ turn: IntakeLine<Examination.Outcome>.Turn, _ file: ClaimedFile, bound: DatasetBinding, folder: FolderDataset
    ) -> Bool {
        guard let ticket = line.examineAgain(turn.ticket) else { return true }
        let examination = examination
        pool.submit(ticket, byteCount: file.arrival.size) {
            examination.examine(file, bound: bound, folder: folder)
        }
        return false
    }

    /// What was noticed about how a file arrived.
    private func noticed(
        _ examined: Examined, _ file: ClaimedFile, folder: FolderDataset, overtaken: Instant?
    ) -> Examined {
        var examined = examined
        examined.overtaken = overtaken
        examined.arrival = []
        if let finding = folder.finding, examined.sidecar?.dataset == nil { examined.arrival.append(finding) }
        if let sidecar = file.sidecar, let said = examined.sidecar {
            let lead = file.arrival.ctimeNs.subtractingReportingOverflow(sidecar.sinceNs)
            if lead.overflow || lead.partialValue > Int64(configuration.settings.settleSeconds * 1_000_000_000) {
                let since = Instant(microseconds: sidecar.sinceNs / 1000)
                examined.arrival.append(ArrivalFindings.sidecarFromBefore(since: since, said))
            }
        }
        return examined
    }

    /// A file whose commit stands already is only moved, from wherever it stands by now.
    private func addKnown(_ file: ClaimedFile, _ entries: [DropEntry], to filing: FilingBatch) {
        if unfiled.entries(claimed: file.source).isEmpty { unfiled.add(entries) }
        var source = file.source
        source.sidecar = archive.sidecar(of: entries)
        filing.add(FilingItem(source), entries: entries, arrival: file.arrival)
    }

    /// Commits a batch, then files its files away, in order; those of a commit that fails stay where they are.
    private func finish(_ batch: IntakeBatch?, _ filing: FilingBatch, _ lack: inout IntakeLack) {
        if let batch {
            for (item, outcome) in batch.commit(to: archive) {
                switch outcome {
                case .success(let entries):
                    announce(entries)
                    if let first = entries.first { line.noteRecorded(item.ticket, at: first.recorded) }
                    line.remove(item.ticket)
                    unfiled.add(entries)
                    filing.add(FilingItem(item.file), entries: entries, arrival: item.file.arrival)
                case .failure(.log(.noSpace(let needed, let free))):
                    tell(item.file.arrival, RecordLogError.noSpace(needed: needed, free: free), isOfAll: true)
                    lack.note(item.ticket, item.examined)
                case .failure(let error):
                    line.remove(item.ticket)
                    keep(item.file.arrival, because: error)
                }
            }
        }
        settle(filing)
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
        // What can be moved by now isn't told as left behind.
        nextRetryNs = 0
        waiters.add(scan: monitor.requestScan(), untilNs: deadlineNs, reply: reply)
    }

    /// Goes on with another configuration; what was examined under one that reads otherwise is examined anew.
    func adopt(_ configuration: Configuration) {
        let former = self.configuration
        self.configuration = configuration
        // A long file that was begun anew at each reload would never be read.
        if !configuration.reads(as: former) {
            readers.adopt(configuration.definitions, configuration.settings.readerOptions)
            giveBackAll()
        }
        // What was too large may not be any more.
        monitor.forgetRefusals()
        monitor.setSettleTime(ns: UInt64(configuration.settings.settleSeconds * 1_000_000_000))
        monitor.requestScan()
    }
}
