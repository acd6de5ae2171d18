import Annals
import ControlAPI
import Glibc
import Inbox
import Logging
import RecordLog
import Synchronization
import TestSupport
import Testing

@testable import Daemon

/// What is wrong with the daemon is said alike in status, health and log, there once when it begins and once when it
/// ends.
@Suite struct ConditionTests {
    private static let clock = ClockReport(
        state: .right, now: Instant(microseconds: 0), expected: Instant(microseconds: 0), jumpSeconds: 0)

    private func conditions(
        _ log: LogCondition = .writable, _ change: (inout IntakeReport) -> Void = { _ in }
    ) -> [Condition] {
        var intake = IntakeReport()
        change(&intake)
        return Condition.all(log: log, archive: [], clock: Self.clock, intake: intake)
    }

    @Test func `each obstacle has its name, and tells whether drops are taken`() {
        #expect(conditions().isEmpty)
        #expect(conditions(.full(needed: 9, free: 1)).map(\.name) == [.log])
        #expect(conditions(.full(needed: 9, free: 1)).first?.blocks == true)
        #expect(conditions { $0.inboxProblem = "gone" } == [Condition(name: .inbox, message: "gone", blocks: true)])
        #expect(conditions { $0.placeProblem = "full" } == [Condition(name: .filing, message: "full", blocks: true)])
        #expect(conditions { $0.readerProblem = "no" } == [Condition(name: .readers, message: "no", blocks: true)])
        #expect(conditions { $0.shortage = "few" } == [Condition(name: .shortage, message: "few", blocks: false)])
        let stuck = conditions { report in
            let reason = Reason("It is recorded as 3 and can't be moved", remedy: "chmod g+w D")
            report.stuck = [IntakeReport.Kept(file: "t.csv", reason: reason)]
        }
        #expect(stuck.map(\.name) == [.unfiled] && stuck.first?.blocks == false)
        #expect(stuck.first?.message.contains("chmod g+w D") == true)
    }

    @Test func `it is logged when it begins and when it ends`() {
        let lines = Lines()
        let logger = Logger(label: "test") { _ in LineLog(lines: lines) }
        var log = ConditionLog()
        let gone = Condition(name: .inbox, message: "The inbox is gone", blocks: true)
        for conditions in [[gone], [gone], [], [], [gone]] { log.update(conditions, logger) }
        #expect(
            lines.texts.withLock { $0 } == [
                "error The inbox is gone", "notice a problem is over", "error The inbox is gone",
            ])
    }

    @Test func `places that can't be written to are noticed before a file is`() throws {
        let scratch = ScratchDirectory()
        var places = StatePlaces()
        places.check(scratch.path)
        #expect(places.problem == nil, "what isn't there is made")
        let done = scratch.path + "/done"
        let file = open(done, O_WRONLY | O_CREAT, 0o600)
        close(file)
        places = StatePlaces()
        places.check(scratch.path)
        #expect(places.problem?.contains("\(done) is no directory") == true)
        places.check(scratch.path)
        unlink(done)
        places = StatePlaces()
        places.check(scratch.path)
        #expect(places.problem == nil)
    }

    /// A sync that takes long is no loop that hangs, up to a limit.
    @Test func `a long piece of work counts as going round while it is allowed`() {
        let board = IntakeBoard()
        board.update { $0.tickNs = 1 }
        #expect(board.latest.tickNs == 1)
        board.allow(for: .seconds(60)) { #expect(board.latest.tickNs > 1) }
        let ended = board.latest.tickNs
        #expect(board.latest.tickNs == ended, "and only then")
    }
}

private final class Lines: Sendable {
    let texts = Mutex<[String]>([])
}

private struct LineLog: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.texts.withLock { $0.append("\(event.level) \(event.message)") } }
}
