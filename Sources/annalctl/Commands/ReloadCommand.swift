import ArgumentParser
import ControlAPI
import ControlClient

/// Has configuration and definitions read anew.
struct ReloadCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Has the daemon read its configuration and definitions anew.",
        discussion:
            "Where they are wrong, what was in force stays so, and it ends with 1.\n\nEXAMPLE\n  annalctl reload")

    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try await session.ask(ControlRequest(.post, "/v1/reload"), as: ReloadReport.self) { report in
            let lines =
                ["in force: \(report.datasets) dataset definitions, \(report.dialects) dialects"] + report.notes
            return lines.map { TerminalText.sanitised($0) + "\n" }.joined()
        }
        return .done
    }
}
