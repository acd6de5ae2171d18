import ArgumentParser
import ControlAPI
import ControlClient

/// What the daemon thinks of the clock, and saying that it is right.
struct ClockCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "What the daemon thinks of the clock; `clock confirm` says that it is right.",
        discussion: """
            A clock that jumps ahead by more than a day holds commits, and files wait in the inbox, until it is put right \
            or confirmed. Ends with 1 while something is wrong with it.

            EXAMPLE
              annalctl clock
              annalctl clock confirm
            """)

    /// What to do about the clock.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case confirm
    }

    @Argument(help: "`confirm` takes the clock as it stands for right.")
    var action: Action?
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request =
            action == .confirm ? ControlRequest(.post, "/v1/clock/confirm") : ControlRequest(.get, "/v1/clock")
        let report = try await session.ask(request, as: ClockReport.self, text: Self.text)
        return report?.problem == nil ? .done : .answerIsNo
    }

    private static func text(_ clock: ClockReport) -> String {
        var lines = ["\(clock.state.rawValue): \(clock.now)"]
        if clock.state != .right { lines.append("expected \(clock.expected)") }
        if let problem = clock.problem { lines.append(problem) }
        return lines.map { TerminalText.sanitised($0) + "\n" }.joined()
    }
}
