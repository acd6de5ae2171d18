import Annals
import Archive
import Auditing
import Definitions
import Synchronization
import TableCoding

/// Which codes of a dataset's dimensions are sums of others, as far as anything says so: what held in any version of any
/// year, what the definition in force declares, and what tables' figures say that prove nothing.
///
/// The same for all tables of all answers at one head and under one definition, so that a sum is the same in each of them.
final class KnownSums: Sendable {
    private let evidence: SumEvidence
    /// What follows from it for dimensions that were met: nil where nothing does.
    private let keySpaces = Mutex<[Digest: KeySpace?]>([:])
    private let knownDigest = Mutex<Digest?>(nil)

    /// A longer list is not kept.
    private static let mostKeptCategories = 4096

    init(_ evidence: SumEvidence) { self.evidence = evidence }

    /// Names all of it.
    var digest: Digest {
        knownDigest.withLock { known in
            if let known { return known }
            var writer = FieldWriter()
            for texts in evidence.texts {
                writer.message(1) { writer in
                    for text in texts { writer.text(1, text) }
                }
            }
            let digest = ContentHasher.digest(of: writer.bytes)
            known = digest
            return digest
        }
    }

    /// A vintage's table.
    ///
    /// - Throws: `ArchiveError` where it can't be read.
    func table(_ vintage: Vintage, in archive: Archive) throws(ArchiveError) -> Table {
        informed(try archive.table(vintage), of: vintage)
    }

    /// A vintage's table that was read.
    func informed(_ table: Table, of vintage: Vintage) -> Table {
        guard let keySpace = informed(table.keySpace, of: vintage) else { return table }
        var table = table
        table.keySpace = keySpace
        return table
    }

    /// The dimensions of a vintage's table.
    ///
    /// - Throws: `ArchiveError` where they can't be read.
    func keySpace(_ vintage: Vintage, in archive: Archive) throws(ArchiveError) -> KeySpace {
        let keySpace = try archive.keySpace(vintage)
        return informed(keySpace, of: vintage) ?? keySpace
    }

    /// The table of a file that nobody has dropped.
    func table(_ file: UnrecordedTable) -> Table {
        var evidence = evidence
        for audit in file.audits where audit.tellsOfSums { evidence.insert(audit.identity) }
        let seen = Auditing.seenSums(of: file.table)
        evidence.insert(seen)
        evidence.insert(copies: seen.copies)
        return file.table.informed(by: evidence)
    }

    private func informed(_ keySpace: KeySpace, of vintage: Vintage) -> KeySpace? {
        // Long lists stay in the archive's cache, whose limit holds.
        guard keySpace.dimensions.allSatisfy({ $0.categories.count <= Self.mostKeptCategories }) else {
            return keySpace.informed(by: evidence)
        }
        let name = vintage.content.keySpace
        if let known = keySpaces.withLock({ $0[name] }) { return known }
        let informed = keySpace.informed(by: evidence)
        keySpaces.withLock { $0[name] = .some(informed) }
        return informed
    }
}

/// What every table of an archive says of sums, kept from one answer to the next.
final class SumLibrary: Sendable {
    private struct Known {
        var seen: [TableContent: SeenSums] = [:]
        var datasets: [DatasetID: Entry] = [:]
    }

    /// What was put together for the last question about a dataset.
    private struct Entry {
        var head: UInt64
        var declared: Declared
        var sums: KnownSums
    }

    /// What a definition says.
    private struct Declared: Hashable {
        var identities: [Identity] = []
        var withoutTotal: [String] = []
    }

    /// With more of them all are forgotten, and those that are asked for come again.
    private static let mostKnown = 65_536

    private let archive: Archive
    private let file: ChangeFile?
    private let known = Mutex(Known())

    /// - Parameters:
    ///   - archive: Whose tables they are.
    ///   - file: Where what was seen is kept; nil where it isn't.
    init(_ archive: Archive, keptIn file: ChangeFile?) {
        self.archive = archive
        self.file = file
    }

