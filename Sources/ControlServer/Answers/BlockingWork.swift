import ControlAPI
import NIOCore
import NIOPosix
import Synchronization

/// Threads for work that waits for a disk or computes for long, away from the event loops and from the cooperative pool.
///
/// Each kind of work has its own, so that a few who check the whole log don't keep those waiting who want a table.
final class BlockingWork: Sendable {
    /// Reading tables and the like.
    static let reads = BlockingWork(threads: max(2, System.coreCount), waiting: 1000)
    /// Going over the whole log: verify and repair.
    static let wholeLog = BlockingWork(threads: 2, waiting: 8)

    private let threads: NIOThreadPool
    private let limit: Int
    private let count = Mutex(0)

    /// - Parameters:
    ///   - threads: How many pieces of work are done at once.
    ///   - waiting: How many more may wait for their turn.
    init(threads: Int, waiting: Int) {
        self.threads = NIOThreadPool(numberOfThreads: threads)
        self.threads.start()
        limit = threads + waiting
    }

    /// Does it when its turn has come.
    ///
    /// - Throws: `.busy` where too many wait already; what the work throws.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let hasRoom = count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard hasRoom else {
            throw ControlProblem(
                .busy, "The daemon does this for \(limit) others already.", remedy: "Ask again a little later.")
        }
        defer { count.withLock { $0 -= 1 } }
        return try await threads.runIfActive(work)
    }

    /// How many are at work or wait.
    var inHand: Int { count.withLock { $0 } }

    /// Reads, as most answers do.
    static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await reads.run(work)
    }

    /// Ends the threads; for tests, who make their own.
    func stop() async throws { try await threads.shutdownGracefully() }
}
