import Annals
import Glibc

/// A regular file that somebody named, open for reading; its size is the one that it had then.
final class RegularFile: Sendable {
    let path: String
    let byteCount: Int
    private let descriptor: CInt

    /// - Throws: Why it can't be read.
    init(_ path: String) throws(Reason) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        var status = stat()
        let failure = fstat(descriptor, &status) == 0 ? nil : Self.unreadable(path)
        guard failure == nil, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw failure ?? Reason("\(path) is no regular file", remedy: "Name a file")
        }
        self.path = path
        self.descriptor = descriptor
        byteCount = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The file's name without its folder.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// - Throws: Where it is longer.
    func check(atMost limit: Int) throws(Reason) {
        guard byteCount > limit else { return }
        throw Reason(
            "\(path) is larger than the limit", found: "\(byteCount) bytes", expected: "at most \(limit) bytes")
    }

    /// All of it, or what is left of it: what is appended meanwhile is another file.
    ///
    /// - Throws: Why it can't be read.
    func bytes() throws(Reason) -> [UInt8] {
        let size = byteCount
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            buffer.askForLargePages()
            while count < size {
                // The bytes from `count` on are not initialised yet, and `size - count` of them fit.
                let got = pread(descriptor, buffer.baseAddress?.advanced(by: count), size - count, off_t(count))
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { return }
                count += got
            }
        }
        if failed { throw Self.unreadable(path) }
        return bytes
    }

    /// What stands from a place on, at most so much of it.
    ///
    /// - Throws: Why it can't be read, also where it has become shorter.
    func bytes(from offset: Int, atMost limit: Int) throws(Reason) -> [UInt8] {
        let wanted = min(limit, byteCount - offset)
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            var got: Int
            // As many bytes as there is room for.
            repeat {
                got = pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
            } while got < 0 && errno == EINTR
            failed = got < 0
            count = max(0, got)
        }
        if failed { throw Self.unreadable(path) }
        if bytes.isEmpty { throw Reason("\(path) has become shorter while it was read", remedy: "Try again") }
        return bytes
    }

    private static func unreadable(_ path: String) -> Reason {
        Reason("Can't read \(path): \(String(cString: strerror(errno)))", remedy: "Name a file that you may read")
    }
}
