internal import Synchronization
internal import SystemPackage

/// Watches, scans and settles: the whole way of a file from its appearance to being handed out for a claim.
///
/// ``step(untilNs:atMost:)`` belongs to one thread, which it may block; everything else may be called from any.
package final class InboxMonitor: Sendable {
    /// How an inbox is watched.
    package struct Options: Sendable {
        /// How long a file that was not moved in must look the same.
        package var settleTimeNs: UInt64
        /// How often everything is scanned although nothing was noticed.
        package var rescanIntervalNs: UInt64
        /// How often a lost inbox is looked for.
        package var returnIntervalNs: UInt64
        package var maximumDepth: Int

        package init(
            settleTimeNs: UInt64 = 2_000_000_000, rescanIntervalNs: UInt64 = 60_000_000_000,
            returnIntervalNs: UInt64 = 1_000_000_000, maximumDepth: Int = 8
        ) {
            self.returnIntervalNs = returnIntervalNs
            self.settleTimeNs = settleTimeNs
            self.rescanIntervalNs = rescanIntervalNs
            self.maximumDepth = maximumDepth
        }
    }

    /// What is known of the inbox between two steps.
    package struct State: Sendable {
        package var mode: WatchMode?
        /// What the kernel or the process lacks to watch everything, with what to raise; nil where nothing.
        package var shortage: String?
        /// Why the inbox can't be watched or read at the moment; nil while it can.
        package var problem: String?
        package var pendingCount: Int
        package var refusals: [Refusal]
        /// Paths of sidecars whose drops aren't here.
        package var loneSidecars: [[UInt8]]
        /// See ``SettleBook/lastSerial``.
        package var lastSerial: UInt64
        /// Number of the last scan request that a whole scan has answered.
        package var answeredScan: UInt64
        package var scanCount: UInt64
    }

    private struct Shared {
        var book: SettleBook
        var mode: WatchMode?
        var shortage: String?
        var problem: String?
        var requestedScan: UInt64 = 0
        var answeredScan: UInt64 = 0
        var scanCount: UInt64 = 0
    }

    /// What only the stepping thread touches.
    private struct Stepping {
        var watch: Watch?
        var nextScanNs: UInt64 = 0
        /// When another watch is tried, where there was nothing to watch with.
        var nextWatchNs: UInt64 = 0
    }

    /// Another watch isn't tried more often than this.
    private static let leastWatchIntervalNs: UInt64 = 30_000_000_000

    private let directory: InboxDirectory
    private let scanner: Scanner
    private let rescanIntervalNs: UInt64
    private let returnIntervalNs: UInt64
    private let waker: Waker
    private let shared: Mutex<Shared>
    private nonisolated(unsafe) var stepping = Stepping()

    /// Prepares to watch; the first step opens the inbox and scans it.
    ///
    /// - Throws: ``InboxError`` where the process has no descriptors left.
    package init(directory: InboxDirectory, options: Options = Options()) throws(InboxError) {
        self.directory = directory
        scanner = Scanner(maximumDepth: options.maximumDepth)
        rescanIntervalNs = options.rescanIntervalNs
        returnIntervalNs = options.returnIntervalNs
        waker = try Waker()
        shared = Mutex(Shared(book: SettleBook(settleTimeNs: options.settleTimeNs)))
    }

    /// Waits until files are ready to be claimed or the moment comes, whichever is first.
    ///
    /// Returns early, with nothing, when woken.
    ///
    /// - Parameters:
    ///   - deadlineNs: A moment of ``MonotonicClock``.
    ///   - limit: How many files to hand out; with 0 it only watches.
    /// - Returns: Files to claim, in the order of their arrival; the caller owes ``finish(_:)``, ``putBack(_:)`` or
    ///   ``refuse(_:_:)`` for each.
    package func step(untilNs deadlineNs: UInt64, atMost limit: Int = .max) -> [SettleBook.Ready] {
        while true {
            watchAndScan()
            let ready = shared.withLock { $0.book.takeReady(atMost: limit) }
            if !ready.isEmpty || MonotonicClock.nowNs() >= deadlineNs { return ready }
            guard wait(untilNs: deadlineNs) else { continue }
            // Whoever called may have come between a directory that was made and the file that was moved into it: what
            // arrived after that file must not be handed out before it is seen.
            watchAndScan()
            return shared.withLock { $0.book.takeReady(atMost: limit) }
        }
    }

    /// What is known now.
    package var state: State {
        shared.withLock { shared in
            State(
                mode: shared.mode, shortage: shared.shortage, problem: shared.problem,
                pendingCount: shared.book.pendingCount,
                refusals: shared.book.refusals,
                loneSidecars: shared.book.loneSidecars(nowNs: MonotonicClock.nowNs()),
                lastSerial: shared.book.lastSerial,
                answeredScan: shared.answeredScan, scanCount: shared.scanCount)
        }
    }

    /// Whether every file seen up to a serial number has left the inbox; see ``SettleBook/isClear(through:)``.
    package func isClear(through serial: UInt64) -> Bool { shared.withLock { $0.book.isClear(through: serial) } }

    /// Asks for a whole scan.
    ///
    /// - Returns: A number; when ``State/answeredScan`` has reached it, the scan that began after this call is done and
    ///   ``State/lastSerial`` covers everything that lay in the inbox.
    @discardableResult
    package func requestScan() -> UInt64 {
        let number = shared.withLock { shared in
            shared.requestedScan += 1
            return shared.requestedScan
        }
        waker.wake()
        return number
    }

    /// Makes a waiting step return.
    package func wake() { waker.wake() }

    /// Changes the settle time, as a reload may.
    package func setSettleTime(ns settleTimeNs: UInt64) {
        shared.withLock { $0.book.settleTimeNs = settleTimeNs }
        waker.wake()
    }

    /// A file that was handed out has left the inbox or is gone; for the stepping thread, which looks again by itself.
    package func finish(_ arrival: Arrival) {
        shared.withLock { $0.book.finish(arrival, nowNs: MonotonicClock.nowNs()) }
    }

    /// A file that was handed out is to settle again; for the stepping thread.
    package func putBack(_ arrival: Arrival) {
        shared.withLock { $0.book.putBack(arrival, nowNs: MonotonicClock.nowNs()) }
    }

    /// A file that was handed out can't be a drop and stays where it is; for the stepping thread.
    package func refuse(_ arrival: Arrival, _ refusal: Refusal) {
        shared.withLock { $0.book.refuse(arrival, refusal, nowNs: MonotonicClock.nowNs()) }
    }

    /// A file that was handed out comes back untouched and keeps its place; for the stepping thread.
    package func giveBack(_ arrival: Arrival) {
        shared.withLock { $0.book.giveBack(arrival, nowNs: MonotonicClock.nowNs()) }
    }

    /// A file that was handed out is recorded and can't leave the inbox now; for the stepping thread.
    package func leave(_ arrival: Arrival) {
        shared.withLock { $0.book.leave(arrival) }
    }

    /// What can be a drop has changed; for the stepping thread.
    package func forgetRefusals() {
        shared.withLock { $0.book.forgetRefusals() }
    }
}

