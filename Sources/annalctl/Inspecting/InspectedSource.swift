import Annals
import Definitions
import Glibc
import Reading
import TableReading

/// A file's bytes, and the sidecar beside it.
struct InspectedSource {
    let path: String

    /// - Throws: Why it can't be read.
    func bytes() throws(Reason) -> [UInt8] { try Self.bytes(at: path, atMost: ReadingLimits().fileBytes) }

    /// The file as it would be dropped into the inbox itself, with the sidecar beside it.
    ///
    /// - Throws: Why the sidecar can't be read.
    func job() throws(Reason) -> ReaderJob {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let file = path + Sidecar.fileSuffix
        let sidecar = access(file, F_OK) == 0 ? try Self.bytes(at: file, atMost: Sidecar.maximumBytes) : nil
        let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return ReaderJob(
            source: SourceRef(path: Array(name.utf8), size: 0, sha256: .zero), sidecar: sidecar,
            limits: ReadingLimits(threads: threads))
    }

    private static func bytes(at path: String, atMost limit: Int) throws(Reason) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Reason("\(path) is no regular file", remedy: "Name a file")
        }
        guard status.st_size <= limit else {
            throw Reason(
                "\(path) is larger than the limit", found: "\(status.st_size) bytes", expected: "at most \(limit) bytes"
            )
        }
        return try contents(of: descriptor, size: Int(status.st_size), path)
    }

    /// At most `size` bytes: what is appended meanwhile is another file.
    private static func contents(of descriptor: CInt, size: Int, _ path: String) throws(Reason) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                // The bytes from `count` on are not initialised yet, and `size - count` of them fit.
                let got = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { return }
                count += got
            }
        }
        if failed { throw unreadable(path) }
        return bytes
    }

    private static func unreadable(_ path: String) -> Reason {
        Reason("Can't read \(path): \(String(cString: strerror(errno)))", remedy: "Name a file that you may read")
    }
}
