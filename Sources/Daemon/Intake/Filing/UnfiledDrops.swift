import Annals
import Archive
import Inbox
import Synchronization

/// The files that are recorded and haven't left the inbox: each by what its commit claims, so that it is recorded once,
/// whatever its name, its mode and its owner become before it can be moved.
///
/// A file is among them from just after its commit until it is filed away. Those that could not be moved are *stuck*: they
/// are tried again, shown, and written down in the state directory (``UnfiledRecord``), so that a restart knows them. For
/// any thread; only the intake's changes something.
final class UnfiledDrops: Sendable {
    /// One file.
    struct Drop: Sendable {
        /// All entries of its commit.
        let entries: [DropEntry]
        /// Where it was last seen; as claimed where it was not seen since the start.
        var claim: SourceRef
        var stuck: Stuck?
        /// Whether it has been stuck, in this run or in the one before: then a restart must know it.
        var isWrittenDown = false

        /// Number of its first entry, which tells it from others.
        var number: UInt64 { entries[0].sequence }

        /// What is moved, from where it stands now.
        func item(sidecar: Digest?) -> FilingItem {
            var source = claim
            source.sidecar = sidecar
            return FilingItem(source)
        }
    }

    /// That a file could not be moved.
    struct Stuck: Sendable {
        var arrival: Arrival
        var reason: Reason
        /// Keeps the inode from being given to another file as long as it isn't known to be gone.
        let descriptor: Descriptor?
        /// It isn't tried again before, where an attempt takes long; monotonic.
        var nextNs: UInt64
        /// Since when nothing, or another file, has stood where it stood; monotonic.
        var missingSinceNs: UInt64?
    }

    private let drops = Mutex<[UInt64: Drop]>([:])

    /// Those that could not be moved, in order.
    var stuck: [Drop] { drops.withLock { $0.values.filter { $0.stuck != nil } }.sorted { $0.number < $1.number } }

    /// All of them, in order.
    var all: [Drop] { drops.withLock { $0.values.sorted { $0.number < $1.number } } }

    /// Numbers of those that a restart must know, in order.
    var writtenDown: [UInt64] { all.filter(\.isWrittenDown).map(\.number) }

    /// Notes a file that was just recorded, or was before a restart.
    func add(_ entries: [DropEntry], isWrittenDown: Bool = false) {
        guard let first = entries.first else { return }
        drops.withLock {
            $0[first.sequence] = Drop(entries: entries, claim: first.claim, isWrittenDown: isWrittenDown)
        }
    }

    /// The entries of the commit that recorded this very file; empty for any other.
    func entries(claimed file: SourceRef) -> [DropEntry] {
        drops.withLock { drops in drops.values.first { $0.claim.isSameContent(as: file) }?.entries ?? [] }
    }

    /// A file is filed away, or gone.
    ///
    /// - Returns: It, as it was; nil where it isn't known.
    @discardableResult
    func remove(_ number: UInt64) -> Drop? { drops.withLock { $0.removeValue(forKey: number) } }

    /// A file could not be moved.
    ///
    /// - Returns: Whether that, or why, is news.
    func noteStuck(
        _ number: UInt64, _ arrival: Arrival, _ reason: Reason, _ descriptor: Descriptor?, nextNs: UInt64 = 0
    ) -> Bool {
        drops.withLock { drops in
            guard var drop = drops[number] else { return false }
            let former = drop.stuck
            var held = former?.descriptor
            if held == nil, descriptor != nil,
                drops.values.count(where: { $0.stuck?.descriptor != nil }) < Self.mostDescriptors
            {
                held = descriptor
            }
            (drop.claim.path, drop.claim.mtimeNanoseconds) = (arrival.path, arrival.mtimeNs)
            drop.isWrittenDown = true
            drop.stuck = Stuck(arrival: arrival, reason: reason, descriptor: held, nextNs: nextNs)
            drops[number] = drop
            return former?.reason != reason
        }
    }

    /// A stuck file doesn't stand where it stood; when that was found out first.
    func noteMissing(_ number: UInt64, nowNs: UInt64) -> UInt64 {
        drops.withLock { drops in
            let sinceNs = drops[number]?.stuck?.missingSinceNs ?? nowNs
            drops[number]?.stuck?.missingSinceNs = sinceNs
            return sinceNs
        }
    }

    /// So many are kept open; descriptors are needed for more than this.
    private static let mostDescriptors = 32
}
