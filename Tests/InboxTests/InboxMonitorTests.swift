import Annals
import Glibc
import Testing

@testable import Inbox

struct InboxMonitorTests {
    private let place: TemporaryInbox
    private let monitor: InboxMonitor

    /// A settle time short enough to test and long enough for a slow machine's writer to stay within.
    private static let settleNs: UInt64 = 400_000_000

    init() throws {
        place = try TemporaryInbox()
        let options = InboxMonitor.Options(settleTimeNs: Self.settleNs, returnIntervalNs: 50_000_000)
        monitor = try InboxMonitor(directory: place.inbox, options: options)
    }

    /// The next files that are ready, within so many seconds.
    private func nextReady(seconds: Double = 5) -> [SettleBook.Ready] {
        let deadlineNs = MonotonicClock.nowNs() + UInt64(seconds * 1e9)
        while MonotonicClock.nowNs() < deadlineNs {
            let ready = monitor.step(untilNs: deadlineNs)
            if !ready.isEmpty { return ready }
        }
        return []
    }

    private func next() -> [String] { nextReady().map { EscapedName.text($0.arrival.path) } }

    private func step() { #expect(monitor.step(untilNs: MonotonicClock.nowNs()).isEmpty) }

    @Test func aFileThatIsMovedInIsReadyAtOnce() throws {
        step()
        try place.moveIn("x", as: "t.csv")
        let ready = try #require(nextReady().first)
        #expect(EscapedName.text(ready.arrival.path) == "t.csv" && ready.wasMovedIn)
        #expect(monitor.state.scanCount == 1, "one look was enough")
        #expect(monitor.state.mode == .events && monitor.state.problem == nil)
    }

    @Test func whatLayThereBeforeSettlesFirst() throws {
        try place.write("x", to: "b.csv")
        try place.write("x", to: "a.csv")
        let start = MonotonicClock.nowNs()
        #expect(Set(next()) == ["a.csv", "b.csv"])
        #expect(MonotonicClock.nowNs() - start >= Self.settleNs)
    }

    @Test(arguments: [true, false])
    func tenSlowWritesAreOneDrop(reopening: Bool) throws {
        step()
        let path = place.inboxPath + "/slow.csv"
        let writer = Worker {
            var descriptor: Int32 = -1
            for _ in 0..<10 {
                if descriptor < 0 { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o660) }
                _ = write(descriptor, "line\n", 5)
                usleep(20_000)
                if reopening {
                    close(descriptor)
                    descriptor = -1
                }
            }
            if descriptor >= 0 { close(descriptor) }
        }
        defer { writer.join() }
        let claim = Claim()
        for _ in 0..<100 {
            for ready in nextReady() {
                guard case .claimed(let file) = try claim.take(ready, beneath: place.openInbox()) else {
                    monitor.putBack(ready.arrival)
                    continue
                }
                #expect(file.arrival.size == 50, "taken before it was whole")
                return
            }
        }
        Issue.record("never taken")
    }

    @Test func aFileInHandThatIsReplacedComesUpAgain() throws {
        step()
        try place.moveIn("one", as: "t.csv")
        let first = try #require(nextReady().first)
        try place.moveIn("another", as: "t.csv")
        #expect(monitor.step(untilNs: MonotonicClock.nowNs() + 50_000_000).isEmpty)
        monitor.finish(first.arrival)
        #expect(next() == ["t.csv"])
    }

    @Test func anInboxThatIsDeletedAndMadeAnewIsWatchedAgain() throws {
        step()
        #expect(rmdir(place.inboxPath) == 0)
        #expect(monitor.step(untilNs: MonotonicClock.nowNs() + 50_000_000).isEmpty)
        #expect(monitor.state.problem != nil)
        #expect(monitor.state.mode == nil)
        #expect(mkdir(place.inboxPath, 0o770) == 0)
        try place.moveIn("x", as: "t.csv")
        #expect(next() == ["t.csv"])
        #expect(monitor.state.problem == nil)
        try place.moveIn("x", as: "u.csv")
        let ready = try #require(nextReady().first)
        #expect(EscapedName.text(ready.arrival.path) == "u.csv" && ready.wasMovedIn, "events come again")
    }