// What the stepping thread does.
extension InboxMonitor {
    /// Opens the inbox if it was lost, scans if a scan is wanted, and looks at what is due.
    private func watchAndScan() {
        let now = MonotonicClock.nowNs()
        let isWanted = shared.withLock { $0.requestedScan > $0.answeredScan }
        if isWanted || now >= stepping.nextScanNs { scan() }
        let due = shared.withLock { $0.book.due(nowNs: MonotonicClock.nowNs()) }
        if !due.isEmpty { look(at: due.map { ($0, .looked) }) }
    }

    private func scan() {
        let answers = shared.withLock { shared in
            shared.book.beginScan()
            return shared.requestedScan
        }
        do throws(InboxError) {
            let root = try directory.open()
            let watch = try watch(on: root)
            watch.beginCovering()
            let scan = try scanner.scan(root) { path, directory in watch.cover(path, directory) }
            watch.endCovering()
            let nowNs = MonotonicClock.nowNs()
            shared.withLock { shared in
                shared.book.observe(scan, nowNs: nowNs)
                shared.mode = watch.mode
                shared.shortage = watch.shortage
                shared.problem = nil
                shared.scanCount += 1
                shared.answeredScan = answers
            }
            stepping.nextScanNs = nowNs + rescanIntervalNs
        } catch {
            lose(error.description, answering: answers)
        }
    }

    /// The watch on the directory that stands at the path now; a new one where another directory came in its place.
    private func watch(on root: Descriptor) throws(InboxError) -> Watch {
        if let watch = stepping.watch, watch.identity == (try root.status().identity) {
            // Somebody may have raised the limit meanwhile.
            guard watch.wantsAnother, MonotonicClock.nowNs() >= stepping.nextWatchNs else { return watch }
        }
        stepping.nextWatchNs = MonotonicClock.nowNs() + max(rescanIntervalNs, Self.leastWatchIntervalNs)
        let watch = try Watch(root, waker: waker)
        stepping.watch = watch
        return watch
    }

    /// The inbox is not there: nothing is pending in it, and it is looked for again soon.
    private func lose(_ problem: String, answering: UInt64) {
        stepping.watch = nil
        let nowNs = MonotonicClock.nowNs()
        stepping.nextScanNs = nowNs + returnIntervalNs
        shared.withLock { shared in
            shared.book.observe(Scan(), nowNs: nowNs)
            shared.mode = nil
            shared.shortage = nil
            shared.problem = problem
            shared.answeredScan = answering
        }
    }

    /// Waits and acts on what happened; true where somebody called for the thread.
    private func wait(untilNs deadlineNs: UInt64) -> Bool {
        let settlesNs = shared.withLock { $0.book.nextDeadlineNs }
        let untilNs = [deadlineNs, stepping.nextScanNs, settlesNs].compactMap { $0 }.min() ?? deadlineNs
        guard let watch = stepping.watch else { return Watch.sleep(untilNs: untilNs, waker: waker) }
        var looks: [(path: [UInt8], cause: SettleBook.Cause)] = []
        var isWoken = false
        for hint in watch.wait(untilNs: untilNs) {
            switch hint {
            case .woken: isWoken = true
            case .movedIn(let path): looks.append((path, .movedIn))
            case .closed(let path): looks.append((path, .closed))
            case .touched(let path): looks.append((path, .looked))
            case .rescan: stepping.nextScanNs = 0
            case .lost(let cause):
                stepping.watch = nil
                stepping.nextScanNs = 0
                shared.withLock { $0.problem = "The inbox is gone: \(cause.rawValue)" }
            }
        }
        look(at: looks)
        return isWoken
    }

    /// Looks at single files, instead of scanning everything for each.
    private func look(at looks: [(path: [UInt8], cause: SettleBook.Cause)]) {
        guard !looks.isEmpty else { return }
        do throws(InboxError) {
            let root = try directory.open()
            for (path, cause) in looks {
                let sighting = try scanner.look(at: path, beneath: root)
                shared.withLock { shared in
                    shared.book.observe(sighting, at: path, because: cause, nowNs: MonotonicClock.nowNs())
                }
            }
        } catch {
            // The scan finds out whether it is the inbox or one file in it.
            stepping.nextScanNs = 0
        }
    }
}