    /// What is known of a dataset's sums as the log was, under the definitions in force.
    ///
    /// Tables that nobody has looked through yet are read for it, once. One that can't be read tells nothing: that mustn't
    /// keep others from being answered.
    func sums(of question: CatalogQuestion, _ definitions: Definitions) -> KnownSums {
        let definition = definitions.definition(of: question.id)
        let declared = Declared(
            identities: definition?.declaredSums ?? [], withoutTotal: definition?.dimensionsWithoutTotal ?? [])
        // What other datasets got since changes nothing.
        let vintages = question.catalog.years(question.id, knownAt: question.knownAt).flatMap {
            question.catalog.vintages(question.id, $0, knownAt: question.knownAt)
        }
        let head = vintages.reduce(0) { max($0, $1.sequence) }
        let entry = known.withLock { $0.datasets[question.id] }
        if let entry, entry.head == head, entry.declared == declared { return entry.sums }
        var evidence = SumEvidence()
        for identity in declared.identities { evidence.insert(identity) }
        for dimension in declared.withoutTotal { evidence.insert(dimensionWithoutTotal: dimension) }
        var (copies, isWhole): ([Identity], Bool) = ([], true)
        for vintage in vintages {
            for audit in vintage.audits where audit.tellsOfSums { evidence.insert(audit.identity) }
            do throws(ArchiveError) {
                let seen = try seen(in: vintage)
                evidence.insert(seen)
                copies += seen.copies
            } catch {
                isWhole = false
            }
        }
        evidence.insert(copies: copies)
        let sums = KnownSums(evidence)
        if isWhole {
            known.withLock { $0.datasets[question.id] = Entry(head: head, declared: declared, sums: sums) }
        }
        return sums
    }

    /// Whether a table was looked through, so that it needn't be read.
    func knows(_ vintage: Vintage) -> Bool {
        known.withLock { $0.seen[vintage.content] != nil } || kept(Self.key(of: vintage)) != nil
    }

    /// What a vintage's figures say.
    ///
    /// - Throws: `ArchiveError` where it can't be read.
    private func seen(in vintage: Vintage) throws(ArchiveError) -> SeenSums {
        // What is said of a lost vintage doesn't depend on what was asked before.
        let isThere = archive.holdsTable(of: vintage)
        if isThere, let seen = known.withLock({ $0.seen[vintage.content] }) { return seen }
        let key = Self.key(of: vintage)
        var seen = isThere ? kept(key) : nil
        if seen == nil {
            let found = Auditing.seenSums(of: try archive.table(vintage))
            var writer = FieldWriter()
            found.encode(to: &writer)
            if isThere { file?.keep(writer.bytes, under: key) }
            seen = found
        }
        let found = seen ?? SeenSums()
        guard isThere else { return found }
        known.withLock { known in
            if known.seen.count >= Self.mostKnown { known.seen.removeAll() }
            known.seen[vintage.content] = found
        }
        return found
    }

    private func kept(_ key: Digest) -> SeenSums? {
        guard let bytes = file?.answer(of: key) else { return nil }
        // One that can't be read is computed anew, like one that isn't there.
        return try? SeenSums(decoding: FieldReader(bytes, what: "sums"))  // see above
    }

    private static func key(of vintage: Vintage) -> Digest {
        var writer = FieldWriter()
        writer.number(1, 3)
        writer.message(4) { vintage.content.encode(to: &$0) }
        return ContentHasher.digest(of: writer.bytes)
    }
}

extension Audit {
    /// Whether it held, so that it says which codes are sums.
    fileprivate var tellsOfSums: Bool { result == .holds || result == .withinRounding }
}

extension SumEvidence {
    /// Takes what a table's figures say.
    fileprivate mutating func insert(_ seen: SeenSums) {
        for identity in seen.identities { insert(identity) }
        for (dimension, codes) in seen.namesakes { insert(namesakes: codes, of: dimension) }
    }
}

extension DatasetDefinition {
    /// The totals and sums of codes that it declares.
    fileprivate var declaredSums: [Identity] {
        dimensions.compactMap { dimension in
            dimension.totalCode.map { .total(dimension: dimension.id, code: $0) }
        } + audits
    }

    /// Ids of the dimensions of which it says that they have none.
    fileprivate var dimensionsWithoutTotal: [String] { dimensions.filter(\.hasNoTotal).map(\.id) }
}
