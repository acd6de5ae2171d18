import Annals
import Glibc
import Reading

/// A regular file that somebody named, open for reading; its size is the one that it had then.
final class RegularFile: Sendable {
    let path: String
    let byteCount: Int
    private let descriptor: CInt
    private let state: State

    /// What tells that a file was written to.
    private struct State: Equatable {
        private let numbers: [Int]

        init(_ status: stat) {
            numbers = [
                Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
                status.st_ctim.tv_nsec,
            ]
        }
    }

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
        state = State(status)
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

    /// All of it.
    ///
    /// - Throws: Why it can't be read, also where somebody writes to it meanwhile.
    func bytes() throws(Reason) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(descriptor, count: byteCount, threads: Processors.count)
        } catch {
            throw Self.unreadable(path, "\(error)")
        }
        try checkUnchanged()
        return bytes
    }

    /// What stands from a place on, at most so much of it.
    ///
    /// - Throws: Why it can't be read; with its last piece, where somebody has written to it since it was opened.
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
        if bytes.isEmpty || offset + bytes.count == byteCount { try checkUnchanged() }
        if bytes.isEmpty { throw changed }
        return bytes
    }

    /// Parts of two files are no file: nobody ever had what they say together.
    private func checkUnchanged() throws(Reason) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
        guard State(status) == state else { throw changed }
    }

    private var changed: Reason {
        Reason("\(path) was written to while it was read", remedy: "Try again once it is whole")
    }

    private static func unreadable(_ path: String, _ error: String = String(cString: strerror(errno))) -> Reason {
        Reason("Can't read \(path): \(error)", remedy: "Name a file that you may read")
    }
}
