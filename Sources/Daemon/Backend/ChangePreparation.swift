import Annals
import Archive
import ControlServer
import NIOPosix
import ServiceLifecycle

/// Works out what new versions changed, a moment after they were recorded, so that nobody who asks waits for it.
///
/// On a thread of its own, and not before the inbox has come to rest: the intake thread has no part in it, and files that
/// are examined meanwhile need the processors. What a stop leaves undone is worked out when somebody asks.
struct ChangePreparation: Service {
    let startup: StartupBoard

    func run() async throws {
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        do {
            try await cancelWhenGracefulShutdown { try await prepare(on: thread) }
        } catch is CancellationError {
            // The daemon stops.
        }
        try await thread.shutdownGracefully()
    }

    private func prepare(on thread: NIOThreadPool) async throws {
        var turns: PreparationTurns?
        while true {
            try await Task.sleep(for: .seconds(1))
            guard let backend = startup.backend else { continue }
            var current = turns ?? PreparationTurns(head: backend.archive.catalog.head.sequence)
            while current.isDue(head: backend.archive.catalog.head.sequence) {
                let next = backend.archive.catalog.drops(since: current.done, outcome: .revised, limit: 1).first
                if let next, let dataset = next.dataset, let year = next.year {
                    try await thread.runIfActive { backend.changes.prepare(dataset, year, backend.definitions) }
                }
                current.finish(next?.sequence)
                try Task.checkCancellation()
            }
            turns = current
        }
    }
}

/// When it is the turn of entries that were recorded: once none has come for a while, or after they have waited for long.
struct PreparationTurns {
    /// Number of the last entry that is done with.
    private(set) var done: UInt64
    /// Of the log, when it was last asked.
    private var head: UInt64
    /// How often it was asked since something waits.
    private var waitCount = 0

    private static let mostWaits = 30

    /// - Parameter head: What was recorded before is not waited for.
    init(head: UInt64) { (done, self.head) = (head, head) }

    /// Whether the first entry that isn't done with is to be seen to now; to be asked once a second, and after each.
    mutating func isDue(head: UInt64) -> Bool {
        let isQuiet = head == self.head
        self.head = head
        guard done < head else {
            waitCount = 0
            return false
        }
        waitCount += 1
        return isQuiet || waitCount > Self.mostWaits
    }

    /// Everything up to an entry is done; nil where no further one waits.
    mutating func finish(_ sequence: UInt64?) { done = sequence ?? head }
}
