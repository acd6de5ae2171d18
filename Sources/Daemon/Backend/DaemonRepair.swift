import Archive
import ControlAPI
import ControlServer
import ArchiveAnswers
import Logging

// Repairing the log.
extension DaemonBackend {
    func repair(
        acceptLoss: Bool, progress: @Sendable (WorkProgress) -> Void
    ) throws(ControlProblem) -> RepairAnswer {
        let logger = Logger(label: "annald")
        do throws(ArchiveError) {
            let report = try archive.repair(acceptLoss: acceptLoss) { progress(WorkProgress($0)) }
            Self.announce(report, logger)
            // Files that waited for the log can be taken now.
            mailbox.wake()
            return RepairAnswer(report)
        } catch {
            logger.error("the log can't be repaired", metadata: ["cause": "\(error)"])
            throw ControlProblem(error)
        }
    }

    private static func announce(_ report: RepairReport, _ logger: Logger) {
        for lost in report.lostVintages {
            logger.error(
                report.hasAcceptedLoss ? "recorded as lost" : "lost",
                metadata: [
                    "dataset": "\(lost.name.dataset)", "year": "\(lost.name.year)", "version": "\(lost.name.version)",
                    "file": "\(lost.name.file)", "reason": "\(lost.reason)",
                ])
        }
        for problem in report.remaining { logger.error("damage in the log", metadata: ["problem": "\(problem)"]) }
        logger.notice(
            "looked after the log",
            metadata: ["restored": "\(report.restoredFrames)", "lost": "\(report.lostFrames)"])
    }
}
