import Inbox
import Synchronization

/// How other threads ask the intake thread for something: pieces of work that it runs between two arrivals.
///
/// Everything that changes the archive or the inbox happens on the intake thread, one thing after another.
final class Mailbox: Sendable {
    typealias Work = @Sendable (IntakeLoop) -> Void

    private struct Asked {
        let work: Work
        /// Tells the asker that nobody will answer.
        let dismiss: @Sendable () -> Void
    }

    private struct State {
        var asked: [Asked] = []
        var isStopping = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let monitor: InboxMonitor

    /// More than this many connections' worth, asked between two turns of the loop, no one client can mean.
    private static let mostWork = 4096

    init(monitor: InboxMonitor) { self.monitor = monitor }

    /// Whether the loop was asked to end; it finishes the commit in hand first.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Asks the loop to end.
    func stop() {
        state.withLock { $0.isStopping = true }
        monitor.wake()
    }

    /// Whether nobody is answered any more, and who waits is to be told so.
    var isDismissing: Bool { state.withLock { $0.isClosed } }

    /// Tells everybody who waits that the daemon stops, and takes nothing more; the loop goes on until ``stop()``.
    func dismiss() {
        let left = state.withLock { state in
            state.isClosed = true
            defer { state.asked = [] }
            return state.asked
        }
        for asked in left { asked.dismiss() }
        monitor.wake()
    }

    /// Has the loop come round now.
    func wake() { monitor.wake() }

    /// Has work done on the intake thread and waits for what it answers.
    ///
    /// - Parameter body: Gets the loop and a reply that must be called once, now or later.
    /// - Returns: What was replied; nil where the loop has ended and nobody is there to answer, or where so many wait
    ///   already that it doesn't look alive.
    func ask<Answer: Sendable>(
        _ body: @escaping @Sendable (IntakeLoop, @escaping @Sendable (Answer) -> Void) -> Void
    ) async -> Answer? {
        await withCheckedContinuation { continuation in
            let isTaken = state.withLock { state in
                guard !state.isClosed, state.asked.count < Self.mostWork else { return false }
                let asked = Asked { loop in
                    body(loop) { continuation.resume(returning: $0) }
                } dismiss: {
                    continuation.resume(returning: nil)
                }
                state.asked.append(asked)
                return true
            }
            if isTaken { monitor.wake() } else { continuation.resume(returning: nil) }
        }
    }

    /// What was asked since the last call, in order; for the loop.
    func take() -> [Work] {
        state.withLock { state in
            defer { state.asked = [] }
            return state.asked.map(\.work)
        }
    }
}
