import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct ArrivalFindingsTests {
    private let day: Int64 = 86_400_000_000

    @Test(arguments: LogKind.allCases)
    func `a date more than a day ahead is found, and the same date later isn't`(kind: LogKind) throws {
        let clock = TestClock()
        clock.set(0)
        let archive = try Archive(log: kind.log(), clock: clock.read)
        func codes(_ number: Int, publishedAfterDays days: Int64, value: Int64) throws -> [String] {
            var table = Samples.table(year: 2000 + number, cells: 3)
            table.cells.values[0] = value
            let published = Instant(microseconds: days * day)
            let drop = try Samples.drop([table], number: number, sidecar: Sidecar(published: published))
            return try archive.commit(drop).flatMap(\.findings).map(\.code)
        }
        #expect(try codes(1, publishedAfterDays: 1, value: 1).isEmpty)
        #expect(try codes(2, publishedAfterDays: 2, value: 1) == ["published-in-future"])
        #expect(
            try codes(3, publishedAfterDays: Instant.domain.upperBound.microseconds / day, value: 1) == [
                "published-in-future"
            ])
        #expect(try codes(4, publishedAfterDays: Instant.domain.lowerBound.microseconds / day, value: 1).isEmpty)
        clock.set(3 * day)
        #expect(try codes(5, publishedAfterDays: 2, value: 1).isEmpty)
    }

    @Test(arguments: LogKind.allCases)
    func `what isn't the current version on arrival says so, in the drop and in the vintage`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: TestClock().read)
        func drop(_ number: Int, value: Int64, publishedDay: Int64) throws -> Examined {
            var table = Samples.table(cells: 3)
            table.cells.values[0] = value
            return try Samples.drop(
                [table], number: number, sidecar: Sidecar(published: Instant(microseconds: publishedDay * day)))
        }
        #expect(try archive.commit(drop(1, value: 1, publishedDay: 20))[0].findings.isEmpty)
        let old = try archive.commit(drop(2, value: 2, publishedDay: 10))[0]
        #expect(old.outcome == .revised && old.findings.map(\.code) == ["not-current"])
        #expect(old.findings[0].message.contains("version 1"))
        #expect(try archive.commit(drop(3, value: 1, publishedDay: 25))[0].findings.isEmpty, "identical confirms")
        #expect(try archive.commit(drop(4, value: 3, publishedDay: 20))[0].findings.isEmpty, "a tie is the later's")
        let reopened = try Archive(log: log, clock: TestClock().read)
        #expect(reopened.catalog.drop(old.sequence) == old)
        let vintage = try #require(reopened.catalog.vintage(Samples.dataset, old.year!, version: 2))
        #expect(vintage.findings.map(\.code) == ["not-current"])
    }

    @Test(arguments: LogKind.allCases)
    func `how a drop arrived is told in the drop and in the vintage, and again after a restart`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: TestClock().read)
        var drop = try Samples.drop([Samples.table(cells: 3)])
        drop.arrival = [
            ArrivalFindings.noDataset(in: ["march"]),
            ArrivalFindings.sidecarFromBefore(since: Instant(microseconds: 0), Sidecar(year: 2011)),
        ]
        let codes = ["folder-names-no-dataset", "old-sidecar"]
        #expect(try archive.commit(drop)[0].findings.map(\.code) == codes)
        let again = try Archive(log: log, clock: TestClock().read)
        #expect(again.catalog.drops()[0].findings.map(\.code) == codes)
        let vintage = try #require(again.catalog.current(Samples.dataset, 2011))
        #expect(vintage.yearFindings.map(\.code) == codes)
    }

    /// What took long to read doesn't become current over what came after it.
    @Test(arguments: LogKind.allCases)
    func `a drop that others overtook counts as if it had been recorded in its order`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: TestClock().read)
        func drop(
            _ number: Int, value: Int64, overtaken: Instant? = nil, published: Instant? = nil
        ) throws -> [DropEntry] {
            var table = Samples.table(cells: 3)
            table.cells.values[0] = value
            var drop = try Samples.drop([table], number: number, published: published)
            drop.overtaken = overtaken
            return try archive.commit(drop)
        }
        let before = try drop(1, value: 1)[0]
        let later = try drop(2, value: 2)[0]
        let slow = try drop(3, value: 3, overtaken: later.recorded)[0]
        #expect(slow.version == 3 && slow.findings.map(\.code) == ["not-current", "overtaken"])
        #expect(archive.catalog.current(Samples.dataset, 2011)?.version == 2)
        let published = try #require(slow.published)
        #expect(published < later.recorded && published > before.recorded)
        // Where it says itself when it was published, that counts; and where nothing of the dataset overtook it.
        let dated = try drop(4, value: 4, overtaken: later.recorded, published: Instant(microseconds: 5))[0]
        #expect(dated.published == Instant(microseconds: 5))
        let alone = try drop(5, value: 5, overtaken: dated.recorded.advancedBySecond)[0]
        #expect(alone.published == alone.recorded && alone.findings.isEmpty)
    }
}

extension Instant {
    fileprivate var advancedBySecond: Instant { Instant(microseconds: microseconds + 1_000_000) }
}
