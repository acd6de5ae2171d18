import ArgumentParser
import ControlAPI
import ControlClient

/// One cell through the years.
struct SeriesCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "series", abstract: "One cell through the years.",
        discussion: "EXAMPLE\n  annalctl series net-migration-between-counties --where county=03,counterpart=01")

    @Argument(help: "The dataset's id.") var dataset: String
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var moment: MomentOptions
    @OptionGroup var concordance: ConcordanceOptions
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request = ControlRequest(
            .get, ControlRequest.path("datasets", dataset, "series"),
            query: selection.query + moment.query + concordance.query)
        try await session.passOn(request, formats: [.table, .json, .csv, .ndjson])
        return .done
    }
}
