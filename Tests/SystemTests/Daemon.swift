import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

/// A running `annald` of a workplace.
struct Daemon: Sendable {
    let pid: Int32

    func signal(_ number: Int32) { kill(pid, number) }

    /// Whether it has ended; a process that nobody has waited for yet counts as ended.
    var hasEnded: Bool {
        // No such file: the process is gone.
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
        let state = status.split(separator: ")").last?.split(separator: " ").first
        return state == "Z" || state == "X"
    }

    /// The most memory that it ever had, in KiB.
    ///
    /// Source: proc(5), `VmHWM` of /proc/PID/status.
    var peakMemoryKiB: Int? {
        // No such file: the process is gone.
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}

/// How `annald` is started and how it is expected to end.
struct DaemonStart: Sendable {
    enum Ending: Sendable {
        case terminated, interrupted, killed
    }

    /// Which of the programs it is.
    var program = "annald"
    var arguments: [String] = []
    var environment: [String: String] = [:]
    /// Words before the program: `["strace", "-D", …]`.
    var wrapper: [String] = []
    var user: UInt32?
    var ending = Ending.terminated
    /// Whether the body starts only once the daemon answers.
    var waitsForReady = true
    /// The arguments that place the daemon, where they are not the workplace's own.
    var placement: [String]?

    /// Settings that make tests quick; a test's own win.
    static let quickSettings = ["ANNALD_SETTLE_SECONDS": "0.2", "ANNALD_RESCAN_SECONDS": "0.5"]
}

extension Workplace {
    /// Starts `annald`, runs the body while it lives, and sees to it that it stops: by SIGTERM, in 5 s, with exit 0.
    func withDaemon<Value: Sendable>(
        _ start: DaemonStart = DaemonStart(), _ body: (Daemon) async throws -> Value
    ) async throws -> Value {
        let log = try FileDescriptor.open(
            FilePath(self.log), .writeOnly, options: [.append, .create],
            permissions: [.ownerReadWrite, .otherReadWrite])
        defer {
            // Closing a log for appending has nothing to report.
            try? log.close()
        }
        let ended = try await run(
            command(start).configuration, input: .none, output: .fileDescriptor(log, closeAfterSpawningProcess: false),
            error: .fileDescriptor(log, closeAfterSpawningProcess: false)
        ) { execution in
            let daemon = Daemon(pid: execution.processIdentifier.value)
            let value: Result<Value, any Error>
            do {
                if start.waitsForReady { try await ready(daemon) }
                value = .success(try await body(daemon))
            } catch {
                value = .failure(error)
            }
            let asked = ContinuousClock.now
            try await stop(execution, start.ending)
            return (value, asked.duration(to: .now))
        }
        let value = try ended.closureResult.0.get()
        if start.ending == .killed {
            #expect(ended.terminationStatus == .signaled(SIGKILL), "annald ended before it was killed")
        } else {
            #expect(ended.terminationStatus == .exited(0), "annald should end well")
            #expect(ended.closureResult.1 < .seconds(5), "annald should stop within 5 s")
        }
        return value
    }

    /// Runs `annald` to its end; for starts that should fail and for `--check-config`.
    func annald(_ arguments: String..., environment: [String: String] = [:]) async throws -> Answer {
        try await Answer.of(Repository.program("annald"), arguments, environment: environment)
    }

    /// The arguments that place the daemon here.
    var placement: [String] {
        ["--config", configuration, "--inbox", inbox, "--state", state, "--socket", socket]
    }

    private func command(_ start: DaemonStart) -> Command {
        let words =
            start.wrapper + [Repository.program(start.program)] + (start.placement ?? placement) + start.arguments
        return Command(
            words[0], Array(words.dropFirst()),
            environment: DaemonStart.quickSettings.merging(start.environment) { $1 }, user: start.user)
    }

    private func ready(_ daemon: Daemon) async throws {
        try await wait(upTo: .seconds(30), for: "annald to answer") {
            if daemon.hasEnded { throw DaemonEnded(said: said) }
            let status = try await annalctl("status", "--format", "json")
            return status.code == 0 && status.json["state"].text != "starting"
        }
    }

    private func stop<Input, Output, Failure>(
        _ execution: Execution<Input, Output, Failure>, _ ending: DaemonStart.Ending
    ) async throws {
        // A daemon that has ended already takes no signal, and its status tells the rest.
        switch ending {
        // A process that ended by itself can't be killed any more.
        case .killed: try? execution.send(signal: .kill)
        case .terminated: await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))])
        case .interrupted:
            await execution.teardown(using: [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(10))])
        }
    }
}

/// The daemon ended before it was asked to.
struct DaemonEnded: Error, CustomStringConvertible {
    var said: String

    var description: String { "annald ended by itself and said:\n\(said)" }
}

/// Something that a test waited for did not come.
struct WaitedInVain: Error, CustomStringConvertible {
    var what: String

    var description: String { "waited in vain for \(what)" }
}

/// Asks again and again until the answer is yes.
func wait(
    upTo limit: Duration, for what: String, until isTrue: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !isTrue() {
        guard ContinuousClock.now < end else { throw WaitedInVain(what: what) }
        try await Task.sleep(for: .milliseconds(20))
    }
}
