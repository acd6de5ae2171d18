internal import Annals
internal import CLinux
internal import Glibc
internal import Synchronization
internal import SystemPackage
internal import TableCoding
internal import TableReading

/// A reader as the daemon sees it: a process of the same program that can do nothing but read what it is handed.
///
/// For one caller at a time; ``kill()`` may be called from any thread.
final class ReaderProcess: Sendable {
    /// How one examination ended.
    enum Ending: Sendable {
        case examined(Examined)
        /// The process is gone, and why.
        case died(Reason)
    }

    /// What a reader may use.
    struct Bounds: Hashable, Sendable {
        var memoryByteCount: Int
        /// For one file: of the processor, and by the clock.
        var seconds: Int
        var answerByteCount: Int
    }

    private let process: pid_t
    /// How it ended, once somebody has asked: its number may be another process's from then on.
    private let status = Mutex<Int32?>(nil)
    private let socket: MessageSocket
    private let errors: OwnedFile
    let setup: ReaderSetup
    let bounds: Bounds

    /// Starts a reader and hands it what it needs to know.
    ///
    /// - Parameters:
    ///   - argument: What tells the program that it is a reader.
    ///   - setup: What it may use, and what the office has written down.
    ///   - bounds: The same limits, as they are kept from here.
    /// - Throws: ``ReaderStartFailure`` where no process can be started, or it doesn't get ready: that is no file's fault.
    init(argument: String, setup: ReaderSetup, bounds: Bounds) throws(ReaderStartFailure) {
        do throws(Errno) {
            let (socket, theirs) = try MessageSocket.pair()
            var ends: [Int32] = [-1, -1]
            let failure = annal_error_pipe(&ends)
            guard failure == 0 else { throw Errno(rawValue: -failure) }
            let (reading, writing) = (OwnedFile(ends[0]), OwnedFile(ends[1]))
            let process = annal_spawn_reader("annald-reader", argument, theirs.number, writing.number)
            guard process > 0 else { throw Errno(rawValue: -process) }
            self.process = process
            self.socket = socket
            errors = reading
            withExtendedLifetime((theirs, writing)) {}
        } catch {
            throw ReaderStartFailure(why: "\(error)")
        }
        self.setup = setup
        self.bounds = bounds
        Self.reapLetGo()
        try awaitReady()
    }

    /// How long a reader may take to lock itself in and read the definitions.
    private static let startSeconds = 60

    private func awaitReady() throws(ReaderStartFailure) {
        var problem = "it doesn't get ready within \(Self.startSeconds) s"
        do throws(Errno) {
            try socket.send(.setup, setup.encoded)
            if waits(seconds: Self.startSeconds) {
                if try socket.receive(upTo: 0)?.kind == .ready { return }
                problem = "it ended before it was ready"
            }
        } catch {
            problem = "\(error)"
        }
        _ = end()
        let words = FileBytes.readPipe(errors.number, count: ReaderDeath.maximumWordByteCount)
        let said = words.split(separator: 0x0A).first.map { ": " + EscapedName.text($0) } ?? ""
        throw ReaderStartFailure(why: problem + said)
    }

    /// A process that is let go of ends; nobody waits for it, which may be stuck in a read that doesn't come back.
    deinit {
        Self.reapLetGo()
        status.withLock { status in
            guard status == nil else { return }
            _ = Glibc.kill(process, SIGKILL)
            Self.letGo.withLock { $0.append(process) }
        }
        Self.reapLetGo()
    }

    /// Processes that were killed and may not have ended yet: their numbers are theirs until somebody has asked.
    private static let letGo = Mutex<[pid_t]>([])

    /// Asks for those that have ended by now, so that the kernel can forget them.
    private static func reapLetGo() {
        letGo.withLock { processes in
            processes.removeAll { process in
                var status: Int32 = 0
                return waitpid(process, &status, WNOHANG) != 0
            }
        }
    }

    /// Ends it, whatever it does.
    func kill() {
        status.withLock { status in
            if status == nil { _ = Glibc.kill(process, SIGKILL) }
        }
    }

