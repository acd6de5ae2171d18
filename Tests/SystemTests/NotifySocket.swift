import Foundation
import Glibc
import Synchronization
import Testing

/// The other end of `NOTIFY_SOCKET`: collects what the daemon tells its supervisor.
///
/// Source: sd_notify(3).
final class NotifySocket: Sendable {
    /// Outlives the socket's owner by the moment that the reading thread needs to end.
    private final class Received: Sendable {
        let datagrams = Mutex<[String]>([])
    }

    let path: String
    private let descriptor: Int32
    private let received = Received()

    init(at path: String) throws {
        self.path = path
        let descriptor = try BoundSocket(at: path, kind: SOCK_DGRAM).descriptor
        self.descriptor = descriptor
        // Read at once, as a supervisor does: the kernel keeps ten datagrams, and then makes the sender wait.
        Thread.detachNewThread { [received] in
            var buffer = [UInt8](repeating: 0, count: 8192)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                let text = String(decoding: buffer[..<count], as: UTF8.self)
                received.datagrams.withLock { $0.append(text) }
            }
            close(descriptor)
        }
    }

    /// Ends the reading thread, which closes the socket.
    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// All datagrams so far, in order.
    var datagrams: [String] { received.datagrams.withLock { $0 } }

    /// All assignments so far, in order.
    var lines: [String] { datagrams.flatMap { $0.split(separator: "\n").map(String.init) } }

    func wait(for line: String, times: Int = 1, upTo limit: Duration = .seconds(10)) async throws {
        try await SystemTests.waitUntil(limit, "\(line) × \(times)") { self.lines.count { $0 == line } >= times }
    }
}

extension SystemTests {
    /// The free function, for where a method of the same name hides it.
    static func waitUntil(_ limit: Duration, _ what: String, _ isTrue: () async throws -> Bool) async throws {
        try await wait(upTo: limit, for: what, until: isTrue)
    }
}
