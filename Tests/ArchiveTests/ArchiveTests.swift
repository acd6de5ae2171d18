import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct ArchiveTests {
    private let clock = TestClock()

    private func open(_ log: any RecordLog) throws -> Archive { try Archive(log: log, clock: clock.read) }

    @Test(arguments: LogKind.allCases)
    func `a table comes back as it was recorded, now and after opening again`(kind: LogKind) throws {
        try kind.withLog { log in
            let first = try open(log())
            let sidecar = Sidecar(kind: .correction, stage: .final, reason: "a county was late")
            let drop = try Samples.drop(
                [Samples.mixed()], sidecar: sidecar, sidecarBytes: Array("kind: correction\n".utf8),
                audits: Samples.audits(), findings: [Finding("label-variants", "two spellings", line: 4)])
            let entries = try first.commit(drop)
            #expect(entries.map(\.outcome) == [.new])
            #expect(entries.first?.file == "in/file-1.txt")
            for archive in [first, try open(log())] {
                let vintage = try #require(archive.catalog.current(Samples.dataset, 2011))
                #expect(try archive.table(vintage).canonical == Samples.mixed().canonical)
                #expect(try archive.table(vintage).canonical == Samples.mixed().canonical, "from the cache")
                #expect(try archive.keySpace(vintage) == Samples.mixed().keySpace)
                #expect(try archive.source(vintage) == Array("file number 1\n".utf8))
                #expect(try archive.sidecar(vintage) == Array("kind: correction\n".utf8))
                #expect(vintage.audits == Samples.audits())
                #expect(vintage.findings.map(\.code) == ["label-variants"])
                #expect(vintage.kind == .correction && vintage.stage == .final && vintage.reason == "a county was late")
                #expect(vintage.periodLabel == "2011-12" && vintage.period.kind == .flow)
                #expect(vintage.dimensions == ["region", "measure"])
                #expect(vintage.facts.reader == "delimited" && vintage.source.bytes == 14)
                #expect(archive.problems.isEmpty)
            }
        }
    }

    @Test(arguments: LogKind.allCases)
    func `opening again gives the same catalog`(kind: LogKind) throws {
        try kind.withLog { log in
            let first = try open(log())
            for number in 1...150 {
                if number.isMultiple(of: 5) {
                    _ = try first.commit(Samples.quarantined(number: number))
                } else {
                    let table = Samples.table(year: 2000 + number % 7, first: Int64(number % 3))
                    _ = try first.commit(Samples.drop([table], number: number, audits: Samples.audits()))
                }
            }
            try first.discard(quarantineID: #require(first.catalog.quarantined.first?.quarantineID))
            let again = try open(log())
            let (left, right) = (first.catalog, again.catalog)
            #expect(left.head == right.head)
            #expect(left.counters == right.counters)
            #expect(left.drops() == right.drops())
            #expect(left.quarantined == right.quarantined)
            #expect(left.datasets == right.datasets)
            #expect(left.commitCount == right.commitCount && left.vintageCount == right.vintageCount)
            for year in left.years(Samples.dataset) {
                #expect(left.vintages(Samples.dataset, year) == right.vintages(Samples.dataset, year))
            }
            #expect(try again.verify(against: [left.head]).isSound)
        }
    }

    @Test(arguments: LogKind.allCases)
    func `the same figures again are identical, and their source isn't stored`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try open(log)
        _ = try archive.commit(Samples.drop([Samples.table()], number: 1))
        let head = log.head
        let entry = try #require(try archive.commit(Samples.drop([Samples.table()], number: 2)).first)
        #expect(entry.outcome == .identical)
        #expect(entry.version == 1 && entry.sequence == 2)
        #expect(log.head == head + 1, "a commit and nothing else")
        #expect(archive.catalog.vintageCount == 1)
        #expect(archive.catalog.counters == OutcomeCounters(new: 1, identical: 1))
    }

    @Test(arguments: LogKind.allCases)
    func `what differs only in glyphs, title or order is identical; a flag, a note or a label isn't`(
        kind: LogKind
    ) throws {
        let archive = try open(kind.log())
        let table = Samples.mixed()
        _ = try archive.commit(Samples.drop([table], number: 1))
        var glyphs = table
        glyphs.title = "Mixed (reprint)"
        glyphs.cells.palette = glyphs.cells.palette.map { Mark($0.status, flags: $0.flags, glyph: $0.glyph + "*") }
        var relabelled = table
        var dimensions = table.keySpace.dimensions
        dimensions[0].categories[5].aliases = ["another spelling"]
        relabelled.keySpace = KeySpace(dimensions)!
        for (number, same) in [glyphs, relabelled].enumerated() {
            #expect(try archive.commit(Samples.drop([same], number: 10 + number)).map(\.outcome) == [.identical])
        }
        var flagged = table
        flagged.cells.palette[2].flags.insert(.estimated)
        var noted = flagged
        noted.notes.append("2) Corrected.")
        var named = noted
        dimensions[0].categories[5].label = "A new name"
        named.keySpace = KeySpace(dimensions)!
        for (number, other) in [flagged, noted, named].enumerated() {
            let entries = try archive.commit(Samples.drop([other], number: 20 + number))
            #expect(entries.map(\.outcome) == [.revised])
            #expect(entries.map(\.version) == [2 + number])
        }
    }

    @Test(arguments: LogKind.allCases)
    func `categories in another order are identical`(kind: LogKind) throws {
        let archive = try open(kind.log())
        let table = Samples.table(cells: 4)
        var turned = table
        var dimension = table.keySpace.dimensions[0]
        dimension.categories.reverse()
        turned.keySpace = KeySpace([dimension])!
        turned.cells.values.reverse()
        _ = try archive.commit(Samples.drop([table], number: 1))
        #expect(try archive.commit(Samples.drop([turned], number: 2)).map(\.outcome) == [.identical])
    }

    @Test(arguments: LogKind.allCases)
    func `figures that come back are a third vintage that says so`(kind: LogKind) throws {
        let archive = try open(kind.log())
        for (number, first) in [Int64(1), 50, 1].enumerated() {
            _ = try archive.commit(Samples.drop([Samples.table(first: first)], number: number))
        }
        let vintages = archive.catalog.vintages(Samples.dataset, 2011)
        #expect(vintages.map(\.version) == [1, 2, 3])
        #expect(vintages.map(\.outcome) == [.new, .revised, .revised])
        #expect(vintages.map(\.revertsTo) == [nil, nil, 1])
        #expect(vintages[0].content == vintages[2].content)
    }

    @Test(arguments: LogKind.allCases)
    func `the years of one drop end each in their own outcome, under one commit`(kind: LogKind) throws {
        let archive = try open(kind.log())
        _ = try archive.commit(Samples.drop([Samples.table(year: 2010), Samples.table(year: 2011)], number: 1))
        let changed = [Samples.table(year: 2010), Samples.table(year: 2011, first: 9), Samples.table(year: 2012)]
        let entries = try archive.commit(Samples.drop(changed, number: 2))
        #expect(entries.map(\.outcome) == [.identical, .revised, .new])
        #expect(entries.map(\.sequence) == [3, 4, 5])
        #expect(Set(entries.map(\.recorded)).count == 1)
        #expect(archive.catalog.years(Samples.dataset) == [2010, 2011, 2012])
        #expect(archive.catalog.commitCount == 2)
        #expect(archive.catalog.head.sequence == 5)
    }

    @Test(arguments: LogKind.allCases)
    func `drops of one batch are decided on in order, with one append`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try open(log)
        let entries = try archive.commit([
            Samples.drop([Samples.table()], number: 1), Samples.drop([Samples.table()], number: 2),
            Samples.drop([Samples.table(first: 8)], number: 3), Samples.quarantined(number: 4),
        ])
        #expect(entries.flatMap(\.self).map(\.outcome) == [.new, .identical, .revised, .quarantined])
        #expect(try log.frame(at: log.head).batch == 1)
        #expect(try open(log).catalog.drops() == archive.catalog.drops())
    }

    @Test(arguments: LogKind.allCases)
    func `instants never run backwards`(kind: LogKind) throws {
        let archive = try open(kind.log())
        _ = try archive.commit(Samples.drop([Samples.table(first: 1)], number: 1))
        clock.set(5)
        _ = try archive.commit(Samples.drop([Samples.table(first: 2)], number: 2))
        let recorded = archive.catalog.drops().map(\.recorded.microseconds)
        #expect(recorded[1] == recorded[0] + 1)
    }

    @Test func `a drop of another file than was claimed, or with a year twice, is refused`() throws {
        let archive = try open(MemoryLog())
        var other = try Samples.drop([Samples.table()])
        other.file.sha256 = .zero
        #expect(throws: ArchiveError.self) { try archive.commit(other) }
        #expect(throws: CodingError.self) { try Samples.drop([Samples.table(), Samples.table()]) }
        #expect(throws: CodingError.self) { try Samples.drop([]) }
        #expect(throws: CodingError.self) { try Samples.drop([Samples.table(year: 11)]) }
    }

    @Test func `a log without room takes nothing and answers all the same`() throws {
        let log = MemoryLog(capacityBytes: 4000)
        let archive = try open(log)
        var taken = 0
        while taken < 50,
            attempt({ try archive.commit(Samples.drop([Samples.table(first: Int64(taken))], number: taken)) }) != nil
        {
            // The log is full at some drop; which one doesn't matter here.
            taken += 1
        }
        #expect((1..<50).contains(taken))
        #expect(archive.catalog.vintageCount == taken)
        #expect(try archive.verify().isSound)
    }
}
