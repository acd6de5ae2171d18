import Annals
import Archive
import ControlAPI

/// What a request asks about, looked up in one snapshot of the catalog.
struct CatalogQuestion: Sendable {
    let catalog: Catalog
    let dataset: DatasetSummary
    /// Only what was published by then.
    let asOf: Instant?
    /// Only what the log had with that entry.
    let knownAt: UInt64?

    /// The parameters that it reads.
    static let parameters = ["as_of", "known_at"]

    /// - Throws: `.noSuchDataset`, naming those that there are; `.wrongParameter`.
    init(_ call: Call, in catalog: Catalog) throws(ControlProblem) {
        let name = try call.segment("dataset")
        guard let id = DatasetID(name), let dataset = catalog.dataset(id) else {
            throw ControlProblem(
                .noSuchDataset, "There is no dataset “\(name)”.",
                remedy: Self.remedy(known: catalog.datasets.map(\.id.slug), kind: "dataset"))
        }
        self.catalog = catalog
        self.dataset = dataset
        asOf = try call.query.instant("as_of")
        knownAt = try call.query.number("known_at", in: 0...UInt64.max)
        // What an entry that is yet to come will bring, nobody knows: the answer would be another one then.
        if let knownAt, knownAt > catalog.head.sequence {
            throw ControlProblem(
                .wrongParameter, "The log has no entry \(knownAt) yet.",
                remedy: "Its last one is \(catalog.head.sequence).")
        }
        if let knownAt, catalog.years(id, knownAt: knownAt).isEmpty {
            let known = catalog.datasets.map(\.id).filter { !catalog.years($0, knownAt: knownAt).isEmpty }
            throw ControlProblem(
                .noSuchDataset, "There was no dataset “\(name)” yet, known at \(knownAt).",
                remedy: Self.remedy(known: known.map(\.slug), kind: "dataset"))
        }
    }

    /// About everything that there is of a dataset; nil for an unknown one.
    init?(about id: DatasetID, in catalog: Catalog) {
        guard let dataset = catalog.dataset(id) else { return nil }
        self.catalog = catalog
        self.dataset = dataset
        (asOf, knownAt) = (nil, nil)
    }

    var id: DatasetID { dataset.id }

    /// Ascending; those that had a vintage at the time asked about.
    var years: [Int] { catalog.years(id, asOf: asOf, knownAt: knownAt) }

    /// The year that a path names, as a number or as a split year's label.
    ///
    /// - Throws: `.noSuchYear`, naming those that there are.
    func year(_ text: String) throws(ControlProblem) -> Int {
        let years = years
        let spelling = Self.folded(text)
        if let year = years.first(where: { String($0) == text || label(of: $0).map(Self.folded) == spelling }) {
            return year
        }
        throw ControlProblem(
            .noSuchYear, "\(id) has no year “\(text)”\(moment).",
            remedy: Self.remedy(known: years.map(String.init), kind: "year"))
    }

    /// A split year in one of its spellings: `2010/11`, `2010-2011` and `2010-11` are one.
    static func folded(_ label: String) -> String {
        let years = label.split(whereSeparator: { "/-–".contains($0) })
        guard years.count == 2, years[0].count == 4, [2, 4].contains(years[1].count) else { return label }
        return "\(years[0])-\(years[1].suffix(2))"
    }

    /// The current vintage of a year.
    ///
    /// - Throws: `.noSuchYear`.
    func current(_ year: Int) throws(ControlProblem) -> Vintage {
        guard let vintage = catalog.current(id, year, asOf: asOf, knownAt: knownAt) else {
            throw ControlProblem(
                .noSuchYear, "\(id) has no year \(year)\(moment).",
                remedy: Self.remedy(known: years.map(String.init), kind: "year"))
        }
        return vintage
    }

    /// By version.
    func vintages(_ year: Int) -> [Vintage] { catalog.vintages(id, year, asOf: asOf, knownAt: knownAt) }

    /// In order of publication; the last one is the current one.
    func releases(_ year: Int) -> [Vintage] {
        vintages(year).sorted { ($0.published, $0.sequence) < ($1.published, $1.sequence) }
    }

    /// - Throws: `.noSuchVersion`, naming those that there are.
    func vintage(_ year: Int, version: Int) throws(ControlProblem) -> Vintage {
        let vintages = vintages(year)
        guard let vintage = vintages.first(where: { $0.version == version }) else {
            throw ControlProblem(
                .noSuchVersion, "\(id) \(year) has no version \(version)\(moment).",
                remedy: Self.remedy(known: vintages.map { String($0.version) }, kind: "version"))
        }
        return vintage
    }

    private func label(of year: Int) -> String? {
        catalog.current(id, year, asOf: asOf, knownAt: knownAt)?.periodLabel
    }

    /// ` as of …`, for messages.
    var moment: String {
        (asOf.map { " as of \($0)" } ?? "") + (knownAt.map { " known at \($0)" } ?? "")
    }

    private static func remedy(known: [String], kind: String) -> String {
        guard !known.isEmpty else { return "There is no \(kind) yet." }
        let more = known.count > 10 ? " and \(known.count - 10) more" : ""
        return "There is: \(known.suffix(10).joined(separator: ", "))\(more)."
    }
}
