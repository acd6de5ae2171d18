import Annals
import Archive
import Comparison
import ControlAPI
import Definitions

/// Which two tables a delta compares, and how.
struct DeltaQuestion: Sendable {
    enum Axis: String, Sendable {
        case year, vintage
    }

    let dataset: DatasetID
    let axis: Axis
    let from: ComparedSide
    let to: ComparedSide
    let options: DeltaOptions
    /// What the codes of two years, or of two versions, are compared by; nil for nothing.
    let concordance: ConcordanceChoice?
    /// The dimension whose sums are compared, over all others; nil where cells are.
    let by: String?
    /// All vintages of both years, whose releases each change is to be taken apart by; nil where it isn't.
    let explained: (from: [Vintage], to: [Vintage])?
    /// The current vintages of the years between the two; none between versions of a year.
    let between: [Vintage]
    /// What the answer rests on besides the two.
    let basis: AnswerBasis

    /// Those about rows.
    static let rowParameters = [WhereParameter.name, "top", "totals", "by"]

    static let parameters =
        ["from", "to", "year", "from_version", "to_version"] + rowParameters + ["explain"]
        + ConcordanceQuestion.parameters + CatalogQuestion.parameters

    /// Most rows that `top` may ask for.
    static let maximumTop = 1_000_000

    /// Two vintages.
    init(_ call: Call, _ question: CatalogQuestion, _ definitions: Definitions) throws(ControlProblem) {
        let query = call.query
        let axis: Axis
        let (from, to): (Vintage, Vintage)
        if let year = try query.text("year") {
            guard try query.text("from") == nil, try query.text("to") == nil else {
                throw ControlProblem(
                    .wrongParameter, "“year” compares versions of one year; “from” and “to” compare two years.",
                    remedy: "Give either.")
            }
            axis = .vintage
            (from, to) = try Self.versions(of: try question.year(year), query, question)
        } else {
            for name in ["from_version", "to_version"] where try query.text(name) != nil {
                throw ControlProblem(.wrongParameter, "“\(name)” needs “year”.", remedy: "Give the year as well.")
            }
            axis = .year
            (from, to) = try Self.years(query, question)
        }
        var explained: (from: [Vintage], to: [Vintage])?
        if try query.flag("explain") {
            guard axis == .year else {
                throw ControlProblem(
                    .deltaRefused, "Between two versions of one year there is nothing to decompose.",
                    remedy: "Ask for two years, or leave “explain” out.")
            }
            explained = (question.releases(from.year), question.releases(to.year))
        }
        try self.init(axis, from: .vintage(from), to: .vintage(to), explained: explained, query, question, definitions)
    }

    /// Two sides that are known.
    init(
        _ axis: Axis, from: ComparedSide, to: ComparedSide, explained: (from: [Vintage], to: [Vintage])?,
        _ query: QueryParameters, _ question: CatalogQuestion, _ definitions: Definitions
    ) throws(ControlProblem) {
        dataset = question.id
        self.axis = axis
        self.from = from
        self.to = to
        self.explained = explained
        let ends = [from.year, to.year].sorted()
        between =
            axis == .vintage ? [] : try question.years.filter { ends[0] < $0 && $0 < ends[1] }.map(question.current)
        by = try query.text("by")
        options = try Self.options(
            in: query, antisymmetric: DeltaOptions.antisymmetry(from: from.audits, to: to.audits))
        let choice = try ConcordanceQuestion.choice(in: query, of: question.id, definitions)
        // Versions with the same codes follow from none, unless somebody asks for it.
        let hasSameCodes = axis == .vintage && from.keySpace != nil && from.keySpace == to.keySpace
        concordance = hasSameCodes && choice?.isAskedFor != true ? nil : choice
        basis = AnswerBasis(question, definitions, concordance: concordance?.concordance.name)
    }

    /// Which rows are wanted.
    ///
    /// - Throws: `.wrongParameter`.
    static func options(
        in query: QueryParameters, antisymmetric: (row: String, column: String)?
    ) throws(ControlProblem) -> DeltaOptions {
        DeltaOptions(
            top: try query.number("top", in: 1...maximumTop),
            totals: try query.choice("totals", of: DeltaOptions.Totals.self),
            where: try WhereParameter.codes(in: query), antisymmetric: antisymmetric)
    }

    private static func years(
        _ query: QueryParameters, _ question: CatalogQuestion
    ) throws(ControlProblem) -> (Vintage, Vintage) {
        switch (try query.text("from"), try query.text("to")) {
        case (let from?, let to?):
            return (try question.current(try question.year(from)), try question.current(try question.year(to)))
        case (nil, nil):
            let latest = question.years.suffix(2)
            guard let from = latest.first, let to = latest.last, from != to else {
                throw ControlProblem(
                    .noSuchYear,
                    "\(question.id) has \(latest.isEmpty ? "no year" : "only one year")\(question.moment): "
                        + "there is nothing to compare.",
                    remedy: question.moment.isEmpty
                        ? "Compare versions of that year, or drop another year's table."
                        : "Name a later moment, or leave it out.")
            }
            return (try question.current(from), try question.current(to))
        default:
            throw ControlProblem(
                .wrongParameter, "“from” and “to” go together.", remedy: "Give both, or neither for the latest two.")
        }
    }

    private static func versions(
        of year: Int, _ query: QueryParameters, _ question: CatalogQuestion
    ) throws(ControlProblem) -> (Vintage, Vintage) {
        let range = 1...Int.max
        switch (try query.number("from_version", in: range), try query.number("to_version", in: range)) {
        case (let from?, let to?):
            return (try question.vintage(year, version: from), try question.vintage(year, version: to))
        case (nil, nil):
            let latest = question.vintages(year).suffix(2)
            guard latest.count == 2, let from = latest.first, let to = latest.last else {
                throw ControlProblem(
                    .noSuchVersion, "\(question.id) \(year) has only one version: there is nothing to compare it with.")
            }
            return (from, to)
        default:
            throw ControlProblem(
                .wrongParameter, "“from_version” and “to_version” go together.",
                remedy: "Give both, or neither for the latest two.")
        }
    }
}
