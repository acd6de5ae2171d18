import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Clients that take what there is of descriptors, and daemons that say nothing.
    @Suite struct Crowds {
        /// Connections that say nothing.
        private final class IdleClients {
            private var descriptors: [Int32] = []

            init(_ count: Int, at path: String) throws {
                for _ in 0..<count {
                    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
                    try SystemError.check("socket", min(descriptor, 0))
                    descriptors.append(descriptor)
                    var address = sockaddr_un()
                    address.sun_family = sa_family_t(AF_UNIX)
                    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
                    let result = withUnsafePointer(to: &address) { pointer in
                        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                        }
                    }
                    try SystemError.check("connect", result)
                }
            }

            func leave() {
                for descriptor in descriptors { close(descriptor) }
                descriptors = []
            }

            deinit { leave() }
        }

        /// What uses no processor while nothing happens, in clock ticks since its start.
        private func ticks(_ daemon: Daemon) throws -> Int {
            let status = try String(contentsOfFile: "/proc/\(daemon.pid)/stat", encoding: .utf8)
            let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
            return fields[11...12].compactMap { Int($0) }.reduce(0, +)
        }

        @Test func moreClientsThanDescriptorsCostNothing() async throws {
            try await Workplace.with { place in
                let wrapper = ["sh", "-c", #"ulimit -n 128; exec "$@""#, "sh"]
                try await place.withDaemon(DaemonStart(wrapper: wrapper)) { daemon in
                    let clients = try IdleClients(300, at: place.socket)
                    let before = try ticks(daemon)
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    try await wait(upTo: .seconds(10), for: "the file") { try place.done.count == 1 }
                    try await Task.sleep(for: .seconds(2))
                    #expect(try ticks(daemon) - before < 100)
                    clients.leave()
                    #expect(try await place.synchronise().count == 1)
                    let words = "as many connections as there may be are open"
                    #expect(place.said.split(separator: "\n").count { $0.contains(words) } == 1, "\(place.said)")
                    try await wait(upTo: .seconds(10), for: "word of the end of it") {
                        place.said.contains("there is room for connections again")
                    }
                }
            }
        }

        @Test func theClientGivesUpOnAStoppedDaemon() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { daemon in
                    daemon.signal(SIGSTOP)
                    for arguments in [["status"], ["verify"], ["quarantine", "retry", "x"]] {
                        let answer = try await Answer.of(
                            Repository.program("annalctl"), arguments + ["--timeout", "1", "--socket", place.socket])
                        #expect(answer.code == 7, "\(arguments): \(answer)")
                        #expect(answer.errors.contains(place.socket))
                    }
                    daemon.signal(SIGCONT)
                    #expect(try await place.annalctl("--timeout", "20", "status").code == 0)
                }
            }
        }
    }
}
