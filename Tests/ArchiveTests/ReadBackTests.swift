import Annals
import RecordLog
import TestSupport
import Testing

@testable import Archive

/// A commit that a later start could not read is refused before it is appended.
@Suite struct ReadBackTests {
    private let clock = TestClock()

    private static let outside: [Int64] = [
        Int64.min, Instant.domain.lowerBound.microseconds - 1, Instant.domain.upperBound.microseconds + 1, .max,
    ]

    private func unreadable(_ error: ArchiveError?) -> Bool {
        if case .notReadBack = error { true } else { false }
    }

    @Test(arguments: LogKind.allCases, outside)
    func `a date out of range is refused, and others go on`(kind: LogKind, microseconds: Int64) throws {
        try kind.withLog { open in
            let archive = try Archive(log: open(), clock: clock.read)
            let sidecar = Sidecar(published: Instant(microseconds: microseconds))
            let bad = try Samples.drop([Samples.table()], number: 1, sidecar: sidecar)
            let error = #expect(throws: ArchiveError.self) { try archive.commit(bad) }
            #expect(unreadable(error), "\(String(describing: error))")
            #expect(archive.catalog.head == .empty)
            let batch = try archive.begin()
            try batch.add(Samples.drop([Samples.table(year: 2001)], number: 2))
            #expect(throws: ArchiveError.self) { try batch.add(bad) }
            try batch.add(Samples.drop([Samples.table(year: 2002)], number: 3))
            #expect(try batch.commit().count == 2)
            let again = try Archive(log: open(), clock: clock.read)
            #expect(again.problems.isEmpty)
            #expect(again.catalog.years(Samples.dataset) == [2001, 2002])
        }
    }

    @Test(arguments: outside) func `a clock out of range is brought into it`(microseconds: Int64) throws {
        let log = MemoryLog()
        let archive = try Archive(log: log) { Instant(microseconds: microseconds) }
        _ = try archive.commit(Samples.drop([Samples.table()]))
        #expect(try Archive(log: log, clock: clock.read).catalog.lastRecorded == archive.catalog.lastRecorded)
        #expect(archive.catalog.lastRecorded == Instant(microseconds: microseconds).inDomain)
    }

    @Test func `at the end of time nothing is recorded any more, and nothing is lost`() throws {
        let log = MemoryLog()
        let archive = try Archive(log: log) { Instant.domain.upperBound }
        _ = try archive.commit(Samples.drop([Samples.table()]))
        let error = #expect(throws: ArchiveError.self) { try archive.commit(Samples.quarantined()) }
        #expect(unreadable(error))
        #expect(try Archive(log: log, clock: clock.read).catalog.drops() == archive.catalog.drops())
    }
}
