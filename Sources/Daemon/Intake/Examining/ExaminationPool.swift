import Annals
import Inbox
import NIOPosix
import Synchronization

/// The threads on which files are examined side by side, and what they have come to.
///
/// The intake thread submits and takes; it is woken when there is something to take.
final class ExaminationPool: Sendable {
    /// One file's answer.
    struct Answer: Sendable {
        let ticket: IntakeLine<Examination.Outcome>.Ticket
        let outcome: Examination.Outcome
    }

    private let threads: NIOThreadPool
    private let answers = Mutex<[Answer]>([])
    private let wake: @Sendable () -> Void

    /// - Parameters:
    ///   - threadCount: How many files are examined at once.
    ///   - wake: Called after each answer, from any thread.
    init(threadCount: Int, wake: @escaping @Sendable () -> Void) {
        threads = NIOThreadPool(numberOfThreads: threadCount)
        self.wake = wake
        threads.start()
    }

    /// Has something done on one of the threads, which answers for a file.
    func submit(
        _ ticket: IntakeLine<Examination.Outcome>.Ticket, _ work: @escaping @Sendable () -> Examination.Outcome
    ) {
        threads.submit { state in
            let outcome = state == .active ? work() : .stopped
            self.answers.withLock { $0.append(Answer(ticket: ticket, outcome: outcome)) }
            self.wake()
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
    func close() async throws { try await threads.shutdownGracefully() }
}
