import ArgumentParser
import ControlAPI
import ControlClient

/// Cell by cell, one table against another.
struct DeltaCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "delta",
        abstract: "What changed, cell by cell: between two years, or between two versions of one.",
        discussion: """
            With --against a file that isn't dropped yet is read and audited as a drop would be, with the sidecar beside
            it, and compared: with the current version of its year, or where there is none with the year before; FROM..TO
            says which year it is compared with, TO being the file's. Nothing of it is kept. Of a file with several years
            name one. Ends with 1 where the file would be quarantined.

            EXAMPLES
              annalctl delta net-migration-between-counties
              annalctl delta net-migration-between-counties 2010..2011 --top 10
              annalctl delta net-migration-between-counties --vintage 2011:1..2 --format csv
              annalctl delta net-migration-between-counties 2011..2024 --concordance no-county --minor ignore
              annalctl delta population 2010..2011 --by county --top 5
              annalctl delta population 2010..2011 --explain --where county=03
              annalctl delta population --against drafts/population-2011.csv --top 20
              annalctl delta population 2010..2011 --against drafts/population-2011.csv
            """)

    enum Totals: String, CaseIterable, ExpressibleByArgument {
        case include, only, exclude
    }

    @Argument(help: "The dataset's id.") var dataset: String
    @Argument(
        help: "FROM..TO, two years; the latest two where none are given. With --against also the file's year alone.")
    var years: YearsArgument?
    @Option(help: ArgumentHelp("YEAR:A..B, two versions of one year.", valueName: "year:a..b"))
    var vintage: VintageArgument?
    @Option(help: ArgumentHelp("A file that isn't dropped yet, in the place of the later table.", valueName: "file"))
    var against: String?
    @OptionGroup var moment: MomentOptions
    @OptionGroup var selection: SelectionOptions
    @Option(help: ArgumentHelp("Sums over all other dimensions, with what each contributes.", valueName: "dim"))
    var by: String?
    @Option(help: "Only the largest changes, that many.") var top: Int?
    @Option(help: "What happens to totals: --top and the summary leave them out by default.") var totals: Totals?
    @OptionGroup var concordance: ConcordanceOptions
    @Flag(help: "Adds how much of each change was published at first, and how much came by revisions since.")
    var explain = false
    @OptionGroup var options: GlobalOptions

    private static let formats: [AnswerFormat] = [.table, .json, .csv, .ndjson]

    func validate() throws {
        if years != nil, vintage != nil {
            throw ValidationError("FROM..TO compares two years, --vintage two versions of one: give either.")
        }
        if vintage != nil, against != nil {
            throw ValidationError("--against compares a file, --vintage two versions that are recorded: give either.")
        }
        if against == nil, let years, years.from == nil {
            throw ValidationError("FROM..TO compares two years; one year alone is for --against.")
        }
        if let top, top < 1 { throw ValidationError("--top takes a number from 1 on.") }
    }

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        var query = selection.query + moment.query + concordance.query
        if let years {
            query += years.from.map { [("from", $0.text), ("to", years.to.text)] } ?? [("year", years.to.text)]
        }
        if let vintage {
            query += [
                ("year", vintage.year.text), ("from_version", String(vintage.from)),
                ("to_version", String(vintage.to)),
            ]
        }
        if explain { query.append(("explain", "true")) }
        if let by { query.append(("by", by)) }
        if let top { query.append(("top", String(top))) }
        if let totals { query.append(("totals", totals.rawValue)) }
        let (path, formats) = (ControlRequest.path("datasets", dataset, "delta"), Self.formats)
        if let against {
            let file = try ComparedFile(path: against)
            let request = ControlRequest(.post, path, query: file.query + query, body: file.bytes)
            // It is read anew, and others' may go first.
            try await session.passOn(request, formats: formats, patience: Session.workPatience)
        } else {
            try await session.passOn(ControlRequest(.get, path, query: query), formats: formats)
        }
        return .done
    }
}

/// `2010..2011`, or one year alone.
struct YearsArgument: ExpressibleByArgument {
    /// Nil where it is one year alone.
    let from: YearArgument?
    let to: YearArgument

    init?(argument: String) {
        if let only = YearArgument(argument: argument) {
            (from, to) = (nil, only)
            return
        }
        guard let (left, right) = DotRange.halves(of: argument), let from = YearArgument(argument: left),
            let to = YearArgument(argument: right)
        else { return nil }
        self.from = from
        self.to = to
    }

    var defaultValueDescription: String { (from.map { "\($0.text).." } ?? "") + to.text }
}

/// `2011:1..2`.
struct VintageArgument: ExpressibleByArgument {
    let year: YearArgument
    let from: Int
    let to: Int

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let year = YearArgument(argument: String(parts[0])),
            let (left, right) = DotRange.halves(of: String(parts[1])), let from = Int(left), let to = Int(right),
            from > 0, to > 0
        else { return nil }
        self.year = year
        self.from = from
        self.to = to
    }

    var defaultValueDescription: String { "\(year.text):\(from)..\(to)" }
}

/// What stands left and right of two dots.
enum DotRange {
    static func halves(of text: String) -> (String, String)? {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        return (String(parts[0]), String(parts[1]))
    }
}
