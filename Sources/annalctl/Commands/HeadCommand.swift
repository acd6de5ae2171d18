import ArgumentParser
import ControlAPI
import ControlClient

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
