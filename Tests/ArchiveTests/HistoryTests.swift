import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct HistoryTests {
    private let clock = TestClock()

    private func all(_ history: History, atMost limit: Int = 1000) throws -> [HistoryEntry] {
        var history = history
        var all: [HistoryEntry] = []
        while true {
            let entries = try history.entries(atMost: limit)
            #expect(entries.count <= limit)
            guard !entries.isEmpty else { return all }
            all += entries
        }
    }

    @Test(arguments: LogKind.allCases)
    func `each commit is a line, its numbers and what it was`(kind: LogKind) throws {
        try kind.withLog { log in
            let archive = try Archive(log: log(), clock: clock.read)
            _ = try archive.commit(
                Samples.drop([Samples.table(year: 2010), Samples.table(year: 2011, first: 5)], number: 1))
            let first = archive.catalog.head
            let claim = Samples.claim([1], number: 2)
            let entries = try archive.commit(Examined(claim, refused: Reason("It is empty.")))
            let id = try #require(entries.first?.quarantineID)
            try archive.discard(quarantineID: id)
            let last = archive.catalog.head

            let history = try all(archive.history)
            #expect(history.map(\.kind) == [.taken, .quarantined, .discarded])
            #expect(history.map(\.first) == [1, 3, 4])
            #expect(history.map(\.head.sequence) == [2, 3, 4])
            #expect(history[0].head == first && history[2].head == last)
            #expect(
                history[0].years == [
                    .init(year: 2010, outcome: .new, version: 1), .init(year: 2011, outcome: .new, version: 1),
                ])
            #expect(history[0].dataset == Samples.dataset && history[0].file == "in/file-1.txt")
            #expect(history[1].sha256 == claim.sha256 && history[1].quarantineID == id && history[1].years.isEmpty)
            #expect(history[2].quarantineID == id && history[2].file == nil)
        }
    }

    @Test(arguments: LogKind.allCases, [1, 2, 3, 7, 1000])
    func `it is the same in handfuls of any size, and ends where the log ended`(kind: LogKind, limit: Int) throws {
        try kind.withLog { log in
            let archive = try Archive(log: log(), clock: clock.read)
            #expect(try all(archive.history, atMost: limit).isEmpty)
            for number in 1...7 {
                _ = try archive.commit(Samples.drop([Samples.table(first: Int64(number))], number: number))
            }
            var begun = archive.history
            let before = try begun.entries(atMost: 1)
            _ = try archive.commit(Samples.drop([Samples.table(first: 8)], number: 8))
            #expect(try (before + all(begun, atMost: limit)).map(\.head.sequence) == Array(1...7))
            #expect(try all(archive.history, atMost: limit).map(\.head.sequence) == Array(1...8))
        }
    }

    @Test(arguments: LogKind.allCases)
    func `what is no commit is left out`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: clock.read)
        for number in 1...3 {
            _ = try archive.commit(Samples.drop([Samples.table(first: Int64(number))], number: number))
        }
        let forged = try log.forged(on: kind) { frame in
            var payload = frame.payload
            if frame.kind == .commit, payload[Digest.byteCount + 1] == 2 { payload.removeLast(payload.count - 40) }
            return Frame(kind: frame.kind, payload: payload)
        }
        #expect(try all(History(forged)).map(\.head.sequence) == [1, 3])
    }
}
