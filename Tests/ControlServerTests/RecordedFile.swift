import Annals
import Archive
import Definitions
import Reading
import TableCoding

/// Files on their way into an archive.
enum RecordedFile {
    /// Records a file as the daemon does: once it is known what binds its dataset, it is examined with that.
    static func record(
        _ text: String, as name: String, in archive: Archive, _ definitions: Definitions = .builtIn
    ) throws -> [DropEntry] {
        let bytes = Array(text.utf8)
        let source = SourceRef(
            path: Array(name.utf8), size: Int64(bytes.count), sha256: ContentHasher.digest(of: bytes))
        let examiner = Examiner(definitions: definitions)
        var examined = examiner.examine(bytes, ReaderJob(source: source))
        if case .examineAgain(let bound) = try archive.decision(on: examined) {
            examined = examiner.examine(bytes, ReaderJob(source: source, bound: bound))
            examined.bound = bound
        }
        return try archive.commit(examined)
    }
}
