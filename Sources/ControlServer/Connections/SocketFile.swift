import Glibc
import Synchronization

/// The socket's owner or mode could not be set: what was attempted, on which path, and what the system said.
package struct SocketFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package var operation: String
    package var path: String
    package var code: CInt

    package var description: String { "\(operation) \(path): \(String(cString: strerror(code)))" }
}

/// The socket as it stands in the file system.
struct SocketFile: Sendable {
    let path: String
    let group: gid_t?

    /// Lets the group in, and nobody else: mode 0660.
    ///
    /// Until here it has the mode that the process's umask leaves.
    func secure() throws(SocketFileError) {
        if let group, chown(path, uid_t.max, group) != 0 {
            throw SocketFileError(operation: "chown", path: path, code: errno)
        }
        if chmod(path, 0o660) != 0 { throw SocketFileError(operation: "chmod", path: path, code: errno) }
    }

    /// Removes it; that it is gone already is as well.
    func remove() { _ = unlink(path) }
}

/// Keeps the first error that a callback met, for who can throw it.
final class FirstFailure: Sendable {
    private let failure = Mutex<(any Error)?>(nil)

    func set(_ error: any Error) { failure.withLock { $0 = $0 ?? error } }

    func rethrow() throws {
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
