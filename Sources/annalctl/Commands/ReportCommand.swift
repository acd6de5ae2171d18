import ArgumentParser
import ControlAPI
import ControlClient

/// What an editor needs to know on the day of a release.
struct ReportCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What to know on the day of a release: what arrived, audits, largest changes, breaks.",
        discussion: """
            Markdown where no --format is given, columns of text with --format table, JSON with --format json. Each number
            comes with the command that gives it, which gives the same after further drops, too.

            EXAMPLES
              annalctl report net-migration-between-counties 2011 > 2011.md
              annalctl report net-migration-between-counties 2011 --format table --top 5
            """)

    @Argument(help: "The dataset's id.") var dataset: String
    @Argument(help: "The year, 2011 or 2011-12.") var year: YearArgument
    @Option(help: "How many changes are named on each axis.") var top = 10
    @OptionGroup var moment: MomentOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...1000).contains(top) else { throw ValidationError("--top takes a number from 1 to 1000.") }
    }

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let client = try session.client()
        var query = moment.query
        if moment.knownAt == nil {
            // All questions see one log, whatever comes meanwhile.
            let head = try await client.answer(to: ControlRequest(.get, "/v1/log/head"), as: HeadReport.self)
            query.append(("known_at", String(head.seq)))
        }
        let source = ReportSource(dataset, client: client, moment: query)
        let report = try await ReportWriting(source: source, year: year.text, top: top).report()
        switch options.chosenFormat {
        case nil: try StandardStreams.write(report.markdown())
        case .json: try StandardStreams.write(JSONWriter.bytes(of: report) + [0x0A])
        default: try StandardStreams.write(report.text())
        }
        return .done
    }
}
