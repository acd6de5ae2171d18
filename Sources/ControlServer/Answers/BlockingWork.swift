import NIOPosix

/// Work that waits for a disk or computes for long, away from the event loops and from the cooperative pool.
enum BlockingWork {
    static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}
