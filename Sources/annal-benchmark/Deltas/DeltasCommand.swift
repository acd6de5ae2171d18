import Annals
import ArgumentParser
import Auditing
import Comparison
import Definitions
import FoundationEssentials
import Reading
import TableCoding

/// How long deltas of two tables take that are in memory.
struct DeltasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deltas", abstract: "Deltas of two tables, in process.",
        discussion: """
            Reads two files of one table each, then compares them again and again: every change as a column, the twenty \
            largest, and sums by a dimension. What came of it is printed with the times, so that it can be held against \
            what others say.
            """)

    @Argument(help: "The earlier table.")
    var from: String

    @Argument(help: "The later table.")
    var to: String

    @Option(help: "The dimension whose sums are compared.")
    var by = "region"

    @Option(help: "Times that each question is asked, beside one that isn't counted.")
    var rounds = 15

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("a question must be asked once at least") }
    }

    func run() throws {
        let (from, to) = (try table(from), try table(to))
        var answer = DeltasReport.Answer()
        let all = try measure { answer.changes = try self.changes(from, to) }
        let top = try measure { answer.largest = try self.largest(from, to) }
        let sums = try measure { answer.sums = try self.sums(from, to) }
        print(
            try JSONText.of(
                DeltasReport(cells: to.cells.count, all: all, top: top, sums: sums, answer: answer.summary)))
    }

    private func table(_ path: String) throws -> Table {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BenchmarkError("\(path) can't be read")
        }
        let bytes = [UInt8](data)
        let name = String(path.split(separator: "/").last ?? "table.csv")
        let source = SourceRef(
            path: Array(name.utf8), size: Int64(bytes.count), sha256: ContentHasher.digest(of: bytes))
        let audited = try Examiner(definitions: .builtIn).audited(bytes, ReaderJob(source: source))
        guard let year = audited.years.first, audited.years.count == 1 else {
            throw BenchmarkError("\(path) isn't of one year")
        }
        return year.table
    }

    private func measure(_ question: () throws -> Void) throws -> Spread {
        try question()
        var milliseconds: [Double] = []
        for _ in 0..<rounds { milliseconds.append(try Stopwatch.seconds(question) * 1e3) }
        return Spread(milliseconds)
    }

    /// Columns of every change and how both sides relate, in key order.
    private func changes(_ from: Table, _ to: Table) throws -> ChangeColumns {
        try Comparison.delta(from: from, to: to).changes()
    }

    private func largest(_ from: Table, _ to: Table) throws -> [DeltasReport.Row] {
        let delta = try Comparison.delta(from: from, to: to, options: DeltaOptions(top: 20))
        return DeltasReport.rows(of: delta)
    }

    private func sums(_ from: Table, _ to: Table) throws -> [DeltasReport.Row] {
        let summation = try Summation(by: by, from: from, to: to)
        return DeltasReport.rows(of: try ComparedSums(summation, from: from, to: to).delta)
    }
}
