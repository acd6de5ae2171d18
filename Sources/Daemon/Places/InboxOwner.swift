import Annals
import CLinux
import Glibc
import Inbox

/// Whose an inbox is: of two daemons that take files out of one, neither has all of them.
///
/// The inbox says it itself, in an extended attribute that names a state directory. As long as somebody has that directory
/// locked, no other daemon takes anything. Nothing is held open for it, so that the inbox can be removed or unmounted. Where
/// a file system has no such attributes nobody is kept out.
struct InboxOwner {
    private let inbox: String
    /// As it is named to others.
    private let state: String
    private(set) var problem: String?
    private var nextNs: UInt64 = 0

    private static let attribute = "user.annal.state"
    private static let intervalNs: UInt64 = 2_000_000_000

    init(inbox: String, state: String) {
        self.inbox = inbox
        let path = realpath(state, nil)
        defer { free(path) }
        self.state = path.map { String(cString: $0) } ?? state
    }

    /// The inbox is another daemon's.
    struct Taken: Error, CustomStringConvertible {
        let description: String
    }

    /// Makes the inbox this daemon's.
    ///
    /// - Throws: ``Taken``.
    mutating func take() throws(Taken) {
        look()
        if let problem { throw Taken(description: problem) }
    }

    /// Looks again, now and then: another directory may stand at the path.
    mutating func check() {
        if MonotonicClock.nowNs() >= nextNs { look() }
    }

    private mutating func look() {
        nextNs = MonotonicClock.nowNs() + Self.intervalNs
        problem = nil
        let directory = open(inbox, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // Who watches it says that it is gone.
        guard directory >= 0 else { return }
        defer { close(directory) }
        let named = Self.named(directory)
        if named == state { return }
        if let named, Place.Spot(named) != Place.Spot(state), Self.isLocked(named) {
            problem =
                "Another daemon, with the state directory \(EscapedName.text(Array(named.utf8))), takes files from the inbox \(inbox). Stop that "
                + "one, or give one of them an inbox of its own."
            return
        }
        // An inbox that can't be written to, or without such attributes, is as it was.
        _ = annal_write_attribute(directory, Self.attribute, state, state.utf8.count)
    }

    /// The state directory that an inbox names; nil where it names none.
    private static func named(_ directory: Int32) -> String? {
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            count = max(0, annal_read_attribute(directory, attribute, buffer.baseAddress, buffer.count))
        }
        return bytes.first == UInt8(ascii: "/") ? String(validating: bytes, as: UTF8.self) : nil
    }

    /// Whether somebody holds the lock of a state directory.
    ///
    /// Source: flock(2). A lock of its own is given back at once.
    private static func isLocked(_ path: String) -> Bool {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC)
        guard directory >= 0 else { return false }
        defer { close(directory) }
        return flock(directory, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
