import Annals
import Archive
import Comparison
import ControlAPI
import Definitions
import Reading
import TableReading

/// Which file is compared, and with what, as far as that can be told before it is read.
struct FileDeltaQuestion: Sendable {
    let catalog: CatalogQuestion
    /// How much of what is sent is the sidecar.
    let sidecarByteCount: Int?
    private let query: QueryParameters
    private let definitions: Definitions
    /// Its raw name, without a folder.
    private let name: [UInt8]
    /// Which of its years is meant, as it was written; nil for its only one.
    private let wantedYear: String?
    /// The year that it is compared with, as it was written; nil where its own year says.
    private let wantedFrom: String?

    static let parameters =
        ["name", "sidecar_bytes", "year", "from", "to"] + DeltaQuestion.rowParameters + ["explain"]
        + ConcordanceQuestion.parameters + CatalogQuestion.parameters

    /// - Throws: `.wrongParameter`; `.noSuchYear`; `.noSuchConcordance`; `.deltaRefused` for what can't be asked of a file.
    init(_ call: Call, _ question: CatalogQuestion, _ definitions: Definitions) throws(ControlProblem) {
        let query = call.query
        catalog = question
        self.query = query
        self.definitions = definitions
        guard let name = try query.text("name"), !name.isEmpty, !name.utf8.contains(where: { [0, 0x2F].contains($0) })
        else {
            throw query.wrong("name", try query.text("name") ?? "", "the name of the file, without its folder")
        }
        self.name = EscapedName.raw(name)
        sidecarByteCount = try query.number("sidecar_bytes", in: 0...Sidecar.maximumBytes)
        if try query.flag("explain") {
            throw ControlProblem(
                .deltaRefused, "Nothing of a file has been published yet, so there is nothing to decompose.",
                remedy: "Drop it, and ask again; or leave “explain” out.")
        }
        // What is wrong with these is said before the file is sent.
        _ = try DeltaQuestion.options(in: query, antisymmetric: nil)
        _ = try ConcordanceQuestion.choice(in: query, of: question.id, definitions)
        switch (try query.text("year"), try query.text("from"), try query.text("to")) {
        case (let year, nil, nil):
            wantedYear = year
            wantedFrom = nil
        case (nil, let from?, let to?):
            wantedYear = to
            wantedFrom = from
        default:
            throw ControlProblem(
                .wrongParameter, "“year” is the file's year; “from” and “to” are the year before and the file's.",
                remedy: "Give “year” alone, or “from” and “to” together.")
        }
    }

    /// What a reader is told of the file.
    func job(for upload: Upload, limits: ReadingLimits) -> ReaderJob {
        let source = SourceRef(path: name, size: Int64(upload.byteCount), sha256: upload.sha256)
        let named = TableReading.dataset(ofFileNamed: source.name)
        let isNamedAfterAnother = named.map { $0 != catalog.id && catalog.catalog.dataset($0) != nil } ?? false
        return ReaderJob(
            source: source, sidecar: upload.sidecar, limits: limits,
            presumed: isNamedAfterAnother ? nil : catalog.id)
    }

    /// The question that the file's tables complete.
    ///
    /// - Parameter tables: One a year.
    /// - Returns: The file's year against its current vintage; where there is none, or another year was named, against that
    ///   year or the year before, as the file has it where it would become current there.
    /// - Throws: `.wrongParameter`, `.noSuchYear`, naming the years that there are.
    func completed(by tables: [UnrecordedTable]) throws(ControlProblem) -> DeltaQuestion {
        let table = try chosen(from: tables)
        let (axis, from): (DeltaQuestion.Axis, ComparedSide)
        if let wantedFrom {
            let others = tables.filter { $0.year != table.year }
            (axis, from) = (.year, try earlierSide(Self.table(of: wantedFrom, in: others)?.year, wantedFrom, others))
        } else if catalog.years.contains(table.year) {
            (axis, from) = (.vintage, .vintage(try catalog.current(table.year)))
        } else if let before = (catalog.years + tables.map(\.year)).filter({ $0 < table.year }).max() {
            (axis, from) = (.year, try earlierSide(before, String(before), tables))
        } else {
            throw ControlProblem(
                .noSuchYear, "\(catalog.id) has neither \(table.label) nor a year before it\(catalog.moment).",
                remedy: "Name the year to compare it with: FROM..\(table.label).")
        }
        return try DeltaQuestion(
            axis, from: from, to: .file(table), explained: nil, query, catalog, definitions)
    }

    /// What will be current of a year once the file is dropped: the file's own table, unless a later one is recorded.
    private func earlierSide(
        _ year: Int?, _ text: String, _ tables: [UnrecordedTable]
    ) throws(ControlProblem) -> ComparedSide {
        guard let table = tables.first(where: { $0.year == year }) else {
            return .vintage(try catalog.current(try catalog.year(text)))
        }
        guard catalog.years.contains(table.year) else { return .file(table) }
        let current = try catalog.current(table.year)
        // A file that says nothing is published when it is dropped.
        return table.published.map { $0 < current.published } ?? false ? .vintage(current) : .file(table)
    }

    private static func table(of text: String, in tables: [UnrecordedTable]) -> UnrecordedTable? {
        let spelling = CatalogQuestion.folded(text)
        return tables.first { String($0.year) == text || CatalogQuestion.folded($0.label) == spelling }
    }

    private func chosen(from tables: [UnrecordedTable]) throws(ControlProblem) -> UnrecordedTable {
        let labels = tables.map(\.label).joined(separator: ", ")
        guard let wantedYear else {
            guard tables.count == 1 else {
                throw ControlProblem(
                    .wrongParameter, "The file has \(tables.count) years.", remedy: "Name one of them: \(labels).")
            }
            return tables[0]
        }
        guard let table = Self.table(of: wantedYear, in: tables) else {
            throw ControlProblem(
                .noSuchYear, "The file has no year “\(wantedYear)”.", remedy: "It has: \(labels).")
        }
        return table
    }
}