    /// Ends it and gives the status of wait(2); the same again each time.
    private func end() -> Int32 {
        // One that died by itself keeps its status; one that only closed its end goes now.
        kill()
        // Waited for without the lock, and without taking the status: until then the number stays this process's.
        var ended = siginfo_t()
        while waitid(P_PID, id_t(process), &ended, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return status.withLock { known in
            if let known { return known }
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            known = status
            return status
        }
    }

    /// Has a file examined.
    ///
    /// - Parameters:
    ///   - job: What is known of the file.
    ///   - file: The open file; the reader gets a descriptor of its own.
    ///   - recurring: Of the answers before, from any reader.
    ///   - isWanted: Asked now and then; false ends the reader.
    /// - Returns: What it came to, or that the reader died of it: the process is of no use then.
    func examine(
        _ job: ReaderJob, file: Int32, recurring: RecurringContent, isWanted: () -> Bool = { true }
    ) -> Ending {
        // Where the kernel refuses, the clock still bounds it. The last limit is the same each time: only root may
        // raise one.
        let seconds = UInt64(bounds.seconds)
        _ = annal_limit_processor_time(process, usedSeconds + seconds + 1, Self.lifetimeFiles * seconds + 1)
        do throws(Errno) {
            try socket.send(.job, job.encoded, file: file)
            guard waits(seconds: bounds.seconds, while: isWanted) else { return died(.outOfTime) }
            guard let message = try socket.receive(upTo: answerByteCount(for: job)), message.kind == .answer else {
                return died(.gone)
            }
            // Something behind the answer would be taken for the next file's.
            guard !waits(seconds: 0) else { return died(.badAnswer) }
            return .examined(try Self.decoded(message.payload, of: job, recurring))
        } catch {
            return died(error == .badMessage ? .badAnswer : .gone)
        }
    }

    /// The longest answer that is taken for a file: nothing that is said of a few bytes is long.
    private func answerByteCount(for job: ReaderJob) -> Int {
        let (scaled, isTooLarge) = Int(clamping: job.source.size).multipliedReportingOverflow(by: Self.answerShare)
        let (sum, isOver) = scaled.addingReportingOverflow(Self.leastAnswerByteCount)
        return isTooLarge || isOver ? bounds.answerByteCount : min(bounds.answerByteCount, sum)
    }

    /// Answer bytes that each byte of a file may become: far more than it does, a packed one too.
    private static let answerShare = 256
    /// What is allowed besides, for the texts that a file was read with.
    private static let leastAnswerByteCount = 64 << 20

    /// Processor time of the longest file, so many times, ends any reader: whatever it does about signals.
    private static let lifetimeFiles: UInt64 = 4

    /// Whole seconds of a processor that it has used.
    private var usedSeconds: UInt64 { UInt64(max(0, annal_processor_time(process)) / 1_000_000_000) }

    /// Whether what it has left isn't enough for the longest file.
    var isWornOut: Bool { usedSeconds >= (Self.lifetimeFiles - 1) * UInt64(bounds.seconds) }

    private static func decoded(
        _ payload: [UInt8], of job: ReaderJob, _ recurring: RecurringContent
    ) throws(Errno) -> Examined {
        do throws(CodingError) {
            let bounds = ExaminedBounds(cells: job.limits.cells, years: job.limits.years)
            return try Examined(decoding: payload, of: job.source, bounds: bounds, recurring: recurring)
        } catch {
            throw .badMessage
        }
    }

    /// Waits until something can be read, or the peer is gone; false where the time is over, or nobody wants to know.
    private func waits(seconds: Int, while isWanted: () -> Bool = { true }) -> Bool {
        let end = Self.now() + Int64(seconds) * 1000
        while isWanted() {
            let left = max(0, end - Self.now())
            var waited = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
            if poll(&waited, 1, Int32(min(left, Self.longestPollMilliseconds))) > 0 { return true }
            if left == 0 { return false }
        }
        return false
    }

    /// How long it may take to notice that nobody wants to know any more.
    private static let longestPollMilliseconds: Int64 = 250

    /// Milliseconds of the monotonic clock.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private func died(_ cause: ReaderDeath.Cause) -> Ending {
        let status = end()
        let words = FileBytes.readPipe(errors.number, count: ReaderDeath.maximumWordByteCount)
        return .died(ReaderDeath(cause: cause, status: status, words: words, bounds: bounds).reason)
    }
}

/// Why no reader could be started.
struct ReaderStartFailure: Error, CustomStringConvertible {
    let why: String

    var description: String { "a reader can't be started: \(why)" }
}
