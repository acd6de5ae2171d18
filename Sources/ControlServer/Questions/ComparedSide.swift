import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import TableCoding

/// One side of a delta: a vintage, or the table of a file that nobody has dropped.
enum ComparedSide: Sendable {
    case vintage(Vintage)
    case file(UnrecordedTable)

    var year: Int {
        switch self {
        case .vintage(let vintage): vintage.year
        case .file(let table): table.year
        }
    }

    /// Nil for a file.
    var version: Int? {
        guard case .vintage(let vintage) = self else { return nil }
        return vintage.version
    }

    var audits: [Audit] {
        switch self {
        case .vintage(let vintage): vintage.audits
        case .file(let table): table.audits
        }
    }

    var report: DeltaSide {
        switch self {
        case .vintage(let vintage): DeltaSide(vintage)
        case .file(let table): DeltaSide(table)
        }
    }

    /// Names its dimensions and their codes; nil for a file.
    var keySpace: Digest? {
        guard case .vintage(let vintage) = self else { return nil }
        return vintage.content.keySpace
    }

    /// What heads its column where two versions of a year are compared.
    var versionHeading: String { version.map { "version \($0)" } ?? "file" }

    /// Its table, knowing which codes are sums of others.
    ///
    /// - Throws: `ArchiveError` where it can't be read.
    func table(in archive: Archive, knowing sums: KnownSums) throws(ArchiveError) -> Table {
        switch self {
        case .vintage(let vintage): try sums.table(vintage, in: archive)
        case .file(let file): sums.table(file)
        }
    }
}

extension DeltaSide {
    fileprivate init(_ table: UnrecordedTable) {
        self.init(
            year: table.year, version: nil, kind: table.sidecar?.kind?.rawValue, stage: table.sidecar?.stage?.rawValue,
            reason: table.sidecar?.reason, published: table.published,
            source: SourceReport(
                file: table.file.file, sha256: table.file.sha256, bytes: table.file.size, table.facts))
    }
}
