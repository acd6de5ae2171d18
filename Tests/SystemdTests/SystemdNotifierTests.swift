import Glibc
import Synchronization
import Testing

@testable import Systemd

/// One at a time: the environment belongs to the whole process.
@Suite(.serialized) struct SystemdNotifierTests {
    private let notifier = SystemdNotifier()

    @Test func withoutASocketNothingHappens() throws {
        unsetenv("NOTIFY_SOCKET")
        #expect(!notifier.isSupervised)
        try notifier.ready(status: "nobody listens")
        try notifier.stopping()
    }

    @Test func readyAndStatusAreOneDatagram() throws {
        let socket = try NotifySocket()
        try notifier.ready(status: "3 datasets, inbox empty")
        #expect(try socket.receive() == "READY=1\nSTATUS=3 datasets, inbox empty")
        try notifier.status("reading migration-2011.txt")
        #expect(try socket.receive() == "STATUS=reading migration-2011.txt")
        #expect(notifier.isSupervised)
    }

    @Test func reloadingCarriesTheMonotonicTimeInTheSameDatagram() throws {
        let socket = try NotifySocket()
        var before = timespec()
        clock_gettime(CLOCK_MONOTONIC, &before)
        try notifier.reloading()
        let lines = try socket.receive().split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        let moment = try #require(lines.last?.split(separator: "=").last.flatMap { UInt64($0) })
        #expect(lines.last?.hasPrefix("MONOTONIC_USEC=") == true)
        let floor = UInt64(before.tv_sec) * 1_000_000
        #expect(moment >= floor && moment < floor + 60_000_000)
    }

    @Test func theOtherStatesHaveTheirWords() throws {
        let socket = try NotifySocket()
        try notifier.watchdog()
        #expect(try socket.receive() == "WATCHDOG=1")
        try notifier.extendTimeout(microseconds: 30_000_000)
        #expect(try socket.receive() == "EXTEND_TIMEOUT_USEC=30000000")
        try notifier.stopping()
        #expect(try socket.receive() == "STOPPING=1")
    }

    @Test func aStatusFromAFileNameCanNotSayAnythingElse() throws {
        let socket = try NotifySocket()
        try notifier.status("reading a\nREADY=0\u{1B}[31m\u{2028}b")
        #expect(try socket.receive() == "STATUS=reading a READY=0 [31m b")
    }

    @Test func aLongStatusIsCutBetweenCharacters() {
        let line = SystemdNotifier.oneLine(String(repeating: "å", count: 900))
        #expect(line == String(repeating: "å", count: 500))
    }

    @Test func aSocketThatIsGoneIsAnError() throws {
        let path = try NotifySocket().path
        setenv("NOTIFY_SOCKET", path, 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        #expect(throws: SystemdError.notSent(message: "WATCHDOG=1", errno: ENOENT)) { try notifier.watchdog() }
        #expect(
            SystemdError.notSent(message: "WATCHDOG=1", errno: ENOENT).description
                == "Can't tell systemd WATCHDOG=1: No such file or directory (errno 2)")
    }

    @Test func aNameWithoutAFileIsOne() throws {
        setenv("NOTIFY_SOCKET", "@annal-nobody-\(getpid())", 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        #expect(throws: SystemdError.notSent(message: "STOPPING=1", errno: ECONNREFUSED)) { try notifier.stopping() }
        setenv("NOTIFY_SOCKET", "relative", 1)
        #expect(throws: SystemdError.notSent(message: "STOPPING=1", errno: EAFNOSUPPORT)) { try notifier.stopping() }
    }

    /// The kernel keeps so many datagrams, and would then have the sender wait.
    @Test(.timeLimit(.minutes(1))) func whoeverDoesNotReadHoldsNobody() throws {
        let socket = try NotifySocket()
        #expect(throws: SystemdError.notSent(message: "WATCHDOG=1", errno: EAGAIN)) {
            while true { try notifier.watchdog() }
        }
        let notices = SystemdNotices { error in Issue.record("\(error)") }
        notices.ready(status: "1")
        notices.watchdog()
        notices.status("2")
        notices.status("3")
        notices.stopping()
        #expect(!notices.deliver())
        var heard: [String] = []
        while heard.last != "STATUS=3" {
            heard.append(try socket.receive())
            notices.deliver()
        }
        #expect(heard.filter { $0 != "WATCHDOG=1" } == ["READY=1\nSTATUS=1", "STOPPING=1", "STATUS=3"])
        #expect(notices.deliver())
    }

    @Test func noticesThatCantBeToldAreToldOnceAndDropped() throws {
        let path = try NotifySocket().path
        setenv("NOTIFY_SOCKET", path, 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        let failures = Mutex<[SystemdError]>([])
        let notices = SystemdNotices { error in failures.withLock { $0.append(error) } }
        notices.reloading()
        #expect(failures.withLock { $0 } == [.notSent(message: "RELOADING=1", errno: ENOENT)])
        #expect(notices.deliver())
    }

    @Test func theWatchdogIsForThisProcessOnly() {
        defer {
            unsetenv("WATCHDOG_USEC")
            unsetenv("WATCHDOG_PID")
        }
        #expect(notifier.watchdogIntervalMicroseconds == nil)
        setenv("WATCHDOG_USEC", "30000000", 1)
        #expect(notifier.watchdogIntervalMicroseconds == 30_000_000)
        setenv("WATCHDOG_PID", "\(getpid())", 1)
        #expect(notifier.watchdogIntervalMicroseconds == 30_000_000)
        setenv("WATCHDOG_PID", "1", 1)
        #expect(notifier.watchdogIntervalMicroseconds == nil)
    }
}

/// A datagram socket at a path, as systemd listens on, named by `NOTIFY_SOCKET` while it lives.
private final class NotifySocket {
    let path: String
    private let descriptor: Int32

    init() throws {
        path = "/tmp/annal-notify-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0, "bind \(path): errno \(errno)")
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setenv("NOTIFY_SOCKET", path, 1)
    }

    deinit {
        unsetenv("NOTIFY_SOCKET")
        close(descriptor)
        unlink(path)
    }

    func receive() throws -> String {
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        try #require(count >= 0, "no datagram: errno \(errno)")
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
