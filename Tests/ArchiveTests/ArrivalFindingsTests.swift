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
        #expect(try archive.commit(drop(3, value: 1, publishedDay: 5))[0].findings.isEmpty, "identical confirms")
        #expect(try archive.commit(drop(4, value: 3, publishedDay: 20))[0].findings.isEmpty, "a tie is the later's")
        let reopened = try Archive(log: log, clock: TestClock().read)
        #expect(reopened.catalog.drop(old.sequence) == old)
        let vintage = try #require(reopened.catalog.vintage(Samples.dataset, old.year!, version: 2))
        #expect(vintage.findings.map(\.code) == ["not-current"])
    }
}
