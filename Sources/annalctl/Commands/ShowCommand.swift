import ArgumentParser
import ControlAPI
import ControlClient

/// The table of a year.
struct ShowCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The table of a year: figures, audits, where it came from.",
        discussion: """
            EXAMPLES
              annalctl show net-migration-between-counties 2011
              annalctl show net-migration-between-counties 2011 --where county=03,counterpart=01 --source
              annalctl show net-migration-between-counties 2011 --format csv > 2011.csv
            """)

    @Argument(help: "The dataset's id.") var dataset: String
    @Argument(help: "The year, 2011 or 2011-12.") var year: YearArgument
    @Option(help: "This version instead of the current one.") var version: Int?
    @OptionGroup var moment: MomentOptions
    @OptionGroup var selection: SelectionOptions
    @Flag(help: "Adds where each cell stands in the source: line, column, text.") var source = false
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        var query = selection.query + moment.query
        if let version { query.append(("version", String(version))) }
        if source { query.append(("source", "true")) }
        let request = ControlRequest(.get, ControlRequest.path("datasets", dataset, "years", year.text), query: query)
        try await session.passOn(request, formats: AnswerFormat.allCases)
        return .done
    }
}

/// Which cells are wanted.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only these codes: DIM=CODE,DIM=CODE; county=03,11 for several codes; repeatable.", valueName: "dim=code"))
    var conditions: [String] = []

    var query: [(name: String, value: String)] { conditions.map { ("where", $0) } }
}
