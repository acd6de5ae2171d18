import Annals
import Archive
import Auditing
import Definitions
import Synchronization
import TableCoding

/// Which codes of a dataset's dimensions are sums of others, as far as anything says so: what held in the current vintage of
/// any year, what the definition in force declares, and what a table's figures say that prove nothing.
///
/// The same for all tables of all answers at one head and under one definition, so that a sum is the same in each of them.
struct KnownSums: Sendable {
    private let identities: [Identity]
    private let likely: LikelySums

    init(of question: CatalogQuestion, _ definitions: Definitions, _ likely: LikelySums) {
        self.likely = likely
        identities =
            question.catalog.heldIdentities(question.id, knownAt: question.knownAt)
            + (definitions.definition(of: question.id)?.declaredSums ?? [])
    }

    /// A vintage's table.
    ///
    /// - Throws: `ArchiveError` where it can't be read.
    func table(_ vintage: Vintage, in archive: Archive) throws(ArchiveError) -> Table {
        try archive.table(vintage).withSums(of: identities(vintage, in: archive))
    }

    /// The table of a file that nobody has dropped.
    func table(_ file: UnrecordedTable) -> Table {
        file.table.withSums(of: identities + file.audits.map(\.identity) + Auditing.likelySums(of: file.table))
    }

    /// What tells the sums of a vintage's table.
    ///
    /// - Throws: `ArchiveError` where it can't be read.
    func identities(_ vintage: Vintage, in archive: Archive) throws(ArchiveError) -> [Identity] {
        try identities + vintage.audits.map(\.identity)
            + likely.identities(vintage.content) { () throws(ArchiveError) in try archive.table(vintage) }
    }
}

/// What ``Auditing/likelySums(of:)`` says of tables, kept from one answer to the next.
final class LikelySums: Sendable {
    /// With more of them all are forgotten, and those that are asked for come again.
    private static let mostKnown = 16_384

    private let known = Mutex<[TableContent: [Identity]]>([:])

    /// - Parameters:
    ///   - content: Of the table.
    ///   - table: Reads it, where it is new.
    /// - Returns: Sums of codes.
    /// - Throws: What reading it throws.
    func identities(
        _ content: TableContent, of table: () throws(ArchiveError) -> Table
    ) throws(ArchiveError) -> [Identity] {
        if let known = known.withLock({ $0[content] }) { return known }
        let found = Auditing.likelySums(of: try table())
        known.withLock { known in
            if known.count >= Self.mostKnown { known.removeAll() }
            known[content] = found
        }
        return found
    }
}

extension DatasetDefinition {
    /// The totals and sums of codes that it declares.
    fileprivate var declaredSums: [Identity] {
        dimensions.compactMap { dimension in
            dimension.totalCode.map { .total(dimension: dimension.id, code: $0) }
        } + audits
    }
}
