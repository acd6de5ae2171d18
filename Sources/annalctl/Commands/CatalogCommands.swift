import Annals
import ArgumentParser
import ControlAPI
import ControlClient

/// Which point of the two clocks is asked about.
struct MomentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only what was published by then; a date means its end, UTC.", valueName: "time"))
    var asOf: String?

    @Option(help: ArgumentHelp("Only what the log had with that entry.", valueName: "seq"))
    var knownAt: UInt64?

    var query: [(name: String, value: String)] {
        (asOf.map { [("as_of", $0)] } ?? []) + (knownAt.map { [("known_at", String($0))] } ?? [])
    }
}

/// A year on the command line: `2011`, or a split year, `2011-12` or `2011/12`.
struct YearArgument: ExpressibleByArgument, Hashable {
    let text: String

    init?(argument: String) {
        let parts = argument.split(whereSeparator: { $0 == "-" || $0 == "/" })
        guard (1...2).contains(parts.count), parts[0].count == 4,
            parts.allSatisfy({ part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            parts.count == 1 ? parts[0].count == argument.count : [2, 4].contains(parts[1].count)
        else { return nil }
        text = argument
    }

    var defaultValueDescription: String { text }
}

/// What datasets there are.
struct DatasetsCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "datasets", abstract: "What datasets there are.", discussion: "EXAMPLE\n  annalctl datasets")

    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request = ControlRequest(.get, "/v1/datasets")
        try await session.ask(request, as: DatasetsReport.self, formats: [.table, .json, .ndjson]) { report in
            var table = TextTable([("dataset", .left), ("years", .left), ("dimensions", .left), ("title", .left)])
            for dataset in report.datasets {
                table.add([
                    dataset.id, Self.spans(of: dataset.years), dataset.dimensions.joined(separator: ", "),
                    dataset.title,
                ])
            }
            return report.datasets.isEmpty ? "No table has been taken yet.\n" : table.text()
        }
        return .done
    }

    /// Neighbouring years drawn together: `1990-1994, 2001`.
    static func spans(of years: [Int]) -> String {
        var spans: [ClosedRange<Int>] = []
        for year in years {
            if let last = spans.last, last.upperBound < year, last.upperBound == year - 1 {
                spans[spans.count - 1] = last.lowerBound...year
            } else {
                spans.append(year...year)
            }
        }
        return spans.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ", ")
    }
}

/// The years of a dataset.
struct YearsCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "years", abstract: "The years of a dataset, each with its current vintage.",
        discussion: "EXAMPLE\n  annalctl years net-migration-between-counties --as-of 2012-06-30")

    @Argument(help: "The dataset's id.") var dataset: String
    @OptionGroup var moment: MomentOptions
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request = ControlRequest(.get, ControlRequest.path("datasets", dataset, "years"), query: moment.query)
        try await session.ask(request, as: YearsReport.self) { report in
            var table = TextTable([
                ("year", .left), ("version", .right), ("vintages", .right), ("published", .left), ("recorded", .left),
            ])
            for year in report.years {
                table.add([
                    year.label, String(year.version), String(year.vintages), year.published.description,
                    year.recorded.description,
                ])
            }
            return table.text()
        }
        return .done
    }
}

/// All vintages of a year.
struct HistoryCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "All vintages of a year, and what changed in each.",
        discussion: "EXAMPLE\n  annalctl history net-migration-between-counties 2011")

    @Argument(help: "The dataset's id.") var dataset: String
    @Argument(help: "The year, 2011 or 2011-12.") var year: YearArgument
    @OptionGroup var moment: MomentOptions
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let path = ControlRequest.path("datasets", dataset, "years", year.text, "vintages")
        try await session.ask(ControlRequest(.get, path, query: moment.query), as: HistoryReport.self) { report in
            var table = TextTable([
                ("version", .right), ("", .left), ("published", .left), ("outcome", .left), ("source", .left),
                ("changed", .left), ("why", .left),
            ])
            for vintage in report.vintages { table.add(Self.row(vintage)) }
            return table.text() + "\n" + AnswerBasis(head: report.head).lines.joined(separator: "\n") + "\n"
        }
        return .done
    }

    private static func row(_ vintage: HistoryReport.Entry) -> [String] {
        var why = [vintage.kind, vintage.stage, vintage.reason].compactMap { $0 }
        if let since = vintage.stageSince {
            why.append("\(since.stage) since \(since.published) (drop \(since.seq))")
        }
        if let version = vintage.revertsTo { why.append("reverts to version \(version)") }
        why += vintage.findings?.map(\.message) ?? []
        let figures = vintage.changed?.description ?? vintage.uncompared ?? ""
        let published = vintage.byPublished.flatMap { before in
            before.against == vintage.against
                ? nil
                : "against version \(before.against), published before: "
                    + (before.changed?.description ?? before.uncompared ?? "")
        }
        let changed =
            ([figures] + (vintage.difference?.sentences ?? []) + (vintage.altered ?? []).map(\.message)
            + [published, vintage.material?.sentence].compactMap(\.self)).joined(separator: "; ")
        return [
            String(vintage.version), vintage.current ? "current" : "", vintage.published.description, vintage.outcome,
            vintage.source.name, changed, why.joined(separator: "; "),
        ]
    }
}
