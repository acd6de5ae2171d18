internal import CLinux
internal import Glibc
internal import SystemPackage

/// Watches the inbox and its subdirectories, and waits.
///
/// Belongs to one thread; only its ``Waker`` may be touched from others. When the inbox is lost, drop the watch and make
/// a new one on whatever stands at the path then.
package final class Watch {
    /// How often a file system that tells nothing is scanned.
    package static let pollIntervalNs: UInt64 = 1_000_000_000

    /// How changes are learned of; it goes from events to polling where watches are lacking, and back.
    package private(set) var mode: WatchMode
    /// Which directory is watched, to tell when another takes its place.
    package let identity: FileIdentity

    /// What is lacking to watch everything, with what to raise, where that is why it polls.
    package private(set) var shortage: String?
    /// Whether it has nothing to watch with, for lack of something that there may be more of by now.
    var wantsAnother: Bool { events == nil && shortage != nil }

    private let waker: Waker
    private let events: Descriptor?
    /// Watches of the directories that this scan has come to so far; nil between two scans.
    private var covered: Set<Int32>?
    /// What this scan has found to be lacking.
    private var foundShortage: String?
    private var translation = HintTranslation()
    private var nextPollNs: UInt64 = 0

    /// Prepares a watch of the inbox.
    ///
    /// Nothing is watched before ``cover(_:_:)`` is called with each directory.
    ///
    /// - Throws: ``InboxError`` where the inbox can't be looked at.
    package init(_ root: Descriptor, waker: Waker) throws(InboxError) {
        self.waker = waker
        identity = try root.status().identity
        var mode = WatchMode.forFileSystem(magic: annal_filesystem_magic(root.number))
        let number = mode == .events ? inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) : -1
        if mode == .events, number < 0 {
            shortage = Self.shortage(Errno(rawValue: errno), ofInstances: true)
            mode = .polling(cause: shortage ?? "the kernel gives no inotify instance (\(Errno(rawValue: errno)))")
        }
        events = number >= 0 ? Descriptor(adopting: number, place: "inotify") : nil
        self.mode = mode
    }

    /// What a failed call lacked; nil for a failure of another kind.
    ///
    /// Source: inotify(7), inotify_init1(2), inotify_add_watch(2).
    private static func shortage(_ failure: Errno, ofInstances: Bool) -> String? {
        switch failure {
        case .noSpace: "the kernel's limit of inotify watches is used up: raise fs.inotify.max_user_watches"
        case .tooManyOpenFiles where ofInstances:
            "no inotify instance is left: raise fs.inotify.max_user_instances, or the daemon's LimitNOFILE"
        case .tooManyOpenFilesInSystem: "no inotify instance is left: the system's limit of open files is used up"
        default: nil
        }
    }

    /// A scan begins: what it doesn't come to isn't in the inbox any more.
    func beginCovering() {
        covered = []
        foundShortage = nil
    }

    /// A scan has come to every directory: the watches of others are given back.
    ///
    /// A directory that was moved away would raise events for good, under the path that it had.
    func endCovering() {
        guard let events, let covered else { return }
        self.covered = nil
        // Every directory is watched: what was lacking is there again.
        if shortage != nil, foundShortage == nil { mode = .events }
        shortage = foundShortage
        for watch in translation.paths.keys where !covered.contains(watch) {
            translation.paths[watch] = nil
            // It fails where the kernel has taken the watch back itself, with the directory.
            _ = inotify_rm_watch(events.number, watch)
        }
    }

    /// Watches one directory; call it before the directory's entries are read.
    ///
    /// A directory that is watched already only gets its new path. Where the kernel has no watch left, the whole watch
    /// goes over to polling, until a scan finds that every directory can be watched.
    package func cover(_ path: [UInt8], _ directory: Descriptor) {
        guard let events else { return }
        // Those that are watched already keep their watches, so that what happens there is noticed at once.
        guard mode == .events || shortage != nil else { return }
        // The magic link names the open directory itself, whatever stands at its path by now.
        let watch = inotify_add_watch(events.number, "/proc/self/fd/\(directory.number)", HintTranslation.mask)
        if watch >= 0 {
            translation.paths[watch] = path
            covered?.insert(watch)
        } else {
            let failure = Errno(rawValue: errno)
            foundShortage = Self.shortage(failure, ofInstances: false)
            shortage = foundShortage
            mode = .polling(cause: shortage ?? "\(directory.place) can't be watched (\(failure))")
        }
    }

    /// Waits for something to happen, at most until a moment of ``MonotonicClock``; nil waits for good.
    ///
    /// - Returns: What happened; nothing where the time ran out.
    package func wait(untilNs deadlineNs: UInt64?) -> [Hint] {
        let polled = mode == .events ? nil : nextPollNs
        let untilNs = [deadlineNs, polled].compactMap { $0 }.min()
        Self.sleep(untilNs: untilNs, [waker.counter, events].compactMap { $0 })
        var hints = waker.takeWakeUp() ? [Hint.woken] : []
        hints += translation.hints(for: readEvents())
        if let polled, MonotonicClock.nowNs() >= polled {
            nextPollNs = MonotonicClock.nowNs() + Self.pollIntervalNs
            hints.append(.rescan(.poll))
        }
        return hints
    }

    /// Waits without a watch, for an inbox that is not there; true where somebody called ``Waker/wake()``.
    static func sleep(untilNs: UInt64, waker: Waker) -> Bool {
        sleep(untilNs: untilNs, [waker.counter])
        return waker.takeWakeUp()
    }

    private static func sleep(untilNs: UInt64?, _ descriptors: [Descriptor]) {
        var waited = descriptors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        var milliseconds: Int32 = -1
        if let untilNs {
            let now = MonotonicClock.nowNs()
            // Rounded up: waking too early would only mean to wait again.
            let left = untilNs > now ? (untilNs - now + 999_999) / 1_000_000 : 0
            milliseconds = Int32(min(left, UInt64(Int32.max)))
        }
        // A signal, or any failure, only makes the caller look sooner than needed.
        _ = poll(&waited, nfds_t(waited.count), milliseconds)
    }

    /// Everything that the kernel has queued.
    private func readEvents() -> [InotifyEvent] {
        guard let events else { return [] }
        var found: [InotifyEvent] = []
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 8) { buffer in
            while true {
                let count = read(events.number, buffer.baseAddress, buffer.count)
                guard count > 0 else { break }
                found += InotifyEvent.parse(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        return found
    }
}
