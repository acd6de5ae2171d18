import Annals
import ArgumentParser
import Auditing
import Definitions
import Reading
import TableReading

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
        let definitions = try DefinitionFolder.load(besideConfiguration: config)
        let documents = [
            SourceDocument(name: SmallTable.name, bytes: SmallTable.csv(seed: seed)),
            SourceDocument(
                name: String(page.split(separator: "/").last ?? "page.txt"), bytes: Array(try TextFile.read(page).utf8)),
        ]
        var results: [ReadingReport.Result] = []
        for document in documents where document.name.hasPrefix(only) {
            results.append(try measure(document, definitions))
        }
        print(try JSONText.of(ReadingReport(repeats: repeats, results: results)))
    }

    private func measure(_ document: SourceDocument, _ definitions: Definitions) throws -> ReadingReport.Result {
        var microseconds: [Double] = []
        var cells = 0
        for round in 0..<2 * repeats {
            let seconds = try Stopwatch.seconds {
                let examined = try Intake.examine(document, definitions: definitions)
                guard examined.failure == nil else { throw BenchmarkError("\(document.name) doesn't add up") }
                cells = examined.years.reduce(0) { $0 + $1.table.cells.count }
            }
            if round >= repeats { microseconds.append(seconds * 1e6) }
        }
        return ReadingReport.Result(
            name: document.name, bytes: document.bytes.count, cells: cells, microseconds: Spread(microseconds))
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
    }
}
