package import Annals
package import Definitions
internal import Synchronization
package import TableCoding

/// The readers of a daemon: processes that are started when they are needed, and used again.
///
/// A file on which a reader dies is tried once more with a fresh one; the second death is the reason why it can't be
/// read. For any number of threads; each that examines has a reader to itself meanwhile.
package final class ReaderPool: Sendable {
    /// How readers are kept.
    package struct Options: Hashable, Sendable {
        /// Of all that one allocates.
        package var memoryByteCount: Int
        /// For one file: of the processor, and by the clock.
        package var seconds: Int
        /// Of the longest answer.
        package var answerByteCount: Int

        package init(memoryByteCount: Int = 4 << 30, seconds: Int = 300, answerByteCount: Int = 2 << 30) {
            self.memoryByteCount = memoryByteCount
            self.seconds = seconds
            self.answerByteCount = answerByteCount
        }
    }

    /// How an examination ended.
    package enum Ending: Sendable {
        case examined(Examined)
        /// Two readers died of the file.
        case unreadable(Reason)
        /// No reader can be started; nothing is known of the file.
        case unavailable(String)
        /// The pool was closed meanwhile, or nobody wants to know any more.
        case stopped
    }

    private struct State {
        var idle: [ReaderProcess] = []
        var busy: [ObjectIdentifier: ReaderProcess] = [:]
        var isClosed = false
        var terms: Terms
    }

    /// What readers are told at their start; those that were told something else are let go of.
    private struct Terms: Hashable {
        var setup: ReaderSetup
        var bounds: ReaderProcess.Bounds

        init(_ definitions: Definitions, _ options: Options) {
            setup = ReaderSetup(
                memoryByteCount: options.memoryByteCount, answerByteCount: options.answerByteCount,
                definitions: definitions.written)
            bounds = ReaderProcess.Bounds(
                memoryByteCount: options.memoryByteCount, seconds: options.seconds,
                answerByteCount: options.answerByteCount)
        }
    }

    private let argument: String
    /// Whether a reader goes on to the next file.
    private let reuses: Bool
    private let state: Mutex<State>
    private let recurring = RecurringContent()

    /// - Parameters:
    ///   - argument: What tells this program, started anew, that it is a reader: see ``ReaderMain``.
    ///   - definitions: What the office has written down.
    ///   - options: What each reader may use.
    ///   - reuses: False for a reader a file, where what a file may do to its reader must not reach the next one.
    package init(
        argument: String = ReaderMain.argument, definitions: Definitions, options: Options = Options(),
        reuses: Bool = true
    ) {
        self.argument = argument
        self.reuses = reuses
        state = Mutex(State(terms: Terms(definitions, options)))
    }

    /// Goes on with other definitions and limits; a reader that is at work finishes its file first.
    package func adopt(_ definitions: Definitions, _ options: Options) {
        let terms = Terms(definitions, options)
        let former = state.withLock { state in
            state.terms = terms
            defer { state.idle = [] }
            return state.idle
        }
        // Let go of outside of the lock, which others wait for.
        withExtendedLifetime(former) {}
    }

    /// Ends all readers, those at work included; nothing is examined from now on.
    package func close() {
        let former = state.withLock { state in
            state.isClosed = true
            for reader in state.busy.values { reader.kill() }
            defer { state.idle = [] }
            return state.idle
        }
        withExtendedLifetime(former) {}
    }

    /// Has a file examined; waits for the answer.
    ///
    /// - Parameters:
    ///   - job: What is known of the file.
    ///   - file: The open file.
    ///   - isWanted: Asked now and then; false ends the reader and the wait.
    /// - Returns: What it came to.
    package func examine(_ job: ReaderJob, file: Int32, isWanted: () -> Bool = { true }) -> Ending {
        var reason = Reason("")
        for _ in 0..<Self.mostAttempts {
            let reader: ReaderProcess
            switch take() {
            case .success(let taken): reader = taken
            case .failure(.stopped): return .stopped
            case .failure(.unavailable(let why)): return .unavailable(why)
            }
            switch reader.examine(job, file: file, recurring: recurring, isWanted: isWanted) {
            case .examined(let examined):
                giveBack(reader)
                return .examined(examined)
            case .died(let why):
                state.withLock { $0.busy[ObjectIdentifier(reader)] = nil }
                reason = why
            }
            if state.withLock({ $0.isClosed }) || !isWanted() { return .stopped }
        }
        return .unreadable(reason)
    }

    /// A reader may die of what went before; a second one that dies did so of the file.
    private static let mostAttempts = 2

    private enum Refusal: Error {
        case stopped
        case unavailable(String)
    }

    private func take() -> Result<ReaderProcess, Refusal> {
        let (idle, terms, isClosed) = state.withLock { state in
            let idle = state.isClosed ? nil : state.idle.popLast()
            if let idle { state.busy[ObjectIdentifier(idle)] = idle }
            return (idle, state.terms, state.isClosed)
        }
        if isClosed { return .failure(.stopped) }
        if let idle { return .success(idle) }
        do throws(ReaderStartFailure) {
            let reader = try ReaderProcess(argument: argument, setup: terms.setup, bounds: terms.bounds)
            let isClosed = state.withLock { state in
                if !state.isClosed { state.busy[ObjectIdentifier(reader)] = reader }
                return state.isClosed
            }
            return isClosed ? .failure(.stopped) : .success(reader)
        } catch {
            return .failure(.unavailable("\(error)"))
        }
    }

    private func giveBack(_ reader: ReaderProcess) {
        let isWornOut = reader.isWornOut
        state.withLock { state in
            state.busy[ObjectIdentifier(reader)] = nil
            let isOfNow = reader.setup == state.terms.setup && reader.bounds == state.terms.bounds
            if reuses, !state.isClosed, isOfNow, !isWornOut { state.idle.append(reader) }
        }
    }
}