    @Test func anInboxThatIsReplacedIsNoticed() throws {
        step()
        #expect(rename(place.inboxPath, place.root + "/old") == 0)
        #expect(mkdir(place.inboxPath, 0o770) == 0)
        try place.write("x", to: "t.csv")
        #expect(next() == ["t.csv"])
    }

    @Test func anInboxThatIsNotThereYetIsWaitedFor() throws {
        #expect(rmdir(place.inboxPath) == 0)
        step()
        #expect(monitor.state.problem?.hasPrefix("Can't open the directory") == true)
        #expect(mkdir(place.inboxPath, 0o770) == 0)
        try place.write("x", to: "t.csv")
        #expect(next() == ["t.csv"])
    }

    @Test func newSubdirectoriesAreWatched() throws {
        step()
        try place.makeDirectory("net-migration")
        try place.moveIn("x", as: "net-migration/t.csv")
        let ready = try #require(nextReady().first)
        #expect(ready.arrival.path == Array("net-migration/t.csv".utf8))
    }

    @Test func whatCanNotBeADropIsShownAndForgottenWhenItGoes() throws {
        step()
        #expect(mkfifo(place.inboxPath + "/fifo", 0o660) == 0)
        #expect(monitor.step(untilNs: MonotonicClock.nowNs() + 100_000_000).isEmpty)
        #expect(monitor.state.refusals.map { EscapedName.text($0.path) } == ["fifo"])
        unlink(place.inboxPath + "/fifo")
        #expect(monitor.step(untilNs: MonotonicClock.nowNs() + 100_000_000).isEmpty)
        #expect(monitor.state.refusals.isEmpty)
    }

    @Test func aRequestedScanIsAnsweredAndItsFilesCanBeWaitedFor() throws {
        step()
        try place.write("x", to: "t.csv")
        let request = monitor.requestScan()
        #expect(monitor.state.answeredScan < request)
        while monitor.state.answeredScan < request { _ = monitor.step(untilNs: MonotonicClock.nowNs()) }
        let serial = monitor.state.lastSerial
        #expect(!monitor.isClear(through: serial))
        let ready = try #require(nextReady().first)
        #expect(!monitor.isClear(through: serial))
        unlink(place.inboxPath + "/t.csv")
        monitor.finish(ready.arrival)
        #expect(monitor.isClear(through: serial))
        #expect(monitor.state.pendingCount == 0)
    }

    /// Whoever wakes the thread may do so just between the directory that was made and the file that came after it.
    @Test func aFileInANewDirectoryGoesBeforeOneThatCameAfterIt() throws {
        step()
        #expect(mkdir(place.root + "/new", 0o770) == 0)
        try place.moveIn("x", as: "first.csv")
        _ = next()
        #expect(rename(place.inboxPath + "/first.csv", place.root + "/new/first.csv") == 0)
        #expect(rename(place.root + "/new", place.inboxPath + "/new") == 0)
        usleep(20_000)
        try place.moveIn("x", as: "second.csv")
        monitor.wake()
        #expect(monitor.step(untilNs: MonotonicClock.nowNs() + 1_000_000_000).isEmpty, "the first one settles")
        #expect(next() == ["new/first.csv", "second.csv"])
    }

    @Test func manyFilesComeInTheOrderOfTheirArrival() throws {
        step()
        let names = (0..<300).map { "f\(($0 * 7919) % 300)-\($0).csv" }
        for name in names { try place.moveIn("x", as: name) }
        var seen: [String] = []
        while seen.count < names.count {
            let more = next()
            try #require(!more.isEmpty, "only \(seen.count) came")
            seen += more
        }
        #expect(Set(seen) == Set(names))
        #expect(monitor.step(untilNs: MonotonicClock.nowNs()).isEmpty)
    }
}
