import Annals
import Inbox
import NIOPosix
import Synchronization

/// The threads on which files are examined side by side, and long ones copied, and what they have come to.
///
/// The intake thread submits and takes; it is woken when there is something to take.
final class ExaminationPool: Sendable {
    /// One file's answer.
    struct Answer: Sendable {
        let ticket: IntakeLine<Examination.Outcome>.Ticket
        let outcome: Examination.Outcome
    }

    private let threads: NIOThreadPool
    /// For files that are long enough to hold up others.
    private let longThreads: NIOThreadPool
    private let answers = Mutex<[Answer]>([])
    private let filed = Mutex<[FilingBatch.Filed]>([])
    private let wake: @Sendable () -> Void

    /// A file of so many bytes or more has a thread of its own kind, so that however many of them come, others are
    /// examined meanwhile.
    private static let longByteCount: Int64 = 8 << 20

    /// - Parameters:
    ///   - threadCount: How many files are examined at once, of those that are long and of the others each; two at
    ///     least of the others, so that one that takes long doesn't hold up all.
    ///   - wake: Called after each answer, from any thread.
    init(threadCount: Int, wake: @escaping @Sendable () -> Void) {
        threads = NIOThreadPool(numberOfThreads: max(2, threadCount))
        longThreads = NIOThreadPool(numberOfThreads: threadCount)
        self.wake = wake
        threads.start()
        longThreads.start()
    }

    /// Has something done on one of the threads, which answers for a file of so many bytes.
    func submit(
        _ ticket: IntakeLine<Examination.Outcome>.Ticket, byteCount: Int64,
        _ work: @escaping @Sendable () -> Examination.Outcome
    ) {
        let threads = byteCount < Self.longByteCount ? threads : longThreads
        threads.submit { state in
            let outcome = state == .active ? work() : .stopped
            self.answers.withLock { $0.append(Answer(ticket: ticket, outcome: outcome)) }
            self.wake()
        }
    }

    /// Has a long file filed away on one of the threads for such.
    func submit(_ work: @escaping @Sendable () -> FilingBatch.Filed) {
        longThreads.submit { state in
            // Where the threads end, the next start files it away.
            guard state == .active else { return }
            let done = work()
            self.filed.withLock { $0.append(done) }
            self.wake()
        }
    }

    /// Long files whose filing has ended since the last call.
    func takeFiled() -> [FilingBatch.Filed] {
        filed.withLock { filed in
            defer { filed = [] }
            return filed
        }
    }

    /// What was answered since the last call, in the order of the answers.
    func take() -> [Answer] {
        answers.withLock { answers in
            defer { answers = [] }
            return answers
        }
    }

    /// Ends the threads, once each has answered what it is at.
    func close() async throws {
        try await threads.shutdownGracefully()
        try await longThreads.shutdownGracefully()
    }
}
