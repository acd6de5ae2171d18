import Annals
import RecordLog
import TestSupport
import Testing

@testable import Archive

@Suite struct QuarantineTests {
    private let clock = TestClock()

    @Test(arguments: LogKind.allCases)
    func `a file that is taken aside has an entry, an id and its reason, and no content in the log`(
        kind: LogKind
    ) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: clock.read)
        let entry = try #require(try archive.commit(Samples.quarantined()).first)
        #expect(entry.outcome == .quarantined && entry.reason?.message == "no table in it" && entry.reason?.line == 3)
        let id = try #require(entry.quarantineID)
        #expect(id == "000001-" + entry.claim.sha256.hex.prefix(8))
        #expect(archive.catalog.quarantined(id: id) == entry)
        #expect(log.head == 1)
    }

    @Test(arguments: LogKind.allCases)
    func `what is discarded is forgotten by the list and kept by the drops`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: clock.read)
        let ids = try (1...3).compactMap { try archive.commit(Samples.quarantined(number: $0)).first?.quarantineID }
        try archive.discard(quarantineID: ids[1])
        #expect(archive.catalog.quarantined.map(\.quarantineID) == [ids[0], ids[2]])
        #expect(archive.catalog.drops().count == 3)
        #expect(archive.catalog.head.sequence == 4, "the head tells that something was decided")
        #expect(throws: ArchiveError.self) { try archive.discard(quarantineID: ids[1]) }
        let again = try Archive(log: log, clock: clock.read)
        #expect(again.catalog.quarantined == archive.catalog.quarantined)
        #expect(try again.commit(Samples.quarantined(number: 4)).map(\.sequence) == [5])
    }

    @Test(arguments: LogKind.allCases)
    func `a filing that was cut short is found by the file's identity alone`(kind: LogKind) throws {
        let log = try kind.log()
        let first = try Archive(log: log, clock: clock.read)
        let tables = [Samples.table(year: 2010), Samples.table(year: 2011)]
        _ = try first.commit(Samples.drop(tables, number: 1))
        _ = try first.commit(Samples.drop(tables, number: 2))
        _ = try first.commit(Samples.quarantined(number: 3))
        for archive in [first, try Archive(log: log, clock: clock.read)] {
            let second = Samples.claim(Array("file number 2\n".utf8), number: 2)
            #expect(archive.claims(matching: second).map(\.sequence) == [3, 4])
            #expect(archive.claims(matching: second).first?.claim == second)
            let third = Samples.claim(Array("noise 3".utf8), number: 3)
            #expect(archive.claims(matching: third).map(\.outcome) == [.quarantined])
            var other = second
            other.ctimeNanoseconds += 1
            #expect(archive.claims(matching: other).isEmpty)
        }
    }

    @Test(arguments: LogKind.allCases)
    func `a file that is put back into the inbox may be claimed again`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: clock.read)
        let entry = try #require(try archive.commit(Samples.quarantined()).first)
        try archive.release(quarantineID: #require(entry.quarantineID), as: .retried)
        #expect(archive.claims(matching: entry.claim).isEmpty)
        #expect(try Archive(log: log, clock: clock.read).claims(matching: entry.claim).isEmpty)
        #expect(try archive.commit(Samples.quarantined()).map(\.sequence) == [3])
        #expect(archive.claims(matching: entry.claim).map(\.sequence) == [3])
    }
}
