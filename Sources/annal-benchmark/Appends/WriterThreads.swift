import Glibc
import Synchronization

/// Threads that begin together and share a round's transactions; each is timed.
///
/// Threads of the operating system, as the peers have them: what is measured blocks.
final class WriterThreads: @unchecked Sendable {
    private let workload: Workload
    private let body: @Sendable (_ transaction: Int) throws -> Void
    private let barrier = UnsafeMutablePointer<pthread_barrier_t>.allocate(capacity: 1)
    /// By transaction, in nanoseconds; every thread writes to places of its own.
    private let latencies: UnsafeMutableBufferPointer<UInt64>
    private let outcome = Mutex((end: UInt64(0), failure: (any Error)?.none))

    /// Runs a round.
    ///
    /// - Parameters:
    ///   - workload: How many threads and transactions.
    ///   - body: Makes one transaction; called from all threads.
    /// - Returns: Times of the round and of its transactions.
    /// - Throws: What `body` threw first; a thread that can't be made.
    static func run(
        _ workload: Workload, body: @escaping @Sendable (_ transaction: Int) throws -> Void
    ) throws -> RoundFigures {
        try WriterThreads(workload, body: body).run()
    }

    private init(_ workload: Workload, body: @escaping @Sendable (Int) throws -> Void) {
        self.workload = workload
        self.body = body
        pthread_barrier_init(barrier, nil, UInt32(workload.writers) + 1)
        latencies = .allocate(capacity: workload.count)
        latencies.initialize(repeating: 0)
    }

    deinit {
        pthread_barrier_destroy(barrier)
        barrier.deallocate()
        latencies.deallocate()
    }

    private func run() throws -> RoundFigures {
        let threads = try (0..<workload.writers).map { writer in
            try start { [self] in work(as: writer) }
        }
        let begin = Stopwatch.now()
        pthread_barrier_wait(barrier)
        for thread in threads { pthread_join(thread, nil) }
        let (end, failure) = outcome.withLock { $0 }
        if let failure { throw failure }
        return RoundFigures(elapsed: end - begin, latencies: Array(latencies))
    }

    private func work(as writer: Int) {
        pthread_barrier_wait(barrier)
        do {
            for transaction in stride(from: writer, to: workload.count, by: workload.writers) {
                let start = Stopwatch.now()
                try body(transaction)
                latencies[transaction] = Stopwatch.now() - start
            }
        } catch {
            outcome.withLock { $0.failure = $0.failure ?? error }
        }
        let now = Stopwatch.now()
        outcome.withLock { $0.end = max($0.end, now) }
    }

    private final class Work {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private func start(_ run: @escaping @Sendable () -> Void) throws -> pthread_t {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(run))
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, work.toOpaque())
        guard code == 0 else { throw BenchmarkError("no further thread could be made") }
        return thread
    }
}
