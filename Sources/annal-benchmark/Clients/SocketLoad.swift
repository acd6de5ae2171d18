import Glibc

/// Many connections to a Unix socket, served by one thread that waits for all of them.
///
/// Requests are due at a steady rate. One that finds no connection idle waits for the first that is, and its wait counts:
/// a server that stops for a while delays all that were due meanwhile.
final class SocketLoad {
    private struct Connection {
        let descriptor: CInt
        /// When its request was due; nil for an idle one.
        var due: UInt64?
        var received: [UInt8] = []
        /// Of the whole answer, once its heading says so.
        var wanted: Int?
    }

    private let request: [UInt8]
    private var connections: [Connection] = []
    private var idle: [Int] = []
    private var answered = AnsweredRound()
    private var piece = [UInt8](repeating: 0, count: 1 << 16)

    /// - Throws: Where the socket can't be reached.
    init(path: String, connections count: Int, target: String) throws {
        request = Array("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        for place in 0..<count {
            connections.append(Connection(descriptor: try Self.connected(to: path)))
            idle.append(place)
        }
    }

    deinit { for connection in connections { close(connection.descriptor) } }

    private static func connected(to path: String) throws -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        guard (0..<1024).contains(descriptor) else { throw BenchmarkError(call: "socket") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { space in
            space.copyBytes(from: Array(path.utf8).prefix(space.count - 1))
            return path.utf8.count < space.count
        }
        guard fits else { throw BenchmarkError("\(path) is too long for a socket") }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw BenchmarkError(call: "connect \(path)") }
        return descriptor
    }

    /// Asks for so long, then waits for what is still to come.
    ///
    /// - Parameters:
    ///   - requestsPerSecond: 0 for as many as are answered.
    ///   - seconds: How long.
    /// - Returns: How long each of them waited.
    /// - Throws: Where an answer is anything but 200.
    func run(requestsPerSecond: Int, seconds: Int) throws -> AnsweredRound {
        let start = Stopwatch.now()
        let end = start + UInt64(seconds) * 1_000_000_000
        let step = requestsPerSecond > 0 ? 1_000_000_000 / UInt64(requestsPerSecond) : 0
        var due = start
        while true {
            let now = Stopwatch.now()
            while let place = idle.last, due <= now, due < end {
                idle.removeLast()
                try send(place, due: step > 0 ? due : Stopwatch.now())
                due = step > 0 ? due + step : Stopwatch.now()
            }
            let isOver = due >= end || now >= end
            if isOver, idle.count == connections.count { break }
            try receive(until: idle.isEmpty || isOver ? now + 1_000_000_000 : due)
        }
        answered.seconds = Double(Stopwatch.now() - start) / 1e9
        return answered
    }

    private func send(_ place: Int, due: UInt64) throws {
        connections[place].due = due
        let count = request.withUnsafeBytes {
            Glibc.send(connections[place].descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
        guard count == request.count else { throw BenchmarkError(call: "send") }
    }

    private func receive(until instant: UInt64) throws {
        let now = Stopwatch.now()
        let left = instant > now ? instant - now : 0
        var timeout = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
        var waiting = fd_set()
        withUnsafeMutableBytes(of: &waiting) { bits in
            for connection in connections { bits[Int(connection.descriptor) / 8] |= 1 << (connection.descriptor % 8) }
        }
        let last = connections.map(\.descriptor).max() ?? 0
        guard pselect(last + 1, &waiting, nil, nil, &timeout, nil) >= 0 else { throw BenchmarkError(call: "pselect") }
        let ready = withUnsafeBytes(of: &waiting) { bits in
            connections.indices.filter { place in
                let descriptor = connections[place].descriptor
                return bits[Int(descriptor) / 8] & (1 << (descriptor % 8)) != 0
            }
        }
        for place in ready { try take(place) }
    }

    private func take(_ place: Int) throws {
        let count = recv(connections[place].descriptor, &piece, piece.count, 0)
        guard count > 0 else { throw BenchmarkError(call: "recv") }
        connections[place].received += piece[..<count]
        guard let due = connections[place].due else { throw BenchmarkError("an answer to nothing") }
        if connections[place].wanted == nil {
            connections[place].wanted = try AnswerHeading.byteCount(of: connections[place].received)
        }
        guard let wanted = connections[place].wanted, connections[place].received.count >= wanted else { return }
        answered.nanoseconds.append(Stopwatch.now() - due)
        answered.byteCount = wanted
        connections[place].received.removeAll(keepingCapacity: true)
        connections[place].wanted = nil
        connections[place].due = nil
        idle.append(place)
    }
}

/// As much of HTTP as an answer with its length needs.
enum AnswerHeading {
    /// Heading and body together; nil as long as the heading isn't whole.
    ///
    /// - Throws: Where it isn't 200, or doesn't say its length.
    static func byteCount(of received: [UInt8]) throws -> Int? {
        let end = Array("\r\n\r\n".utf8)
        guard received.count >= end.count,
            let place = (0...received.count - end.count).first(where: { Array(received[$0..<$0 + 4]) == end })
        else { return nil }
        let lines = String(decoding: received[..<place], as: UTF8.self).split(separator: "\r\n")
        guard lines[0].hasPrefix("HTTP/1.1 200") else {
            throw BenchmarkError("the daemon answers \(String(decoding: received, as: UTF8.self))")
        }
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts[0].lowercased() == "content-length", let length = Int(parts[1].drop { $0 == " " }) {
                return place + end.count + length
            }
        }
        throw BenchmarkError("an answer without a length can't be timed here")
    }
}
