import Annals
import Archive
import Glibc
import TestSupport
import Testing

/// Random histories recorded in a real archive and asked over the socket; every answer is held against the rules in the
/// plainest code, which starts from the drops and shares nothing with what answers.
@Suite struct HistoriesTests {
    /// How many are tried: `ANNAL_HISTORIES`, by hand many.
    private static let count = getenv("ANNAL_HISTORIES").flatMap { Int(String(cString: $0)) } ?? 300

    /// Of histories that found a fault once, when many were tried.
    private static let telling: [UInt64] = [1111, 7619]

    /// That of `ANNAL_SEED`, or all.
    private static let seeds =
        getenv("ANNAL_SEED").flatMap { UInt64(String(cString: $0)) }.map { [$0] }
        ?? Array(0..<UInt64(count)) + telling.filter { $0 >= count }

    @Test(arguments: seeds) func everyAnswerFollowsFromTheDrops(seed: UInt64) async throws {
        var drops = RandomDrops(SeededNumbers(seed))
        let replay = "ANNAL_SEED=\(seed) swift test --disable-xctest --filter HistoriesTests"
        var history = PlainHistory(decimalsAreDeclared: drops.decimalsAreDeclared)
        let archive = try HistoryArchive(drops)
        for drop in drops.drops() {
            guard let drop else {
                history.skip()
                try archive.quarantine()
                continue
            }
            let entries = try archive.record(drop)
            let recorded = try #require(entries.first?.recorded)
            let expected = history.take(
                drop, recorded: .init(microseconds: recorded.microseconds, text: recorded.description))
            let found = entries.map { "\($0.outcome.rawValue) \($0.version ?? 0) \($0.sequence)" }
            try #require(
                found == expected.map { "\($0.outcome) \($0.version) \($0.sequence)" },
                "drop \(history.head): \(entries.compactMap { $0.reason?.message }); \(replay)")
        }
        var questions = HistoryQuestions(history, drops, SeededNumbers(seed &+ 1_000_000_000))
        let drawn = questions.drawn(rounds: 4)
        try await RunningServer.with(archive.served()) { server in
            let path = server.socketPath
            let differences = try await RawConnection.offTheCooperativePool {
                try HistoryReader.differences(of: drawn, at: path)
            }
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))\n\(replay)")
        }
        withExtendedLifetime(archive) {}
    }
}

/// The target of a request.
struct Query {
    private(set) var target: String

    init(_ path: String) { target = path }

    mutating func add(_ name: String, _ value: String) {
        let escaped = value.map { $0 == "+" ? "%2B" : "\($0)" }.joined()
        target += (target.contains("?") ? "&" : "?") + name + "=" + escaped
    }

    /// Codes by id of dimension.
    mutating func add(_ texts: [String: String]) {
        guard !texts.isEmpty else { return }
        add("where", texts.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ","))
    }
}

/// Asks one question after another over one connection.
enum HistoryReader {
    static func differences(of questions: [HistoryQuestions.Question], at path: String) throws -> [String] {
        let connection = try RawConnection(path: path)
        defer { connection.close() }
        var differences: [String] = []
        for question in questions {
            let target = "/v1/datasets/history/" + question.target
            try connection.send(Array("GET \(target) HTTP/1.1\r\nHost: annal\r\n\r\n".utf8))
            let answer = try ExactJSON(try body(connection))
            if let difference = difference(of: answer, from: question.expected) {
                differences.append("\(target): \(difference)")
            }
        }
        return differences
    }

    private static func difference(
        of answer: ExactJSON, from expected: Result<ExactJSON, PlainProblem>
    ) -> String? {
        switch expected {
        case .success(let expected): return expected.difference(from: answer)
        case .failure(let problem):
            let types = problem.kinds.map { ExactJSON.string("urn:annal:problem:" + $0) }
            guard let type = answer["type"], types.contains(type) else {
                return "expected \(problem.kinds.sorted()), found \(answer)"
            }
            return nil
        }
    }

    /// An answer's body, sent whole or in chunks.
    private static func body(_ connection: RawConnection) throws -> [UInt8] {
        var bytes: [UInt8] = []
        func line(from start: Int) throws -> (text: String, next: Int) {
            var end = start
            while true {
                while end + 1 < bytes.count {
                    if bytes[end] == 13, bytes[end + 1] == 10 {
                        return (String(decoding: bytes[start..<end], as: UTF8.self), end + 2)
                    }
                    end += 1
                }
                try receive(connection, &bytes)
            }
        }
        func take(_ count: Int, from start: Int) throws -> ArraySlice<UInt8> {
            while bytes.count < start + count { try receive(connection, &bytes) }
            return bytes[start..<start + count]
        }
        var place = 0
        var length: Int?
        while true {
            let (text, next) = try line(from: place)
            place = next
            if text.isEmpty { break }
            if text.lowercased().hasPrefix("content-length:") { length = Int(text.split(separator: " ")[1]) }
        }
        if let length { return Array(try take(length, from: place)) }
        var body: [UInt8] = []
        while true {
            let (size, next) = try line(from: place)
            let count = Int(size, radix: 16) ?? 0
            body += try take(count, from: next)
            _ = try take(2, from: next + count)
            place = next + count + 2
            if count == 0 { return body }
        }
    }

    private static func receive(_ connection: RawConnection, _ bytes: inout [UInt8]) throws {
        let piece = try connection.receive()
        if piece.isEmpty { throw ExactJSON.Malformed(text: String(decoding: bytes, as: UTF8.self)) }
        bytes += piece
    }
}
