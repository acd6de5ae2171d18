import Annals
import Archive
import ArchiveAnswers
import Comparison
import ControlAPI
import Definitions
import Hummingbird
import TableCoding

/// Every release of every year of one figure.
struct TriangleRoutes: Sendable {
    let backend: any ControlBackend
    let origins = VintageOrigins()

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/datasets/{dataset}/triangle", TriangleQuestion.parameters) { call in
            try await triangle(call)
        }
    }

    private func triangle(_ call: Call) async throws -> Response {
        let format = try AnswerFormat.choice(for: call.request, call.query)
        let question = try TriangleQuestion(call, CatalogQuestion(call, in: backend.archive.catalog), as: format)
        let report = try await BlockingWork.run { try self.report(question) }
        switch format {
        case .json, .jsonStat: return Answer.json(report)
        case .csv:
            try refuseUnlikeUnits(report)
            return Answer.bytes(report.csv(question.layout), contentType: format.contentType)
        case .table: return Answer.bytes(Array(report.text().utf8), contentType: format.contentType)
        case .ndjson: return Answer.list(report.points, named: "points", as: .ndjson)
        }
    }

    /// The layouts have no place for a unit.
    private func refuseUnlikeUnits(_ report: TriangleReport) throws(ControlProblem) {
        let units = Set(report.points.filter { $0.value.scaled != nil }.map { $0.unit ?? "no unit" })
        guard units.count > 1 else { return }
        throw ControlProblem(
            .deltaRefused, "The releases are counted in different units: \(units.sorted().joined(separator: ", ")).",
            remedy: "Ask for JSON, which says the unit of each, or for a table.")
    }

    /// The dimensions of each vintage and which of their categories are sums, without those that are like the one before.
    private func keySpaces(of vintages: [Vintage], _ sums: KnownSums) throws(ArchiveError) -> [KeySpace] {
        var keySpaces: [KeySpace] = []
        var last: Digest?
        for vintage in vintages where vintage.content.keySpace != last {
            keySpaces.append(try sums.keySpace(vintage, in: backend.archive))
            last = vintage.content.keySpace
        }
        return keySpaces
    }

    /// A code that means something else in another release of its year has no revision.
    ///
    /// - Throws: `ControlProblem`; `ArchiveError`.
    private func refuseOtherCodes(
        _ question: TriangleQuestion, _ sums: KnownSums, by choice: ConcordanceChoice
    ) throws {
        for (year, releases) in Dictionary(grouping: question.chosen, by: \.year).sorted(by: { $0.key < $1.key }) {
            guard let latest = releases.last else { continue }
            var seen: Set<Digest> = [latest.content.keySpace]
            for release in releases where seen.insert(release.content.keySpace).inserted {
                let first = try sums.table(release, in: backend.archive)
                let second = try sums.table(latest, in: backend.archive)
                let changed: [String]
                do throws(ComparisonRefusal) {
                    let options = DeltaOptions(where: question.wanted)
                    changed = try ConcordedTables(from: first, to: second, by: choice, options: options)
                        .changedCodes(in: question.wanted)
                } catch {
                    // What is wanted of them doesn't add up.
                    changed = question.wanted.values.sorted()
                }
                guard let code = changed.first else { continue }
                throw ControlProblem(
                    .deltaRefused,
                    "Version \(release.version) of \(year) is in codes of another day than version \(latest.version), and "
                        + "“\(code)” doesn't mean the same in both (concordance \(choice.concordance.name)).",
                    remedy: "Compare the versions: `annalctl delta \(question.catalog.id) --vintage "
                        + "\(year):\(release.version)..\(latest.version)`; or ask for a sum over all codes.")
            }
        }
    }

    private func report(_ question: TriangleQuestion) throws -> TriangleReport {
        let archive = backend.archive
        let definitions = backend.definitions
        let declared = definitions.definition(of: question.catalog.id)?.measures ?? []
        let sums = backend.changes.sums.sums(of: question.catalog, definitions)
        let keySpaces = try keySpaces(of: question.vintages, sums)
        do {
            if let choice = ConcordanceQuestion.bound(to: question.catalog.id, definitions) {
                try refuseOtherCodes(question, sums, by: choice)
            }
            let selection = try FigureSelection(where: question.wanted, in: keySpaces)
            // Of equal tables only the first is read; of the others nothing is kept but the figure.
            var figures: [Int: FigureSelection.Figure] = [:]
            let points = try zip(question.chosen, Release.numbered(question.chosen)).map { vintage, release in
                let figure =
                    try figures[release.content]
                    ?? selection.figure(
                        in: try sums.table(vintage, in: archive).withAdditivity(of: declared))
                figures[release.content] = figure
                return Triangle.Point(release, figure)
            }
            let basis = AnswerBasis(question.catalog, definitions)
            return TriangleReport(
                question, selection, Triangle(points, nth: question.nth), origins.origins(of: question.chosen), basis)
        } catch let refusal as ComparisonRefusal {
            throw ControlProblem(refusal)
        }
    }
}

extension TriangleReport {
    fileprivate init(
        _ question: TriangleQuestion, _ selection: FigureSelection, _ triangle: Triangle, _ origins: [VintageOrigin],
        _ basis: AnswerBasis
    ) {
        let originBySequence = Dictionary(
            zip(question.chosen.map(\.sequence), origins), uniquingKeysWith: { first, _ in first })
        self.init(
            dataset: question.catalog.id.slug, dimensions: selection.dimensions, at: selection.at,
            where: Selection(question.wanted), decimals: triangle.decimals,
            points: triangle.points.compactMap { point in
                originBySequence[point.release.sequence].map { Point(point, $0) }
            },
            years: triangle.years.map { Year($0, hasNth: question.nth != nil) }, summary: Summary(triangle.summary),
            basis: basis)
    }
}

extension TriangleReport.Point {
    fileprivate init(_ point: Triangle.Point, _ origin: VintageOrigin) {
        let (release, figure) = (point.release, point.figure)
        self.init(
            year: release.year, version: release.version,
            value: ExactFigure(figure), status: figure.status?.code ?? "absent", kind: release.kind?.rawValue,
            stage: release.stage?.rawValue, confirmed: release.confirmed, unit: figure.unit,
            origin: origin)
    }
}

extension TriangleReport.Year {
    fileprivate init(_ year: Triangle.Year, hasNth: Bool) {
        let revision = year.revision
        self.init(
            year: year.year, releases: year.releases, first: ExactFigure(year.first),
            nth: hasNth ? year.nth.map { ExactFigure($0) } ?? ExactFigure(nil, decimals: 0) : nil,
            latest: ExactFigure(year.latest),
            revision: ExactFigure(difference: revision?.change, decimals: revision?.decimals ?? 0)
        )
    }
}

extension TriangleReport.Summary {
    fileprivate init(_ summary: Triangle.Summary) {
        self.init(
            years: summary.years, revised: summary.revised,
            meanRevision: ExactFigure(summary.meanRevisionMicros, decimals: Triangle.meanDecimals),
            meanAbsoluteRevision: ExactFigure(summary.meanAbsoluteRevisionMicros, decimals: Triangle.meanDecimals),
            signChanges: summary.signChanges)
    }
}

extension ExactFigure {
    fileprivate init(_ figure: FigureSelection.Figure) { self.init(figure.value, decimals: figure.decimals) }
}
