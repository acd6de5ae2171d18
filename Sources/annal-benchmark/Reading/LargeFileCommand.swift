import Annals
import ArgumentParser
import Definitions
import Glibc
import Reading
import TableReading

/// How long it takes from a file on disk to its table, in one process.
struct LargeFileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "large-file", abstract: "Reading a large file into its table, in process.",
        discussion: """
            From opening the file to the table with its key space, again and again, on all processors; no audits. The \
            greatest memory is that of all rounds.
            """)

    @Argument(help: "A file of one table.")
    var path: String

    @Option(help: "Times that the file is read.")
    var rounds = 5

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("a file must be read once at least") }
    }

    func run() throws {
        let definitions = Definitions.builtIn
        let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        var (seconds, cells): ([Double], Int) = ([], 0)
        for _ in 0..<rounds {
            seconds.append(
                try Stopwatch.seconds {
                    let name = String(path.split(separator: "/").last ?? "table.csv")
                    let read = try TableReading.read(
                        SourceDocument(name: name, bytes: try bytes(threads: threads)), definitions: definitions,
                        limits: ReadingLimits(threads: threads))
                    cells = read.tables.reduce(0) { $0 + $1.cells.count }
                })
        }
        print(
            try JSONText.of(
                LargeFileReport(cells: cells, seconds: Spread(seconds), megabytes: try Self.peakMegabytes())))
    }

    private func bytes(threads: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchmarkError("\(path) can't be opened") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw BenchmarkError("\(path) has no size") }
        return try FileBytes.read(file, count: Int(status.st_size), threads: threads)
    }

    private static func peakMegabytes() throws -> Int {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else {
            throw BenchmarkError("the memory used isn't known")
        }
        return Int(usage.ru_maxrss) / 1024
    }
}

/// What `large-file` prints.
struct LargeFileReport: Encodable {
    let cells: Int
    let seconds: Spread
    /// The most memory at once, file included.
    let megabytes: Int
}
