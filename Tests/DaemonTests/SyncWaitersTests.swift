import Synchronization
import Testing

@testable import Daemon
@testable import Inbox

@Suite struct SyncWaitersTests {
    /// What the waiters were told.
    private final class Endings: Sendable {
        private let list = Mutex<[String]>([])

        var all: [String] { list.withLock { $0 } }
        var note: @Sendable (SyncWaiters.Ending) -> Void {
            { ending in self.list.withLock { $0.append("\(ending)") } }
        }
    }

    private func state(answered: UInt64, problem: String? = nil) -> InboxMonitor.State {
        InboxMonitor.State(
            mode: nil, problem: problem, pendingCount: 0, refusals: [], loneSidecars: [], lastSerial: 0,
            answeredScan: answered, scanCount: answered)
    }

    @Test func `an empty inbox is done, one that is gone is not`() {
        let endings = Endings()
        var waiters = SyncWaiters()
        waiters.add(scan: 2, untilNs: 100, reply: endings.note)
        waiters.answer(nowNs: 1, obstacle: nil, inbox: state(answered: 1, problem: "gone before")) { _ in true }
        #expect(endings.all.isEmpty, "its scan isn't done yet, and the inbox may be back by then")
        waiters.answer(nowNs: 1, obstacle: nil, inbox: state(answered: 2)) { _ in true }
        #expect(endings.all == ["done"])
        waiters.add(scan: 3, untilNs: 100, reply: endings.note)
        waiters.answer(nowNs: 1, obstacle: nil, inbox: state(answered: 3, problem: "it is gone")) { _ in true }
        #expect(endings.all.last == "inboxGone(\"it is gone\")")
    }

    @Test func `one too many is told so at once`() {
        let endings = Endings()
        var waiters = SyncWaiters()
        for _ in 0..<SyncWaiters.most { waiters.add(scan: 1, untilNs: 100, reply: endings.note) }
        #expect(endings.all.isEmpty)
        waiters.add(scan: 1, untilNs: 100, reply: endings.note)
        #expect(endings.all.count == 1 && endings.all[0].hasPrefix("unavailable"))
    }

    @Test func `an inbox that goes while files are waited for ends the wait`() {
        let endings = Endings()
        var waiters = SyncWaiters()
        waiters.add(scan: 1, untilNs: 100, reply: endings.note)
        waiters.answer(nowNs: 1, obstacle: nil, inbox: state(answered: 1)) { _ in false }
        #expect(endings.all.isEmpty)
        waiters.answer(nowNs: 2, obstacle: nil, inbox: state(answered: 1, problem: "gone")) { _ in true }
        #expect(endings.all == ["inboxGone(\"gone\")"])
        #expect(waiters.isEmpty)
    }

    @Test func `time, an obstacle and the end of the daemon end it too`() {
        let endings = Endings()
        var waiters = SyncWaiters()
        waiters.add(scan: 1, untilNs: 100, reply: endings.note)
        waiters.answer(nowNs: 100, obstacle: nil, inbox: state(answered: 1)) { _ in false }
        waiters.add(scan: 1, untilNs: 200, reply: endings.note)
        waiters.answer(nowNs: 100, obstacle: "full", inbox: state(answered: 1)) { _ in false }
        waiters.add(scan: 1, untilNs: 200, reply: endings.note)
        waiters.dismiss()
        #expect(endings.all == ["timedOut", "unavailable(\"full\")", "stopping"])
    }
}
