import Foundation
import Subprocess
import SystemPackage

/// What a program printed and how it ended.
struct Answer: Sendable, CustomStringConvertible {
    /// The exit code, or minus the signal's number.
    var code: Int
    var output: String
    var errors: String

    /// Standard output as JSON; ``JSON/null`` where it is none.
    var json: JSON { (try? JSON(output)) ?? .null }

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    var description: String { "exit \(code)\nstdout: \(output.prefix(4000))\nstderr: \(errors.prefix(4000))" }
}

extension Answer {
    /// Runs a program to its end.
    static func of(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], as user: UInt32? = nil
    ) async throws -> Answer {
        let command = Command(program, arguments, environment: environment, user: user)
        let result = try await run(
            command.configuration, output: .string(limit: 512 << 20), error: .string(limit: 16 << 20))
        return Answer(
            code: result.terminationStatus.number, output: result.standardOutput,
            errors: result.standardError)
    }
}

extension TerminationStatus {
    /// The exit code, or minus the signal's number.
    var number: Int {
        switch self {
        case .exited(let code): Int(code)
        case .signaled(let signal): -Int(signal)
        }
    }
}

/// A program, what it is given, and who runs it.
struct Command: Sendable {
    var configuration: Configuration

    /// Puts a command together; the program is an absolute path or a name that is looked up, and only root may ask for
    /// another user.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], user: UInt32? = nil) {
        var words = [program] + arguments
        if let user {
            words = ["setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups"] + words
        }
        // What this run of the tests was started with must not reach the programs.
        var changes: [Environment.Key: String?] = ["NOTIFY_SOCKET": nil, "WATCHDOG_USEC": nil, "WATCHDOG_PID": nil]
        for name in ProcessInfo.processInfo.environment.keys where name.hasPrefix("ANNALD_") {
            changes[Environment.Key(rawValue: name)!] = .some(nil)
        }
        for (name, value) in environment { changes[Environment.Key(rawValue: name)!] = value }
        configuration = Configuration(
            executable: words[0].hasPrefix("/") ? .path(FilePath(words[0])) : .name(words[0]),
            arguments: Arguments(Array(words.dropFirst())), environment: .inherit.updating(changes))
    }
}
