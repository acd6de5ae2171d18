import Annals
import Definitions
import Reading
import SampleTables
internal import TableCoding

/// The founding table, year after year, made up, read and audited as files are.
struct YearlyPages {
    private let examiner = Examiner(definitions: .builtIn)

    /// A year of one of many datasets of the same shape, and what it comes to.
    func page(year: Int, series: Int) -> (source: [UInt8], examined: Examined) {
        let source = Array(NetMigrationPage(year: year, seed: UInt64(series)).text.utf8)
        return (source, examiner.examine(source, path: "net-migration-\(series)/net-migration-\(year).txt"))
    }
}

extension Examiner {
    /// What a file comes to that nobody claimed.
    func examine(_ bytes: [UInt8], path: String) -> Examined {
        let file = SourceRef(
            path: Array(path.utf8), device: 1, inode: 1, size: Int64(bytes.count),
            sha256: ContentHasher.digest(of: bytes))
        return examine(bytes, ReaderJob(source: file))
    }
}
