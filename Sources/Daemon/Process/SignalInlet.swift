import CLinux
import Glibc
import NIOPosix

/// The signals that this process is sent, from the moment that they are caught: none is lost, and none ends it by
/// default.
///
/// A handler writes each into a pipe, which a thread of its own reads. Until somebody asks for ``hangups`` or
/// ``endings`` they wait. When the process was asked to end and still runs after ``mostStopTime``, that thread ends it:
/// whatever it is at then is what a crash may interrupt as well.
final class SignalInlet: Sendable {
    /// How long stopping may take after SIGTERM.
    static let mostStopTime = Duration.milliseconds(4200)

    /// SIGHUP, one for as many as came while nobody looked.
    let hangups: AsyncStream<Void>
    /// The first SIGTERM or SIGINT.
    let endings: AsyncStream<Void>

    private let readingEnd: Int32
    private let writingEnd: Int32
    private let onHangup: AsyncStream<Void>.Continuation
    private let onEnding: AsyncStream<Void>.Continuation
    private let thread = NIOThreadPool(numberOfThreads: 1)

    /// The process's own; it lasts as long.
    static let process = SignalInlet()

    private init() {
        (hangups, onHangup) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (endings, onEnding) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        var ends: [Int32] = [-1, -1]
        let failure = annal_signal_pipe(&ends)
        // With no descriptor for this there is none for the state directory either, which is refused with a message.
        if failure != 0 {
            LogOutlet.standardError.say("annald: no pipe for signals: \(String(cString: strerror(-failure)))")
        }
        (readingEnd, writingEnd) = (ends[0], ends[1])
    }

    /// From here on SIGHUP is remembered; it is answered once the daemon runs.
    func catchHangup() { forward(SIGHUP) }

    /// From here on SIGTERM and SIGINT are remembered, and the thread runs that sees to them.
    func catchEnding() {
        thread.start()
        thread.submit { [self] _ in listen() }
        forward(SIGTERM)
        forward(SIGINT)
    }

    private func forward(_ signal: Int32) {
        guard writingEnd >= 0 else { return }
        // It fails only for numbers that are no signals.
        _ = annal_forward_signal(signal, writingEnd)
    }

    private func listen() {
        while let signal = next(within: nil) {
            guard signal != SIGHUP else {
                onHangup.yield()
                continue
            }
            onEnding.yield()
            let end = ContinuousClock.now + Self.mostStopTime
            while ContinuousClock.now < end { _ = next(within: end - ContinuousClock.now) }
            LogOutlet.standardError.say(
                "annald warning: stopping took too long; what is unfinished is finished at the next start")
            LogOutlet.standardError.drain(upTo: .milliseconds(100))
            _exit(0)
        }
    }

    /// The next signal; nil where none came in time, or none ever will.
    private func next(within limit: Duration?) -> Int32? {
        var readable = pollfd(fd: readingEnd, events: Int16(POLLIN), revents: 0)
        let milliseconds = limit.map { Int32(($0 / .milliseconds(1)).rounded(.up)) } ?? -1
        while true {
            let count = poll(&readable, 1, milliseconds)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            var number: UInt8 = 0
            guard read(readingEnd, &number, 1) == 1 else { return nil }
            return Int32(number)
        }
    }
}
