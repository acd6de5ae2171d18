import ArgumentParser
import Glibc

/// Measures the log beside others, on this machine: `docs/benchmarks.md`.
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annal-benchmark",
        abstract: "Measure durable appends, opening, size, reading, deltas and waiting clients. Prints JSON.",
        discussion: "For those who work on Annal; `make bench` runs all of it and docs/benchmarks.md has the method.",
        subcommands: [
            AppendCommand.self, ReplayCommand.self, SizeCommand.self, ReadingCommand.self, LargeFileCommand.self,
            DeltasCommand.self, ClientsCommand.self, ContestantCommand.self,
        ])
}

// Wrong usage is 2 here as in the other programs; the library's own code for it is 64.
do {
    var command = try Benchmark.parseAsRoot()
    try command.run()
} catch {
    let code = Benchmark.exitCode(for: error)
    let text = Benchmark.fullMessage(for: error)
    if code == .success {
        print(text)
    } else {
        // Nothing is left to do where standard error is gone.
        _ = "\(text)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
    exit(code == .validationFailure ? 2 : code.rawValue)
}
