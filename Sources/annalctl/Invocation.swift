import ArgumentParser
import ControlAPI

/// One run of the program: arguments to an exit code of the contract.
enum Invocation {
    static func run(_ arguments: [String]) async -> ControlAPI.ExitCode {
        // No option of the root: the parser would take the `--version N` of `show` for it.
        if arguments == ["--version"] { return said(by: CleanExit.message(Annalctl.programVersion)) }
        do {
            var command = try Annalctl.parseAsRoot(GlobalOptions.movedToTheEnd(of: arguments))
            guard let asking = command as? any Asking else {
                // Help: the parser's own.
                try command.run()
                return .done
            }
            return try await asking.run(Session(options: asking.options))
        } catch let problem as ControlProblem {
            StandardStreams.complain(problem.detail, remedy: problem.remedy)
            return problem.exitCode
        } catch is ClosedPipe {
            return .done
        } catch {
            return said(by: error)
        }
    }

    /// What the argument parser has to say, under the exit codes of the contract: its own for wrong usage is 64.
    private static func said(by error: any Error) -> ControlAPI.ExitCode {
        let message = Annalctl.fullMessage(for: error)
        guard Annalctl.exitCode(for: error).isSuccess else {
            StandardStreams.writeError(message + "\n")
            return Annalctl.exitCode(for: error) == .validationFailure ? .wrongUsage : .unavailable
        }
        do {
            try StandardStreams.write(Array((message + "\n").utf8))
        } catch {
            // The reader has gone; that is success.
        }
        return .done
    }
}

/// A command that answers something.
protocol Asking: ParsableCommand {
    var options: GlobalOptions { get }

    /// Does it; the exit code says whether the answer was no.
    func run(_ session: Session) async throws -> ControlAPI.ExitCode
}
