import Annals
import Archive
import ControlAPI
import Definitions
import Hummingbird

/// Which concordances are in force, and what the tables that they are bound to have.
struct ConcordanceRoutes: Sendable {
    let backend: any ControlBackend

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/concordances") { _ in
            let definitions = backend.definitions
            let concordances = definitions.concordances.values.sorted { $0.name < $1.name }
            return Answer.json(ConcordancesReport(concordances: concordances.map { Self.report($0, definitions) }))
        }
        routes.add(.get, "/v1/concordances/{concordance}") { call in
            let definitions = backend.definitions
            let concordance = try ConcordanceQuestion.concordance(try call.segment("concordance"), definitions)
            let archive = backend.archive
            return Answer.json(
                try await BlockingWork.run {
                    var report = Self.report(concordance, definitions)
                    report.codes = try Self.codes(of: concordance, definitions, in: archive)
                    return report
                })
        }
    }

    private static func bound(to concordance: Concordance, _ definitions: Definitions) -> [DatasetDefinition] {
        definitions.datasets.filter { $0.concordance?.name == concordance.name }
            .sorted { $0.dataset.slug < $1.dataset.slug }
    }

    private static func report(_ concordance: Concordance, _ definitions: Definitions) -> ConcordanceReport {
        ConcordanceReport(
            name: concordance.name, title: concordance.title, source: concordance.source,
            dimensions: concordance.dimensions, links: concordance.links.count,
            datasets: bound(to: concordance, definitions).map(\.dataset.slug))
    }

    /// In order.
    private static func codes(
        of concordance: Concordance, _ definitions: Definitions, in archive: Archive
    ) throws -> [String] {
        var codes: Set<String> = []
        let catalog = archive.catalog
        for definition in bound(to: concordance, definitions) {
            let wanted = definition.concordance?.dimensions(of: concordance) ?? []
            for year in catalog.years(definition.dataset) {
                guard let vintage = catalog.current(definition.dataset, year) else { continue }
                for dimension in try archive.keySpace(vintage).dimensions where wanted.contains(dimension.id) {
                    codes.formUnion(dimension.categories.map(\.code))
                }
            }
        }
        return codes.sorted()
    }
}
