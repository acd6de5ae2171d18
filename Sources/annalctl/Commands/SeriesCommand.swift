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
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let request = ControlRequest(
            .get, ControlRequest.path("datasets", dataset, "series"), query: selection.query + moment.query)
        try await session.passOn(request, as: ReceivedSeries.self, formats: [.table, .json, .csv, .ndjson]) { series in
            Array(Self.text(series).utf8)
        }
        return .done
    }

    private static func text(_ series: ReceivedSeries) -> String {
        var figures = FigureText()
        var table = TextTable([("year", .left), ("version", .right), ("value", .right), ("unit", .left)])
        for point in series.points {
            let cell = TableReport.Cell(
                at: series.at, value: point.value, status: point.status, flags: point.flags)
            table.add([
                String(point.year), String(point.version), figures.text(cell, decimals: point.decimals),
                point.unit ?? "",
            ])
        }
        let key = zip(series.dimensions, series.at).map { "\($0)=\($1)" }.joined(separator: ", ")
        let heading = TerminalText.sanitised("\(series.dataset): \(key)") + "\n\n"
        return heading + table.text() + (figures.legendLine.map { TerminalText.sanitised($0) + "\n" } ?? "")
    }
}
