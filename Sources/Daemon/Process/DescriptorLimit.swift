import ControlServer
import Glibc
import NIOCore

/// How many descriptors the process may have open, and how many of them clients may take.
///
/// Whatever happens at the socket, the inbox, the log and the readers have theirs: what libdispatch and the event loops
/// need while they run, they can't be refused without ending the process.
struct DescriptorLimit: Hashable, Sendable {
    let count: Int

    /// The fewest connections that are of use.
    static let fewestConnections = 8
    /// The fewest descriptors with which a small log and a small inbox can be worked on.
    static let fewest = 40 + fewestConnections

    /// There are too few.
    struct TooLow: Error, CustomStringConvertible {
        let count: Int

        var description: String {
            "This process may open \(count) files, and needs \(fewest) at least. Raise the limit: LimitNOFILE= of its unit, or "
                + "ulimit -n."
        }
    }

    /// - Throws: ``TooLow``.
    func check() throws(TooLow) {
        if count < Self.fewest { throw TooLow(count: count) }
    }

    /// Raises the process's own limit as far as it may be raised.
    ///
    /// Source: getrlimit(2), `RLIMIT_NOFILE`. 1,024 was chosen for programs that use select(2), which nothing here does.
    static func raise() -> DescriptorLimit {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return DescriptorLimit(count: 1024) }
        let soft = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        let isRaised = setrlimit(resource, &limit) == 0
        return DescriptorLimit(count: Int(clamping: isRaised ? limit.rlim_max : soft))
    }

    /// How many files may be in hand at once.
    ///
    /// Each holds a few descriptors, its own and those of the directories that it goes to; with few of them fewer files are
    /// in hand, so that those can be filed away.
    static var filesInHand: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1 }
        return (Int(clamping: limit.rlim_cur) - descriptorsForOthers) / descriptorsOfEach
    }

    /// For the log, connections, readers, and what the libraries keep.
    private static let descriptorsForOthers = 64
    private static let descriptorsOfEach = 8

    /// How many connections there may be.
    ///
    /// - Parameters:
    ///   - wanted: What the settings say.
    ///   - readers: How many readers there are.
    ///   - cores: How many event loops there are.
    /// - Returns: As many as wanted, or what is left over; never so few that nobody can be answered.
    func connections(wanted: Int, readers: Int, cores: Int = System.coreCount) -> Int {
        // 64 segments of the log that are being read; the directories, what is claimed, filed and copied; each event
        // loop's three; a reader's socket, errors, file and answer, also of those for files that are only compared.
        let reserved = 64 + 48 + 3 * cores + 8 * (readers + UploadTurns.mostAtOnce)
        return min(wanted, max(Self.fewestConnections, count - reserved))
    }
}
