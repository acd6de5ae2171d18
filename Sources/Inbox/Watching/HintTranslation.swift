internal import Glibc

/// Turns the kernel's events into hints: pure, so that what no test can provoke is tested too.
struct HintTranslation {
    /// The path of each watched directory, relative to the inbox; the inbox itself is empty.
    var paths: [Int32: [UInt8]] = [:]

    /// What is asked of the kernel for each directory.
    ///
    /// `IN_ONLYDIR`: a name that became something else meanwhile is not watched.
    static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF
            | IN_MOVE_SELF | IN_ONLYDIR)

    /// What the events say, in their order; one rescan and one loss at most.
    mutating func hints(for events: [InotifyEvent]) -> [Hint] {
        var hints: [Hint] = []
        for event in events {
            guard let hint = hint(for: event) else { continue }
            switch hint {
            case .rescan, .lost: if !hints.contains(hint) { hints.append(hint) }
            // One program writing one file raises a row of equal events.
            default: if hints.last != hint { hints.append(hint) }
            }
        }
        return hints
    }

    private mutating func hint(for event: InotifyEvent) -> Hint? {
        if event.has(UInt32(IN_Q_OVERFLOW)) { return .rescan(.overflow) }
        guard let directory = paths[event.watch] else { return nil }
        if event.name.isEmpty { return hint(forDirectory: directory, event) }
        if event.isDirectory {
            // Their permissions count: a directory that could not be read may be readable now.
            return DropName.isIgnored(event.name) ? nil : .rescan(.directories)
        }
        guard Scanner.isSeen(event.name) else { return nil }
        let path = RawPath.join(directory, event.name)
        if event.has(UInt32(IN_MOVED_TO)) { return .movedIn(path) }
        if event.has(UInt32(IN_CLOSE_WRITE)) { return .closed(path) }
        return .touched(path)
    }

    /// An event on a watched directory itself.
    private mutating func hint(forDirectory path: [UInt8], _ event: InotifyEvent) -> Hint? {
        let isRoot = path.isEmpty
        if event.has(UInt32(IN_UNMOUNT)) { return isRoot ? .lost(.unmounted) : .rescan(.directories) }
        if event.has(UInt32(IN_DELETE_SELF)) { return isRoot ? .lost(.deleted) : .rescan(.directories) }
        if event.has(UInt32(IN_MOVE_SELF)) { return isRoot ? .lost(.moved) : .rescan(.directories) }
        if event.has(UInt32(IN_IGNORED)) {
            paths[event.watch] = nil
            return isRoot ? .lost(.deleted) : .rescan(.directories)
        }
        return nil
    }
}
