internal import CSystemd
internal import Glibc

/// What went wrong while telling systemd something.
package enum SystemdError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The message did not reach the notify socket; the number is an errno.
    case notSent(message: String, errno: Int32)

    package var description: String {
        switch self {
        case .notSent(let message, let errno):
            "Can't tell systemd \(message): \(String(cString: strerror(errno))) (errno \(errno))"
        }
    }

    /// Whether it may be said later: systemd has not read what it was told before.
    var isForNow: Bool {
        switch self {
        case .notSent(_, let errno): errno == EAGAIN || errno == ENOBUFS
        }
    }
}

/// Tells systemd how the daemon is, over the socket named by `NOTIFY_SOCKET`.
///
/// Where that is not set, nobody asked, and every function does nothing.
///
/// Source: sd_notify(3).
package struct SystemdNotifier: Sendable {
    package init() {}

    /// Whether somebody listens.
    package var isSupervised: Bool { getenv("NOTIFY_SOCKET") != nil }

    /// How often ``watchdog()`` must be called, in microseconds; nil where no watchdog is armed for this process.
    ///
    /// Half of it is a good interval. Source: sd_watchdog_enabled(3).
    package var watchdogIntervalMicroseconds: UInt64? {
        var interval: UInt64 = 0
        return sd_watchdog_enabled(0, &interval) > 0 ? interval : nil
    }

    /// The log is open and the inbox scanned, at start or after a reload.
    ///
    /// - Throws: ``SystemdError/notSent(message:errno:)``.
    package func ready(status: String? = nil) throws(SystemdError) {
        try send(Self.readyLines(status))
    }

    /// One line in words about how it is, shown by `systemctl status`.
    ///
    /// - Throws: ``SystemdError/notSent(message:errno:)``.
    package func status(_ text: String) throws(SystemdError) { try send([Self.statusLine(text)]) }

    static func readyLines(_ status: String?) -> [String] {
        ["READY=1"] + (status.map { [Self.statusLine($0)] } ?? [])
    }

    /// The daemon begins to stop.
    ///
    /// - Throws: ``SystemdError/notSent(message:errno:)``.
    package func stopping() throws(SystemdError) { try send(["STOPPING=1"]) }

    /// The configuration is being read anew; ``ready(status:)`` must follow.
    ///
    /// The moment of the monotonic clock goes into the same datagram: systemd tells by it which reload is meant.
    ///
    /// - Throws: ``SystemdError/notSent(message:errno:)``.
    package func reloading() throws(SystemdError) { try send(Self.reloadingLines()) }

    static func reloadingLines() -> [String] {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
        return ["RELOADING=1", "MONOTONIC_USEC=\(microseconds)"]
    }

    /// Proof of life; call it only when the loops have done work since the last one.
    ///
    /// - Throws: ``SystemdError/notSent(message:errno:)``.
    package func watchdog() throws(SystemdError) { try send(["WATCHDOG=1"]) }

    /// Asks for so much more time, from now, to start, to stop or to run.
    ///
    /// - Throws: ``SystemdError/notSent(message:errno:)``.
    package func extendTimeout(microseconds: UInt64) throws(SystemdError) {
        try send(["EXTEND_TIMEOUT_USEC=\(microseconds)"])
    }

    /// Longest status in bytes: systemd reads datagrams of at most 4096.
    static let maximumStatusBytes = 1000

    static func statusLine(_ text: String) -> String { "STATUS=" + oneLine(text) }

    /// Text without line ends and control characters, which would be further assignments, and short enough.
    static func oneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            if line.utf8.count + Unicode.UTF8.width(scalar) > maximumStatusBytes { break }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.unicodeScalars.append(" ")
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// Sends at once or not at all: where systemd doesn't read, waiting would stop whoever tells it something.
    ///
    /// Source: sd_notify(3), which waits; `sendto(2)` with `MSG_DONTWAIT`.
    func send(_ assignments: [String]) throws(SystemdError) {
        guard let name = getenv("NOTIFY_SOCKET") else { return }
        let code = Self.send(Array(assignments.joined(separator: "\n").utf8), to: String(cString: name))
        if code != 0 { throw .notSent(message: assignments[0], errno: code) }
    }

    /// - Returns: An errno, or 0.
    private static func send(_ message: [UInt8], to name: String) -> Int32 {
        var path = Array(name.utf8)
        // A name that begins with `@` stands in no file system.
        guard let first = path.first, [UInt8(ascii: "/"), UInt8(ascii: "@")].contains(first) else {
            return EAFNOSUPPORT
        }
        if first == UInt8(ascii: "@") { path[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let offset = MemoryLayout<sockaddr_un>.offset(of: \sockaddr_un.sun_path) ?? 2
        guard path.count <= MemoryLayout<sockaddr_un>.size - offset else { return ENAMETOOLONG }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        let sent = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    descriptor, message, message.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL), $0,
                    socklen_t(offset + path.count))
            }
        }
        return sent < 0 ? errno : 0
    }
}
