import Annals
import ArgumentParser
import ControlAPI
import ControlClient

/// Every release of every year of one figure.
struct TriangleCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "triangle",
        abstract: "The revision triangle: every release of every year of a cell, or of a selection's sum.",
        discussion: """
            EXAMPLES
              annalctl triangle net-migration-between-counties --where county=03,counterpart=01
              annalctl triangle population --where sex=f --stage final --n 2
              annalctl triangle population --format csv --layout by-time > triangle.csv
            """)

    @Argument(help: "The dataset's id.") var dataset: String
    @OptionGroup var selection: SelectionOptions
    @Option(help: "Only releases of that kind.") var kind: Sidecar.Kind?
    @Option(help: "Only releases of that stage.") var stage: Sidecar.Stage?
    @Option(help: "Which release of each year is shown besides the first and the latest.") var n: Int?
    @Option(help: "How CSV is laid out: a row a release, a row a year, or a row a publication date.")
    var layout: TriangleLayout?
    @OptionGroup var moment: MomentOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if let n, n < 1 { throw ValidationError("--n takes a number from 1 on.") }
        if layout != nil, options.format != .csv { throw ValidationError("--layout is about --format csv.") }
    }

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        var query = selection.query + moment.query
        if let kind { query.append(("kind", kind.rawValue)) }
        if let stage { query.append(("stage", stage.rawValue)) }
        if let n { query.append(("n", String(n))) }
        if let layout { query.append(("layout", layout.rawValue)) }
        let request = ControlRequest(.get, ControlRequest.path("datasets", dataset, "triangle"), query: query)
        try await session.passOn(request, formats: [.table, .json, .csv, .ndjson])
        return .done
    }
}

extension TriangleLayout: ExpressibleByArgument {}
extension Sidecar.Kind: ExpressibleByArgument {}
extension Sidecar.Stage: ExpressibleByArgument {}
