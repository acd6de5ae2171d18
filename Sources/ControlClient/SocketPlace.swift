import Glibc

/// Where a socket is connected to: its path, or where that is longer than the library takes, another one for it.
final class SocketPlace: Sendable {
    /// Nothing stands at the path, or nothing that may be looked at.
    struct Failure: Error {
        let code: CInt
    }

    /// At most as long as the library takes.
    let path: String
    private let descriptor: CInt?

    /// The longest path that swift-nio puts into an address, in bytes; unix(7) has room for 107.
    private static let longestPath = 103
    /// `O_PATH` of open(2), which Swift's view of the C library leaves out.
    private static let lookOnly: CInt = 0o10_000_000

    /// - Throws: ``Failure``.
    init(_ path: String) throws(Failure) {
        guard path.utf8.count > Self.longestPath else {
            self.path = path
            descriptor = nil
            return
        }
        // The kernel follows the link to whatever the descriptor was opened at. Source: proc(5), /proc/PID/fd.
        let descriptor = open(path, Self.lookOnly | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        self.path = "/proc/self/fd/\(descriptor)"
        self.descriptor = descriptor
    }

    deinit { if let descriptor { close(descriptor) } }
}
