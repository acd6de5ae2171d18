import Annals
import Archive
import Synchronization
import TableCoding

/// Second copies for tests: files by their digest, each with the tables that reading it gives.
final class FiledAway: SecondCopies {
    private struct Content {
        var files: [Digest: [UInt8]] = [:]
        var tables: [Digest: [Table]] = [:]
        var readings = 0
    }

    private let content = Mutex(Content())

    /// Keeps a file.
    func keep(_ bytes: [UInt8], tables: [Table]? = nil) {
        content.withLock { content in
            let digest = ContentHasher.digest(of: bytes)
            content.files[digest] = bytes
            if let tables { content.tables[digest] = tables }
        }
    }

    /// Loses a file; what it reads as stays known.
    func lose(_ bytes: [UInt8]) { content.withLock { $0.files[ContentHasher.digest(of: bytes)] = nil } }

    /// How often a source was read again.
    var readings: Int { content.withLock { $0.readings } }

    func source(_ file: FiledFile) throws(Reason) -> [UInt8] { try bytes(file.sha256) }
    func sidecar(_ digest: Digest, of file: FiledFile) throws(Reason) -> [UInt8] { try bytes(digest) }
    func definition(_ digest: Digest) throws(Reason) -> [UInt8] { try bytes(digest) }

    private func bytes(_ digest: Digest) throws(Reason) -> [UInt8] {
        guard let bytes = content.withLock({ $0.files[digest] }) else { throw Reason("no such file") }
        return bytes
    }

    func tables(of source: [UInt8], recipe: ReadingRecipe) throws(Reason) -> [Table] {
        let tables = content.withLock { content in
            content.readings += 1
            return content.tables[ContentHasher.digest(of: source)]
        }
        guard let tables else { throw Reason("no table in it") }
        return tables
    }
}
