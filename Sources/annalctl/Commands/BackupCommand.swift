import ArgumentParser
import ControlAPI
import ControlClient
import Glibc

/// Copies the log while the daemon runs.
struct BackupCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes a copy of the log, as it is now, to a file.",
        discussion: """
            The daemon goes on meanwhile. The copy is a tar archive: unpacked in an empty state directory it is that
            daemon's log, and verify --against and --offline read it as it is. It is checked before it gets its name, so
            that FILE is whole or isn't there. Ends with 1 where the log is damaged.

            EXAMPLES
              annalctl backup /mnt/backup/annal.tar
              annalctl backup - | ssh vault 'cat > annal.tar'

            FILE is a regular file, which is replaced, or new; it isn't in a log or in the inbox. A pipe whose reader leaves
            before it has read all is a failure.
            """)

    @Argument(help: "Where to; - for standard output, which is checked only as it leaves.") var file: String
    @OptionGroup var options: GlobalOptions

    private static let request = ControlRequest(.post, "/v1/log/backup")

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let client = try session.client(patience: Session.workPatience)
        guard file != "-" else {
            guard isatty(STDOUT_FILENO) == 0 else {
                throw ControlProblem(.wrongParameter, "An archive is nothing for a terminal.", remedy: "Name a file.")
            }
            var written = 0
            do {
                try await fetch(client) { piece in
                    try StandardStreams.write(piece)
                    written += piece.count
                }
                try await StandardStreams.drain()
            } catch is ClosedPipe {
                // Elsewhere a reader that has enough is success; half a backup is none.
                throw ControlProblem(
                    .failure, "The pipe was closed after \(written) bytes, before all of the copy had been read.",
                    remedy: "What its reader has is no backup.")
            }
            return .done
        }
        try await refuseInbox(client)
        let target = try BackupFile(path: file)
        let byteCount = try await fetch(client) { try target.write($0) }
        try target.sync()
        let verified = try StoredLog(at: target.partPath).verify()
        guard verified.isSound else {
            throw ControlProblem(
                .damaged, "What arrived isn't whole: \(verified.problems.first?.message ?? "").",
                remedy: "Run annalctl verify.")
        }
        try target.finish()
        let report = BackupReport(file: file, bytes: byteCount, head: verified.head, commits: verified.commits)
        let text =
            TerminalText.sanitised("\(file): \(report.commits) commits, \(report.bytes) bytes")
            + "\nhead \(report.head)\n"
        try StandardStreams.write(options.format == .json ? JSONWriter.bytes(of: report) + [0x0A] : Array(text.utf8))
        return .done
    }

    /// A copy in the inbox would be taken for a drop.
    private func refuseInbox(_ client: ControlClient) async throws {
        let status = try await client.answer(to: ControlRequest(.get, "/v1/status"), as: StatusReport.self)
        guard let inbox = realpath(status.inbox.path, nil), let parent = realpath(BackupTarget(path: file).parent, nil)
        else { return }
        defer {
            free(inbox)
            free(parent)
        }
        let (top, folder) = (String(cString: inbox), String(cString: parent))
        guard folder == top || folder.hasPrefix(top + "/") else { return }
        throw ControlProblem(
            .wrongParameter, "\(file) lies in the inbox, where it would be taken for a drop.",
            remedy: "Name a file elsewhere.")
    }

    /// Takes the archive from the daemon.
    ///
    /// - Returns: Its bytes.
    /// - Throws: What the daemon answered instead; `.damaged` or `.failure` where it broke off.
    @discardableResult
    private func fetch(_ client: ControlClient, into body: ([UInt8]) throws -> Void) async throws -> Int {
        var progress = Progress("copying the log")
        var byteCount = 0
        var expected: Int?
        do {
            try await client.stream(Self.request) {
                expected = $0
            } _: { piece in
                byteCount += piece.count
                try body(piece)
                progress.show(byteCount, of: expected ?? byteCount, unit: .bytes)
            }
        } catch let problem as ControlProblem where problem.kind == .noDaemon && byteCount > 0 {
            progress.clear()
            throw await Self.reason(client) ?? problem
        } catch {
            progress.clear()
            throw error
        }
        progress.clear()
        guard byteCount == expected else {
            throw ControlProblem(.failure, "The copy broke off after \(byteCount) bytes.", remedy: "Run it again.")
        }
        return byteCount
    }

    /// Why an answer that had begun was not finished; nil where the daemon has gone.
    private static func reason(_ client: ControlClient) async -> ControlProblem? {
        let request = ControlRequest(.get, "/v1/status")
        // Without an answer now, the one that broke off says what there is to say.
        guard let status = try? await client.answer(to: request, as: StatusReport.self) else { return nil }
        guard status.log.condition != "writable" else {
            return ControlProblem(.failure, "The copy broke off.", remedy: "See its journal: journalctl -u annald")
        }
        return ControlProblem(
            .damaged, "The copy broke off; the log is \(status.log.condition).", remedy: "Run annalctl verify.")
    }
}
