import Annals
import ControlAPI
import Glibc
import Logging
import StableStorage
import Synchronization

/// The daemon's clock: what the archive records by, guarded against being set wrong, and remembered over restarts.
final class DaemonClock: Sendable {
    private struct State {
        var guardian: ClockGuard
        /// What stands in the state directory; nil where nothing could be written.
        var written: ClockRecord?
        /// Said once; the clock goes on without its file.
        var complained = false
    }

    /// The file is written anew when the clock is judged otherwise, and after this long, in microseconds.
    private static let rewriteInterval: Int64 = 3_600_000_000

    private let state: Mutex<State>
    private let directory: any Directory
    private let logger: Logger
    private let read: @Sendable () -> ClockGuard.Reading

    /// - Parameters:
    ///   - directory: Where it is remembered over restarts.
    ///   - bootID: Tells one boot from another; nil where the system doesn't.
    ///   - logger: Hears when the clock is judged otherwise.
    ///   - read: Both clocks, now.
    init(
        directory: any Directory, bootID: String? = BootID.current, logger: Logger,
        read: @escaping @Sendable () -> ClockGuard.Reading = WallClock.reading
    ) {
        var record: ClockRecord?
        do throws(StorageError) {
            record = try ClockRecord.read(from: directory)
        } catch {
            logger.warning("what was known of the clock can't be read", metadata: ["cause": "\(error)"])
        }
        let guardian = ClockGuard(record: record, bootID: bootID, reading: read())
        self.directory = directory
        self.logger = logger
        self.read = read
        state = Mutex(State(guardian: guardian, written: record))
        if guardian.finding != .right { announce(guardian.finding) }
        look()
    }

    /// The time under which something may be recorded.
    func now() -> Instant {
        let reading = read()
        return Instant(microseconds: state.withLock { $0.guardian.now(reading) })
    }

    /// Judges the clock, says so where it is judged otherwise than before, and remembers it.
    @discardableResult
    func look() -> ClockGuard.Finding {
        let reading = read()
        let (before, after, failure) = state.withLock { state in
            let before = state.guardian.finding
            state.guardian.look(reading)
            return (before, state.guardian.finding, remember(&state, reading))
        }
        if !before.isLike(after) { announce(after) }
        complain(failure)
        return after
    }

    /// Takes the clock as it stands for right, whatever was thought of it.
    func confirm() {
        let reading = read()
        let (before, failure) = state.withLock { state in
            let before = state.guardian.finding
            state.guardian.confirm(reading)
            return (before, remember(&state, reading))
        }
        if before != .right {
            logger.notice(
                "the clock was confirmed", metadata: ["now": "\(Instant(microseconds: reading.realtime))"])
        }
        complain(failure)
    }

    /// Why nothing may be recorded now; nil while something may.
    var obstacle: String? {
        guard case .held = look() else { return nil }
        return look().problem(now: Instant(microseconds: read().realtime))
    }

    /// How it is, for the status and for `annalctl clock`.
    func report(lastRecorded: Instant?) -> ClockReport {
        let finding = look()
        let reading = read()
        let trusted = state.withLock { $0.guardian.trusted(reading) }
        let now = Instant(microseconds: reading.realtime)
        var problem = finding.problem(now: now)
        if problem == nil, let last = lastRecorded, last.microseconds > now.microseconds + ClockGuard.backLimit {
            problem =
                "The clock says \(now), before the last commit, \(last). What is recorded until then gets instants right "
                + "after that one, in order."
        }
        return ClockReport(
            state: finding.state, now: now, expected: Instant(microseconds: trusted), jumpSeconds: finding.seconds,
            problem: problem)
    }

    /// What failed while writing it down, where it had to be and could not.
    private func remember(_ state: inout State, _ reading: ClockGuard.Reading) -> StorageError? {
        let record = state.guardian.record(reading)
        if let written = state.written, written.bootID == record.bootID, written.isHeld == record.isHeld,
            abs(written.offset - record.offset) < ClockGuard.backLimit,
            record.isHeld || abs(written.seen - record.seen) < Self.rewriteInterval
        {
            return nil
        }
        // Tried once for each thing to remember: a full disk must not be asked at every look.
        state.written = record
        do throws(StorageError) {
            try record.write(to: directory)
            state.complained = false
            return nil
        } catch {
            defer { state.complained = true }
            return state.complained ? nil : error
        }
    }

    private func complain(_ failure: StorageError?) {
        guard let failure else { return }
        logger.warning(
            "the clock can't be remembered for the next start", metadata: ["cause": "\(failure)"])
    }

    private func announce(_ finding: ClockGuard.Finding) {
        let now = Instant(microseconds: read().realtime)
        switch finding {
        case .right: logger.notice("the clock is right again", metadata: ["now": "\(now)"])
        case .ahead, .back: logger.warning("\(finding.problem(now: now) ?? "")")
        case .held: logger.error("\(finding.problem(now: now) ?? "")")
        }
    }
}

extension ClockGuard.Finding {
    /// Whether both say the same but for how much.
    func isLike(_ other: Self) -> Bool { state == other.state }

    var state: ClockReport.State {
        switch self {
        case .right: .right
        case .ahead: .ahead
        case .held: .held
        case .back: .back
        }
    }

    /// How far it stands ahead, in seconds; negative where it stands back.
    var seconds: Int64 {
        switch self {
        case .right: 0
        case .ahead(let jump), .held(let jump): jump / 1_000_000
        case .back(let jump): -(jump / 1_000_000)
        }
    }

    /// A sentence on what is wrong and what follows; nil where nothing is.
    func problem(now: Instant) -> String? {
        switch self {
        case .right: nil
        case .ahead(let jump):
            "The clock jumped ahead by \(Self.words(jump)), to \(now). Drops are recorded by it; put it right, or say "
                + "`annalctl clock confirm`."
        case .held(let jump):
            "The clock jumped ahead by \(Self.words(jump)), to \(now). Nothing is recorded under such a time: files wait in "
                + "the inbox until the clock is put right, or confirmed with `annalctl clock confirm`."
        case .back(let jump):
            "The clock stands back by \(Self.words(jump)), at \(now). What is recorded stays in order; put it right, or say "
                + "`annalctl clock confirm`."
        }
    }

    /// `3 days 4 h`, `2 h 5 min`, `7 min`.
    private static func words(_ microseconds: Int64) -> String {
        let minutes = (microseconds + 30_000_000) / 60_000_000
        let (days, hours) = (minutes / 1440, minutes / 60 % 24)
        if days > 0 { return "\(days) \(days == 1 ? "day" : "days") \(hours) h" }
        return hours > 0 ? "\(hours) h \(minutes % 60) min" : "\(minutes) min"
    }
}
