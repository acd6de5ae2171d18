import Annals
import ControlAPI
import TableCoding

/// One year of a file that was read as if it were dropped, and wasn't.
struct UnrecordedTable: Sendable {
    let file: SourceRef
    let facts: DropFacts
    let sidecar: Sidecar?
    /// When the sidecar says that it is published, else the file itself; nil where neither does.
    let published: Instant?
    private let examined: ExaminedYear

    var table: Table { examined.table }
    var audits: [Audit] { examined.audits }
    var year: Int { table.period.year }
    var label: String { table.period.label }
    /// About the file and about this year's table.
    var findings: [Finding] { facts.findings + examined.findings }

    /// The years of a file that is compared with a dataset.
    ///
    /// - Parameters:
    ///   - examined: What became of it.
    ///   - dataset: What it is compared with.
    /// - Returns: At least one, ascending.
    /// - Throws: `.refused`, with the reason why it would be quarantined, or that it is of another dataset.
    static func tables(of examined: Examined, in dataset: DatasetID) throws(ControlProblem) -> [UnrecordedTable] {
        let tables: Examined.Tables
        switch examined.content {
        case .refused(let refusal): throw ControlProblem(refusedFile: examined.file.name, refusal.reason)
        case .tables(let read): tables = read
        }
        guard tables.facts.dataset == dataset else {
            throw ControlProblem(
                refusedFile: examined.file.name,
                Reason(
                    "ambiguous-dataset: this would be \(tables.facts.dataset), and it is to be compared with \(dataset)",
                    found: tables.facts.dataset.slug, expected: dataset.slug,
                    remedy:
                        "Compare it with \(tables.facts.dataset); or, where it is one of \(dataset), say so in a sidecar "
                        + "beside it (dataset: \(dataset))"))
        }
        return tables.years.map { year in
            UnrecordedTable(
                file: examined.file, facts: tables.facts, sidecar: examined.sidecar,
                published: examined.sidecar?.published ?? tables.published, examined: year)
        }
    }
}

extension ControlProblem {
    /// A file that would be quarantined.
    init(refusedFile name: String, _ reason: Reason) {
        var said = reason
        said.remedy = nil
        self.init(.refused, "\(name) would be quarantined: \(said.sentence).", remedy: reason.remedy.map { $0 + "." })
        self.reason = reason
    }
}
