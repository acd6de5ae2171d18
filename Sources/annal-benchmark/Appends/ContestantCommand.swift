import ArgumentParser
import Glibc
import StableStorage

/// Something that makes durable transactions; lives in a process of its own, as the peers do.
protocol Contestant {
    /// Runs one round; what can be made ready ahead isn't timed.
    func round(_ workload: Workload) throws -> RoundFigures
}

/// Serves rounds of one of our contestants, as `Benchmarks/peers/main.c` does with the others.
struct ContestantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contestant", abstract: "Serve rounds asked for on standard input; `append` starts it.",
        shouldDisplay: false)

    /// What of ours takes part.
    enum Name: String, ExpressibleByArgument, CaseIterable {
        /// The log alone.
        case log = "annal-log"
        /// Drops, recorded in the archive on such a log.
        case archive = "annal-drop"
    }

    @Argument var name: Name

    @Argument(help: "An empty directory.")
    var directory: String

    func run() throws {
        let directory = try POSIXDirectory(path: directory)
        let contestant: any Contestant =
            switch name {
            case .log: try LogContestant(directory: directory)
            case .archive: try ArchiveContestant(directory: directory)
            }
        while let line = readLine() {
            guard let workload = Workload(line: line) else { throw BenchmarkError("a round can't be read: \(line)") }
            try answer(contestant.round(workload).line)
        }
    }

    /// Unbuffered: standard output is a pipe, and who asked waits for the line.
    private func answer(_ line: String) throws {
        let written = "\(line)\n".withCString { write(STDOUT_FILENO, $0, strlen($0)) }
        guard written > line.utf8.count else { throw BenchmarkError(call: "write") }
    }
}
