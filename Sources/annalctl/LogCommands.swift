import Annals
import Archive
import ArgumentParser
import ControlAPI
import ControlClient
import RecordLog
import StableStorage

/// How far the log goes.
struct HeadCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "How far the log goes, and a fingerprint of all of it: SEQ:HEX.",
        discussion:
            "Keep it: verify --against proves later that the history is still there.\n\nEXAMPLE\n  annalctl head")

    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request = ControlRequest(.get, "/v1/log/head")
        try await session.ask(request, as: HeadReport.self) { TerminalText.sanitised($0.head) + "\n" }
        return .done
    }
}

/// Checks the log.
struct VerifyCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks every frame, digest and chain value of the log.",
        discussion: """
            Ends with 1 where something doesn't hold.

            EXAMPLES
              annalctl verify --against "$(cat head.txt)"
              annalctl verify --offline /var/lib/annal
            """)

    @Option(help: ArgumentHelp("A head that the history must have had; repeatable.", valueName: "seq:hex"))
    var against: [HeadArgument] = []
    @Option(help: ArgumentHelp("Reads the log in a state directory itself, of a stopped daemon.", valueName: "dir"))
    var offline: String?
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        if let offline { return try verify(directory: offline, session) }
        let query = against.map { (name: "against", value: $0.head.description) }
        let request = ControlRequest(.get, "/v1/log/verify", query: query)
        let report = try await session.ask(request, as: VerificationReport.self, text: Self.text)
        return report?.isSound == true ? .done : .answerIsNo
    }

    private func verify(directory: String, _ session: Session) throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let report = try OfflineVerification(directory: directory).report(against: against.map(\.head))
        if options.format == .json {
            try StandardStreams.write(JSONWriter.bytes(of: report) + [0x0A])
        } else {
            try StandardStreams.write(Self.text(report))
        }
        return report.isSound ? .done : .answerIsNo
    }

    private static func text(_ report: VerificationReport) -> String {
        let counts = "\(report.commits) commits, \(report.blobs) blobs, \(report.frames) frames, \(report.bytes) bytes"
        var lines = report.problems.map { problem in
            problem.frame == 0 ? problem.message : "frame \(problem.frame): \(problem.message)"
        }
        lines.append(report.isSound ? "sound: \(counts)" : "NOT sound: \(counts)")
        lines.append("head \(report.head)")
        return lines.map { TerminalText.sanitised($0) + "\n" }.joined()
    }
}

/// `SEQ:HEX` on the command line.
struct HeadArgument: ExpressibleByArgument {
    let head: Head

    init?(argument: String) {
        guard let head = Head(argument) else { return nil }
        self.head = head
    }

    var defaultValueDescription: String { head.description }
}

/// Checks a log without a daemon; nothing on disk is changed.
struct OfflineVerification {
    /// The state directory, or the log's own.
    let directory: String

    /// - Throws: `.wrongParameter` where there is no log; `.damaged` where it can't be read at all.
    func report(against heads: [Head]) throws(ControlProblem) -> VerificationReport {
        let log = try open()
        do throws(ArchiveError) {
            // Nothing is recorded here, so that no clock is asked.
            let archive = try Archive(log: log) { Instant(microseconds: 0) }
            let report = try archive.verify(against: heads)
            return VerificationReport(
                head: report.head.description, frames: report.frames, commits: report.commits, blobs: report.blobs,
                bytes: report.bytes, against: heads.map(\.description),
                problems: log.recovery.damage.map { .init(frame: $0.sequences?.lowerBound ?? 0, message: "\($0)") }
                    + report.problems.map { .init(frame: $0.frame, message: $0.message) })
        } catch {
            throw ControlProblem(.damaged, error.description)
        }
    }

    private func open() throws(ControlProblem) -> SegmentedLog {
        let log: any Directory
        do throws(StorageError) {
            log = try logDirectory()
        } catch {
            throw ControlProblem(
                .wrongParameter, error.description, remedy: "Name the state directory, /var/lib/annal for example.")
        }
        do throws(RecordLogError) {
            return try SegmentedLog(directory: log, access: .readOnly)
        } catch {
            throw ControlProblem(.damaged, error.description)
        }
    }

    private func logDirectory() throws(StorageError) -> any Directory {
        let state = try POSIXDirectory(path: directory)
        return try state.list().contains { $0.hasSuffix(".seg") } ? state : state.subdirectory("log", create: false)
    }
}
