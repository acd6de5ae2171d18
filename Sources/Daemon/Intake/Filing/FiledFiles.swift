import Annals
import Archive
import Glibc
import Inbox
internal import TableCoding

/// The files beneath `done/`, found again by what they contain.
///
/// Names are only hints: a file is the one that is looked for if its SHA-256 is.
struct FiledFiles: Sendable {
    /// The state directory.
    let statePath: String

    /// The bytes of the file with a digest, among those of a dataset.
    ///
    /// The directory of its years is looked through first, the names that begin with its digest before the others.
    ///
    /// - Throws: `Reason` where there is none.
    func bytes(of digest: Digest, years: String, dataset: DatasetID, size: Int64?) throws(Reason) -> [UInt8] {
        let dataset = Array("done/\(dataset.slug)".utf8)
        let expected = RawPath.join(dataset, Array(years.utf8))
        let others = names(in: dataset).map { RawPath.join(dataset, $0) }.filter { $0 != expected }
        for directory in [expected] + others {
            if let bytes = bytes(of: digest, in: directory, size: size) { return bytes }
        }
        throw Reason(
            "the file \(digest.hex.prefix(8)) isn't in \(EscapedName.text(dataset)) any more",
            remedy: "Put a copy of it back there, from a backup for example.")
    }

    private func bytes(of digest: Digest, in directory: [UInt8], size: Int64?) -> [UInt8]? {
        let prefix = Array(digest.hex.prefix(8).utf8)
        let names = names(in: directory)
        let likely = names.filter { $0.starts(with: prefix) }
        // A sidecar is named after its table, and so is hashed with all the others; there are few in one directory.
        for name in likely + names.filter({ !$0.starts(with: prefix) }) {
            let path = RawPath.join(directory, name)
            if let bytes = contents(of: path, size: size), ContentHasher.digest(of: bytes) == digest { return bytes }
        }
        return nil
    }

    /// Raw names in a directory beneath the state, in their order; none where it can't be read.
    private func names(in directory: [UInt8]) -> [[UInt8]] {
        guard let stream = withPath(directory, { opendir($0) }) else { return [] }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = Descriptor.name(of: entry)
            if name.first != UInt8(ascii: ".") { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The whole of a regular file of that size; nil for any other, and where it can't be read.
    private func contents(of path: [UInt8], size: Int64?) -> [UInt8]? {
        let descriptor = withPath(path) { open($0, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        guard size.map({ $0 == status.st_size }) ?? (status.st_size <= Self.mostSidecarBytes) else { return nil }
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count, isWhole {
                // Never more than what is left of the buffer.
                let got = pread(descriptor, buffer.baseAddress! + count, buffer.count - count, off_t(count))
                if got > 0 { count += got } else { isWhole = got < 0 && errno == EINTR }
            }
        }
        return isWhole ? bytes : nil
    }

    /// What no sidecar exceeds, with room.
    private static let mostSidecarBytes: off_t = 1 << 20

    private func withPath<Answer>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Answer) -> Answer {
        (Array("\(statePath)/".utf8) + path + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) }
        }
    }
}
