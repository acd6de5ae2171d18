import Annals
import Archive
import Comparison
import ControlAPI
import TableCoding

/// Which figure is asked for, in which releases, and how it is laid out.
struct TriangleQuestion: Sendable {
    let catalog: CatalogQuestion
    /// Codes by id of dimension.
    let wanted: [String: String]
    /// Every vintage within the limits of the question: what `where` may name.
    let vintages: [Vintage]
    /// Those of the kind and the stage asked for.
    let chosen: [Vintage]
    let nth: Int?
    let layout: TriangleLayout

    static let parameters =
        [WhereParameter.name, "kind", "stage", "n", "layout", "format"] + CatalogQuestion.parameters

    /// - Throws: `.wrongParameter`; `.noSuchYear` where nothing was there yet.
    init(_ call: Call, _ question: CatalogQuestion, as format: AnswerFormat) throws(ControlProblem) {
        let query = call.query
        let kind = try query.choice("kind", of: Sidecar.Kind.self)
        let stage = try query.choice("stage", of: Sidecar.Stage.self)
        let layout = try query.choice("layout", of: TriangleLayout.self)
        if layout != nil, format != .csv {
            throw ControlProblem(
                .wrongParameter, "“layout” is about CSV, and this is \(format.rawValue).", remedy: "Ask for format=csv."
            )
        }
        catalog = question
        wanted = try WhereParameter.codes(in: query)
        nth = try query.number("n", in: 1...Int.max)
        self.layout = layout ?? .long
        vintages = question.years.flatMap(question.releases)
        guard !vintages.isEmpty else {
            throw ControlProblem(.noSuchYear, "\(question.id) has no year\(question.moment).")
        }
        chosen = vintages.filter { vintage in
            (kind == nil || vintage.kind == kind) && (stage == nil || vintage.latestStage == stage)
        }
    }
}

extension Release {
    /// - Parameters:
    ///   - vintage: With the confirmations that there were within the limits of the question.
    ///   - content: A number for its table.
    init(_ vintage: Vintage, content: Int) {
        self.init(
            year: vintage.year, version: vintage.version, published: vintage.published, recorded: vintage.recorded,
            sequence: vintage.sequence, kind: vintage.kind, stage: vintage.latestStage,
            confirmed: vintage.confirmations.count, content: content)
    }

    /// Releases of vintages, which share a number where they share a table.
    static func numbered(_ vintages: [Vintage]) -> [Release] {
        var numbers: [TableContent: Int] = [:]
        return vintages.map { vintage in
            let number = numbers[vintage.content] ?? numbers.count
            numbers[vintage.content] = number
            return Release(vintage, content: number)
        }
    }
}
