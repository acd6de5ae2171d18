import Foundation
import Glibc
import Synchronization
import Testing

/// The other end of `NOTIFY_SOCKET`: collects what the daemon tells its supervisor.
///
/// Source: sd_notify(3).
final class NotifySocket: Sendable {
    let path: String
    private let descriptor: Int32
    private let received = Mutex<[String]>([])

    init(at path: String) throws {
        self.path = path
        descriptor = try BoundSocket(at: path, kind: SOCK_DGRAM).descriptor
    }

    deinit { close(descriptor) }

    /// All datagrams so far, in order.
    var datagrams: [String] {
        received.withLock { datagrams in
            var buffer = [UInt8](repeating: 0, count: 8192)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                guard count >= 0 else { return datagrams }
                datagrams.append(String(decoding: buffer[..<count], as: UTF8.self))
            }
        }
    }

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
