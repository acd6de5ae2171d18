import Annals
import ArgumentParser
import ControlAPI
import ControlClient

/// Files that could not be taken.
struct QuarantineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Files that could not be taken: list, show, retry, discard.",
        discussion: "EXAMPLE\n  annalctl quarantine list",
        subcommands: [
            QuarantineListCommand.self, QuarantineShowCommand.self, QuarantineRetryCommand.self,
            QuarantineDiscardCommand.self,
        ])
}

/// All of them.
struct QuarantineListCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What lies in quarantine, and why.",
        discussion: "EXAMPLE\n  annalctl quarantine list --format json")

    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request = ControlRequest(.get, "/v1/quarantine")
        try await session.ask(request, as: QuarantineReport.self, formats: [.table, .json, .ndjson]) { report in
            guard !report.quarantined.isEmpty else { return "Nothing is in quarantine.\n" }
            var table = TextTable([("id", .left), ("recorded", .left), ("file", .left), ("reason", .left)])
            for file in report.quarantined {
                table.add([file.id, file.recorded.description, file.file, file.reason.message])
            }
            return table.text()
        }
        return .done
    }
}

/// One of them.
struct QuarantineShowCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One file in quarantine: what is wrong, where, and what to do about it.",
        discussion: "EXAMPLE\n  annalctl quarantine show ID")

    @Argument(help: "As quarantine list names it.") var id: String
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request = ControlRequest(.get, ControlRequest.path("quarantine", id))
        try await session.ask(request, as: QuarantinedReport.self, text: Self.text)
        return .done
    }

    private static func text(_ file: QuarantinedReport) -> String {
        var table = TextTable([("", .left), ("", .left)])
        table.add(["id", file.id])
        table.add(["file", "\(file.file), \(file.bytes) bytes, SHA-256 \(file.sha256)"])
        table.add(["recorded", "\(file.recorded), entry \(file.seq)"])
        if let dataset = file.dataset { table.add(["dataset", dataset]) }
        if let year = file.year { table.add(["year", String(year)]) }
        for (name, value) in ReasonLayout.rows(file.reason) { table.add([name, value]) }
        return table.text()
    }
}

/// Puts one back.
struct QuarantineRetryCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Puts a file back into the inbox, after what it failed on was corrected.",
        discussion: """
            It goes back under its name into its folder, with its sidecar; whoever corrected it in quarantine/ID corrected
            it. What else lies there stays and is named. Waits until it has its outcome, and ends with 1 where it is
            quarantined again, or where something lies in its place in the inbox.

            EXAMPLE
              annalctl quarantine retry ID
            """)

    @Argument(help: "As quarantine list names it.") var id: String
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try await QuarantineDiscardCommand.act("retry", on: id, session)
    }
}

/// Removes one.
struct QuarantineDiscardCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Removes a file from quarantine; what the log says of it stays.",
        discussion: """
            Only the very file that was quarantined is removed, with its sidecar; what else lies in quarantine/ID, or was
            changed there, stays and is named.

            EXAMPLE
              annalctl quarantine discard ID
            """)

    @Argument(help: "As quarantine list names it.") var id: String
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try await Self.act("discard", on: id, session)
    }

    /// How long the daemon waits for an outcome, in seconds.
    private static let longestOutcome = 60.0

    static func act(_ verb: String, on id: String, _ session: Session) async throws -> ControlAPI.ExitCode {
        // The answer to a retry waits for the file's outcome.
        let timeout = Duration.seconds(session.options.timeout ?? longestOutcome + SyncCommand.grace)
        let request = ControlRequest(.post, ControlRequest.path("quarantine", id, verb), timeout: timeout)
        let answer = try await session.ask(request, as: QuarantineAnswer.self) { answer in
            let again = answer.drops.compactMap(\.quarantine).map { ", and quarantined again as \($0)" }.joined()
            let kept = "left in quarantine/\(answer.id): \(answer.kept.joined(separator: ", "))"
            return TerminalText.sanitised("\(answer.id) \(answer.action.rawValue)\(again)") + "\n"
                + (answer.kept.isEmpty ? "" : TerminalText.sanitised(kept) + "\n")
                + (answer.drops.isEmpty ? "" : DropsCommand.text(answer.drops))
        }
        return answer?.hasQuarantined == true ? .answerIsNo : .done
    }
}
