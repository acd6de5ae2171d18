package import Annals

/// What a batch of filings owes the disk once all of its files have been moved: each directory is synced once, or the
/// whole file system where there are many; originals that were copied to another file system go after that.
///
/// Nothing needs to be remembered of it over a crash. Until ``finish()`` has returned, any of the batch may be found in
/// the inbox, in its new place, or, where it was copied, in both; what the next start does about that is the same as
/// for a crash between the commit and the first move. For one thread.
package final class FilingEnding {
    /// Originals that were copied elsewhere and still stand in the inbox, or something else at their names.
    package struct Leftovers: Sendable {
        /// Files at whose names something else stands by now, which stays there.
        package var replaced: [SourceRef] = []
        /// Files that can't be removed, and why.
        package var stuck: [(file: SourceRef, error: InboxError)] = []
    }

    /// In the order in which they were noted: the targets of moves, and the parents of new directories.
    private var targets = SyncedOnce()
    /// Directories of the inbox that files left; synced last, so that a file is never gone from both.
    private var sources = SyncedOnce()
    private var originals: [(move: FileMove, source: Descriptor)] = []

    /// Has a directory synced that something came into.
    func sync(_ target: Descriptor) throws(InboxError) { try targets.note(target) }

    /// Has a directory synced that something left.
    func syncLast(_ source: Descriptor) throws(InboxError) { try sources.note(source) }

    /// Has the original of a copied file removed once the copy is durable.
    func remove(_ move: FileMove, from source: Descriptor) { originals.append((move, source)) }

    /// Does all that is owed.
    ///
    /// - Returns: What became of originals that aren't removed: one that can't be is no obstacle for others.
    /// - Throws: ``InboxError`` where something can't be synced; what was owed still is, and may be done again.
    func finish() throws(InboxError) -> Leftovers {
        try targets.sync()
        var leftovers = Leftovers()
        for (move, source) in originals {
            do throws(InboxError) {
                if try !move.removeOriginal(from: source) { leftovers.replaced.append(move.file) }
            } catch {
                leftovers.stuck.append((move.file, error))
            }
        }
        originals = []
        try sources.sync()
        return leftovers
    }
}

/// Directories that are to be synced, each once, whichever descriptor it was noted with.
private struct SyncedOnce {
    private var directories: [Descriptor] = []
    private var known: Set<FileIdentity> = []

    mutating func note(_ directory: Descriptor) throws(InboxError) {
        // Most files of a batch share the directory object itself.
        if let last = directories.last, last === directory { return }
        if known.insert(try directory.status().identity).inserted { directories.append(directory) }
    }

    mutating func sync() throws(InboxError) {
        if directories.count > Self.mostOneByOne {
            for device in Set(known.map(\.device)) { try syncAll(on: device) }
        } else {
            for directory in directories { try directory.sync() }
        }
        directories = []
        known = []
    }

    /// So many are synced one by one; of more, each costs several times what it costs among all.
    ///
    /// A single drop never waits for what others write on the file system.
    private static let mostOneByOne = 4

    /// One pass over the file system in place of one a directory.
    ///
    /// Where there is no journal, the kernel flushes the disk's cache before it waits for directories: the fsync(2)
    /// after it makes up for that, and costs next to nothing elsewhere.
    private func syncAll(on device: UInt64) throws(InboxError) {
        var last: Descriptor?
        for directory in directories where try directory.status().identity.device == device { last = directory }
        try last?.syncFileSystem()
        try last?.sync()
    }
}
