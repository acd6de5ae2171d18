import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct CatalogTests {
    private let clock = TestClock()

    private func instant(_ text: String) -> Instant { Instant(iso8601: text)! }

    /// 2011 in three vintages: the second arrives last but was published between the others.
    private func archive(_ kind: LogKind) throws -> Archive {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        for (number, published) in ["2012-03-01", "2014-03-01", "2013-03-01"].enumerated() {
            _ = try archive.commit(
                Samples.drop(
                    [Samples.table(first: Int64(number))], number: number, published: instant(published)))
        }
        return archive
    }

    @Test(arguments: LogKind.allCases)
    func `an old release that comes late is a vintage, not the current one`(kind: LogKind) throws {
        let catalog = try archive(kind).catalog
        #expect(catalog.current(Samples.dataset, 2011)?.version == 2)
        #expect(catalog.vintages(Samples.dataset, 2011).map(\.version) == [1, 2, 3])
    }

    @Test(arguments: LogKind.allCases)
    func `a release is compared with what counted when it was published`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        func drop(_ number: Int, first: Int64, published: String) throws -> DropEntry {
            let table = Samples.table(first: first)
            return try archive.commit(Samples.drop([table], number: number, published: instant(published)))[0]
        }
        _ = try drop(1, first: 1, published: "2012-01-01")
        _ = try drop(2, first: 2, published: "2014-01-01")
        // Today's figures, and those of then: one is a vintage of its own, the other says nothing new.
        let late = try drop(3, first: 2, published: "2013-01-01")
        #expect(late.outcome == .revised && late.version == 3)
        let same = try drop(4, first: 1, published: "2012-06-01")
        #expect(same.outcome == .identical && same.version == 1)
        let before = try drop(5, first: 1, published: "2011-01-01")
        #expect(before.outcome == .revised && before.version == 4)
        let catalog = archive.catalog
        #expect(catalog.vintages(Samples.dataset, 2011).map(\.revertsTo) == [nil, nil, 2, 1])
        #expect(catalog.current(Samples.dataset, 2011, asOf: instant("2013-06-01"))?.version == 3)
        #expect(catalog.current(Samples.dataset, 2011)?.version == 2)
    }

    @Test(arguments: LogKind.allCases)
    func `decimals make no revision unless they are declared`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        var finer = Samples.table()
        finer.measures[0].decimals = 1
        finer.cells.values = finer.cells.values.map { $0 * 10 }
        _ = try archive.commit(Samples.drop([Samples.table()], number: 1))
        let same = try archive.commit(Samples.drop([finer], number: 2))
        #expect(same.map(\.outcome) == [.identical])
        var declared = try Samples.drop([finer], number: 3)
        guard case .tables(var tables) = declared.content else { return }
        tables.decimalsAreDeclared = true
        declared.content = .tables(tables)
        #expect(try archive.commit(declared).map(\.outcome) == [.revised])
        finer.cells.values[0] += 1
        #expect(try archive.commit(Samples.drop([finer], number: 4)).map(\.outcome) == [.revised])
    }

    @Test(arguments: LogKind.allCases)
    func `dimensions stand as in the first vintage`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        let table = Samples.mixed()
        _ = try archive.commit(Samples.drop([table], number: 1))
        let turned = try Samples.drop([table.ordered(by: ["measure"])], number: 2)
        guard case .examineAgain(let bound) = try archive.begin().add(turned) else {
            Issue.record("it was taken as the file has it")
            return
        }
        #expect(bound.dimensions == ["region", "measure"])
        var again = try Samples.drop([table.ordered(by: bound.dimensions)], number: 2)
        again.bound = bound
        #expect(try archive.commit(again).map(\.outcome) == [.identical])
        // A definition may have decided on another order: that alone is nothing new either.
        var defined = turned
        defined.bound = bound
        #expect(try archive.commit(defined).map(\.outcome) == [.identical])
    }

    @Test(arguments: LogKind.allCases)
    func `as of a time, what was published by then counts`(kind: LogKind) throws {
        let catalog = try archive(kind).catalog
        func version(_ text: String) -> Int? {
            catalog.current(Samples.dataset, 2011, asOf: instant(text))?.version
        }
        #expect(version("2011-01-01") == nil)
        #expect(version("2012-03-01") == 1)
        #expect(version("2013-06-01") == 3)
        #expect(version("2020-01-01") == 2)
        #expect(catalog.years(Samples.dataset, asOf: instant("2011-01-01")).isEmpty)
    }

    @Test(arguments: LogKind.allCases)
    func `known at an entry, what the log had counts, whatever came later`(kind: LogKind) throws {
        let archive = try archive(kind)
        let catalog = archive.catalog
        let before = (1...3).map { catalog.current(Samples.dataset, 2011, knownAt: UInt64($0)) }
        #expect(before.map { $0?.version } == [1, 2, 2])
        #expect(catalog.current(Samples.dataset, 2011, knownAt: 0) == nil)
        for number in 10..<20 { _ = try archive.commit(Samples.drop([Samples.table(first: 77)], number: number)) }
        _ = try archive.commit(Samples.drop([Samples.table(year: 1999)], number: 30))
        let later = archive.catalog
        #expect((1...3).map { later.current(Samples.dataset, 2011, knownAt: UInt64($0)) } == before)
        #expect(later.vintages(Samples.dataset, 2011, knownAt: 3) == catalog.vintages(Samples.dataset, 2011))
        #expect(later.years(Samples.dataset, knownAt: 3) == [2011])
        #expect(catalog.years(Samples.dataset) == [2011], "a snapshot stays as it is")
    }

    @Test(arguments: LogKind.allCases)
    func `of equal dates the later arrival is current`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        for number in 0..<3 {
            _ = try archive.commit(
                Samples.drop([Samples.table(first: Int64(number))], number: number, published: instant("2012-03-01")))
        }
        #expect(archive.catalog.current(Samples.dataset, 2011)?.version == 3)
    }

    @Test(arguments: LogKind.allCases)
    func `a sidecar's date goes before the file's, and an identical drop keeps a receipt`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        let sidecar = Sidecar(published: instant("2015-01-01"))
        _ = try archive.commit(Samples.drop([Samples.table()], published: instant("2012-03-01"), sidecar: sidecar))
        let entries = try archive.commit(Samples.drop([Samples.table()], number: 2, published: instant("2016-01-01")))
        #expect(entries.map(\.published) == [instant("2016-01-01")])
        #expect(archive.catalog.vintages(Samples.dataset, 2011).map(\.published) == [instant("2015-01-01")])
    }

    @Test(arguments: LogKind.allCases)
    func `datasets are listed by id with their years and dimensions`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        for (number, name) in ["b", "c", "a"].enumerated() {
            let tables = [Samples.table(year: 2012), Samples.mixed(year: 2013)]
            _ = try archive.commit(Samples.drop(tables, number: number, dataset: DatasetID(name)!))
        }
        #expect(archive.catalog.datasets.map(\.id.slug) == ["a", "b", "c"])
        let summary = try #require(archive.catalog.dataset(DatasetID("b")!))
        #expect(summary.years == [2012, 2013] && summary.dimensions == ["region", "measure"])
        #expect(summary.title == "Net migration")
        #expect(archive.catalog.dataset(DatasetID("x")!) == nil)
    }

    @Test(arguments: LogKind.allCases)
    func `the identities that held bind, once each, from current vintages only`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        #expect(archive.catalog.binding(Samples.dataset).identities.isEmpty)
        let audits = Samples.audits()
        _ = try archive.commit(Samples.drop([Samples.table(year: 2010)], number: 1, audits: audits))
        _ = try archive.commit(Samples.drop([Samples.table(year: 2011)], number: 2, audits: [audits[0]]))
        #expect(archive.catalog.binding(Samples.dataset).identities == [audits[0].identity, audits[2].identity])
        _ = try archive.commit(Samples.drop([Samples.table(year: 2010, first: 5)], number: 3, audits: []))
        #expect(archive.catalog.binding(Samples.dataset).identities == [audits[0].identity])
    }

    @Test(arguments: LogKind.allCases)
    func `the stage with which figures are confirmed is known from then on`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: clock.read)
        func drop(_ number: Int, stage: Sidecar.Stage?, published: String) throws -> DropEntry {
            let sidecar = Sidecar(stage: stage, published: instant(published))
            return try archive.commit(Samples.drop([Samples.table()], number: number, sidecar: sidecar))[0]
        }
        #expect(try drop(1, stage: .flash, published: "2012-01-01").outcome == .new)
        let final = try drop(2, stage: .final, published: "2012-06-01")
        #expect(final.outcome == .identical && final.version == 1 && final.stage == .final)
        _ = try drop(3, stage: nil, published: "2012-07-01")
        _ = try drop(4, stage: .provisional, published: "2012-03-01")
        for catalog in [archive.catalog, try Archive(log: log, clock: clock.read).catalog] {
            func stage(asOf: String? = nil, knownAt: UInt64? = nil) -> Sidecar.Stage? {
                catalog.current(Samples.dataset, 2011, asOf: asOf.map(instant), knownAt: knownAt)?.latestStage
            }
            #expect(stage() == .final)
            #expect(stage(knownAt: 1) == .flash && stage(knownAt: 2) == .final)
            #expect(stage(asOf: "2012-04-01") == .provisional && stage(asOf: "2012-02-01") == .flash)
            let vintage = try #require(catalog.vintages(Samples.dataset, 2011).first)
            #expect(vintage.stage == .flash && vintage.latestConfirmation?.sequence == 2)
            #expect(vintage.stageConfirmation?.sequence == 2)
            #expect(catalog.vintages(Samples.dataset, 2011, knownAt: 1)[0].confirmations.isEmpty)
            // Those that say nothing of a stage are confirmations, too.
            #expect(vintage.confirmations.map(\.sequence) == [2, 3, 4])
            #expect(catalog.vintages(Samples.dataset, 2011, asOf: instant("2012-06-30"))[0].confirmations.count == 2)
        }
    }

    /// Since when figures have had a stage is told by the first drop that said so, as long as none said otherwise.
    @Test func `a stage holds since its first confirmation`() throws {
        typealias Said = (stage: Sidecar.Stage?, published: String)
        func since(_ drops: [Said]) throws -> UInt64? {
            let archive = try Archive(log: MemoryLog(), clock: clock.read)
            for (number, said) in drops.enumerated() {
                let sidecar = Sidecar(stage: said.stage, published: instant(said.published))
                _ = try archive.commit(Samples.drop([Samples.table()], number: number + 1, sidecar: sidecar))
            }
            return archive.catalog.vintages(Samples.dataset, 2011)[0].stageConfirmation?.sequence
        }
        #expect(try since([(.flash, "2012-01-01"), (.final, "2012-02-01"), (.final, "2012-03-01")]) == 2)
        #expect(try since([(.flash, "2012-01-01"), (.final, "2012-03-01"), (.final, "2012-02-01")]) == 3)
        #expect(try since([(.flash, "2012-01-01"), (.final, "2012-02-01"), (nil, "2012-03-01")]) == 2)
        #expect(
            try since([
                (.flash, "2012-01-01"), (.final, "2012-02-01"), (.provisional, "2012-03-01"), (.final, "2012-04-01"),
            ]) == 4)
        #expect(try since([(.final, "2012-01-01"), (.final, "2012-02-01")]) == nil)
        #expect(try since([(nil, "2012-01-01"), (.final, "2012-02-01"), (.final, "2012-03-01")]) == 2)
    }
}
