import ArgumentParser
import Glibc

/// Durable appends, ours and others', round by round in turn.
struct AppendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append", abstract: "Durable transactions, beside raw writes, SQLite and RocksDB.",
        discussion: """
            All contestants write into folders of one directory, one round each in turn, in another order every time. \
            A transaction counts when it is durable. Ratios are taken round by round to `raw`.
            """)

    @Argument(help: "An empty directory, on the disk that is measured.")
    var directory: String

    @Option(help: "The program of Benchmarks/peers; without it only ours take part, and nothing has a ratio.")
    var peers: String?

    @Option(help: "Rounds of each workload, beside one that isn't counted.")
    var rounds = 25

    @Option(help: "Only these contestants, and raw.")
    var only: [String] = []

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("at least one round is needed") }
    }

    func run() throws {
        var report = AppendReport(machine: try Machine(directory: directory), rounds: rounds)
        for contest in Contest.all {
            report.contests.append(try measure(contest))
        }
        print(try JSONText.of(report))
    }

    private func measure(_ contest: Contest) throws -> AppendReport.Results {
        let names = contest.contestants.filter { takesPart($0) }
        let contestants = try names.map { try start($0, in: "\(directory)/\(contest.id)-\($0)") }
        var figures: [String: [RoundFigures]] = [:]
        for round in 0...rounds {
            var workload = contest.workload
            workload.seed = UInt64(round + 1)
            for contestant in contestants.shuffled() {
                // What others left in the page cache is theirs and isn't written during this one's round.
                sync()
                let result = try contestant.round(workload)
                if round > 0 { figures[contestant.name, default: []].append(result) }
            }
        }
        return AppendReport.Results(contest, names: names, figures: figures)
    }

    private func takesPart(_ name: String) -> Bool {
        let isOurs = ContestantCommand.Name(rawValue: name) != nil
        return (isOurs || peers != nil) && (only.isEmpty || only.contains(name) || name == "raw")
    }

    private func start(_ name: String, in folder: String) throws -> ContestantProcess {
        guard mkdir(folder, 0o700) == 0 else { throw BenchmarkError(call: "mkdir \(folder)") }
        if ContestantCommand.Name(rawValue: name) != nil {
            return try ContestantProcess(name, command: ["/proc/self/exe", "contestant", name, folder])
        }
        return try ContestantProcess(name, command: [peers ?? "", name, folder])
    }
}

/// A workload and who takes part in it.
struct Contest {
    /// For names of folders.
    let id: String
    let title: String
    let workload: Workload
    let contestants: [String]

    /// One writer, many, and a large table at once.
    static let all = [
        Contest(
            id: "one", title: "4 KiB, one writer", workload: Workload(writers: 1, count: 250, bytes: 4096),
            contestants: ["raw", "raw-framed", "raw-growing", "annal-log", "annal-drop", "sqlite", "rocksdb"]),
        Contest(
            id: "many", title: "4 KiB, 64 writers", workload: Workload(writers: 64, count: 64 * 20, bytes: 4096),
            contestants: [
                "raw", "raw-framed", "raw-growing", "annal-log", "annal-drop", "sqlite", "sqlite-each", "rocksdb",
            ]),
        Contest(
            id: "table", title: "10 MB in one transaction",
            workload: Workload(writers: 1, count: 3, pieces: 16, bytes: 640 << 10),
            contestants: ["raw", "raw-framed", "raw-growing", "annal-log", "annal-drop", "sqlite", "rocksdb"]),
    ]
}
