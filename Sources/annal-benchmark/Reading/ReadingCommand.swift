import Annals
import ArgumentParser
import Auditing
import Reading
import TableCoding

/// How long it takes from the bytes of a small file to its audited table, in one process.
struct ReadingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading", abstract: "Reading and auditing small files, in process.",
        discussion: """
            A CSV file of 225 cells, made up, and the founding page, each read again and again with the definitions \
            that lie beside the configuration file. No disk is written.
            """)

    @Option(help: "The founding page.")
    var page = "Config/samples/net-migration-between-counties-2011.txt"

    @Option(help: "The configuration file whose definitions are used.")
    var config = "Config/annald.yaml"

    @Option(help: "Times that each file is read, beside as many that aren't counted.")
    var repeats = 2000

    @Option(help: "Of the made-up figures.")
    var seed: UInt64 = 11

    @Option(help: "Only files whose name begins so; for a profile of one of them.")
    var only = ""

    func validate() throws {
        guard repeats > 0 else { throw ValidationError("a file must be read once at least") }
    }

    func run() throws {
        let examiner = Examiner(definitions: try DefinitionFolder.load(besideConfiguration: config))
        let files = [
            (SmallTable.name, SmallTable.csv(seed: seed)),
            (String(page.split(separator: "/").last ?? "page.txt"), Array(try TextFile.read(page).utf8)),
        ]
        var results: [ReadingReport.Result] = []
        for (name, bytes) in files where name.hasPrefix(only) {
            results.append(try measure(name, bytes, by: examiner))
        }
        print(try JSONText.of(ReadingReport(repeats: repeats, results: results)))
    }

    private func measure(_ name: String, _ bytes: [UInt8], by examiner: Examiner) throws -> ReadingReport.Result {
        let file = SourceRef(path: Array(name.utf8), size: Int64(bytes.count), sha256: ContentHasher.digest(of: bytes))
        let job = ReaderJob(source: file)
        var microseconds: [Double] = []
        var encodedMicroseconds: [Double] = []
        var cells = 0
        for round in 0..<2 * repeats {
            let seconds = try Stopwatch.seconds {
                let audited = try examiner.audited(bytes, job)
                guard audited.failure == nil else { throw BenchmarkError("\(name) doesn't add up") }
                cells = audited.years.reduce(0) { $0 + $1.table.cells.count }
            }
            let encodedSeconds = Stopwatch.seconds { _ = examiner.examine(bytes, job).encoded }
            if round >= repeats {
                microseconds.append(seconds * 1e6)
                encodedMicroseconds.append(encodedSeconds * 1e6)
            }
        }
        return ReadingReport.Result(
            name: name, bytes: bytes.count, cells: cells, microseconds: Spread(microseconds),
            encodedMicroseconds: Spread(encodedMicroseconds))
    }
}

/// What `reading` prints.
struct ReadingReport: Encodable {
    let repeats: Int
    let results: [Result]

    /// Of one file.
    struct Result: Encodable {
        let name: String
        let bytes: Int
        let cells: Int
        /// From bytes to audited tables.
        let microseconds: Spread
        /// The same and on, to what a reader answers: content named and compressed for the log.
        let encodedMicroseconds: Spread
    }
}
