import Archive
import ControlAPI
import Logging
import RecordLog

// What is wrong with the daemon as a whole, for status, health and log alike.
typealias Condition = StatusReport.Condition

extension StatusReport.Condition {
    /// Everything that wants attention now, what keeps drops from being taken first.
    static func all(
        log: LogCondition, archive: [ArchiveProblem], clock: ClockReport, intake: IntakeReport
    ) -> [Condition] {
        let logProblem = DaemonBackend.obstacle(log)
        let archiveProblem = logProblem == nil ? DaemonBackend.obstacle(archive) : nil
        let count = intake.stuck.count
        let stuck =
            count == 0
            ? nil
            : "\(count) recorded file\(count == 1 ? "" : "s") can't be moved out of the inbox: "
                + (intake.stuck.first.map { "\($0.file): \($0.reason.sentence)" } ?? "")
        return [
            logProblem.map { Condition(name: .log, message: $0, blocks: true) },
            archiveProblem.map { Condition(name: .archive, message: $0, blocks: true) },
            clock.problem.map { Condition(name: .clock, message: $0, blocks: clock.state == .held) },
            intake.inboxProblem.map { Condition(name: .inbox, message: $0, blocks: true) },
            intake.placeProblem.map { Condition(name: .filing, message: $0, blocks: true) },
            intake.readerProblem.map { Condition(name: .readers, message: $0, blocks: true) },
            stuck.map { Condition(name: .unfiled, message: $0, blocks: false) },
            intake.shortage.map { Condition(name: .shortage, message: $0, blocks: false) },
        ].compactMap(\.self)
    }
}

/// Says each condition once when it begins, and once when it ends; what is thought of the clock, ``DaemonClock`` says.
struct ConditionLog {
    private var known: [Condition.Name: String] = [:]

    mutating func update(_ conditions: [Condition], _ logger: Logger) {
        let conditions = conditions.filter { $0.name != .clock }
        let present = Set(conditions.map(\.name))
        for condition in conditions where known[condition.name] == nil {
            known[condition.name] = condition.message
            let level: Logger.Level = condition.blocks ? .error : .warning
            logger.log(level: level, "\(condition.message)", metadata: ["condition": "\(condition.name.rawValue)"])
        }
        for name in known.keys where !present.contains(name) {
            known[name] = nil
            logger.notice("a problem is over", metadata: ["condition": "\(name.rawValue)"])
        }
    }
}
