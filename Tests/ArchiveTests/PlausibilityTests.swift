import Annals
import TableCoding
import TestSupport
import Testing

@testable import Archive

/// `scale` and `incomplete`: what is taken aside, and what never is.
@Suite struct PlausibilityTests {
    private static let plain = Measure(code: "persons", unit: "persons", kind: .count)

    /// One dimension of as many regions as figures; nil for a hidden figure.
    private func table(_ year: Int, _ figures: [Int64?], _ measure: Measure = plain) -> Table {
        var cells = CellsBuilder()
        for figure in figures { _ = cells.append(figure ?? 0, Mark(figure == nil ? .confidential : .value)) }
        return Table(
            title: "t", period: Period(year: year), notes: [], measures: [measure],
            keySpace: KeySpace([Samples.dimension("region", figures.count)])!, presence: .dense, cells: cells.finish())
    }

    private func figures(_ count: Int = 24, times factor: Int64 = 1, plus: Int64 = 0) -> [Int64] {
        (1...Int64(count)).map { ($0 * 37 + plus) * factor }
    }

    /// What becomes of the last of files that arrive one after another.
    private func last(
        _ tables: [Table], sidecar: Sidecar? = nil, published: Instant? = nil, audits: [Audit] = []
    ) throws -> Reason? {
        let archive = try Archive(log: LogKind.memory.log(), clock: TestClock().read)
        for (number, table) in tables.dropLast().enumerated() {
            _ = try archive.commit(Samples.drop([table], number: number + 1, audits: audits))
        }
        return try reason(archive, [tables[tables.count - 1]], sidecar: sidecar, published: published, audits: audits)
    }

    private func reason(
        _ archive: Archive, _ tables: [Table], sidecar: Sidecar? = nil, published: Instant? = nil,
        audits: [Audit] = []
    ) throws -> Reason? {
        let drop = try Samples.drop(tables, number: 99, published: published, sidecar: sidecar, audits: audits)
        guard case .record(let decided) = try archive.begin().add(drop), case .refused(let refusal) = decided.content
        else { return nil }
        #expect(refusal.dataset == Samples.dataset && tables.contains { $0.period.year == refusal.year })
        return refusal.reason
    }

    // MARK: Scale

    @Test(arguments: [10, 100, 1000, 1_000_000] as [Int64])
    func aYearInAnotherUnitIsTakenAside(factor: Int64) throws {
        let (small, large) = (figures(), figures(times: factor, plus: 2))
        let up = try #require(try last([table(2010, small), table(2011, large)]))
        #expect(
            up.message.hasPrefix(
                "scale: this would be net-migration 2011, but 24 of 24 figures of persons are about \(factor) times those "
                    + "of 2010: both say that the unit is persons"))
        #expect(up.found == "persons" && up.expected == "figures in persons, as of 2010")
        #expect(up.remedy?.contains("kind: correction (or benchmark, method, classification)") == true)
        let down = try #require(try last([table(2011, large), table(2010, small)]))
        #expect(down.message.contains("are about a \(factor)th of those of 2011"))
    }

    /// Where codes were renamed, sums over what they have in common tell.
    @Test func aYearInOtherCodesAndAnotherUnitIsTakenAside() throws {
        func renamed(_ factor: Int64) -> Table {
            var table = table(2011, figures(times: factor))
            var region = table.keySpace.dimensions[0]
            for place in region.categories.indices { region.categories[place].code += "x" }
            table.keySpace = KeySpace([region])!
            return table
        }
        let known = table(2010, figures())
        let translation = CodeTranslation { _, _, table, _ in
            Set(table.codes)
        } sums: { _, table, known in
            var brought = table
            brought.keySpace = known.keySpace
            return (brought, known)
        }
        for (factor, isTaken) in [(1000, false), (1, true)] as [(Int64, Bool)] {
            let archive = try Archive(log: LogKind.memory.log(), clock: TestClock().read)
            _ = try archive.commit(Samples.drop([known], number: 1))
            let batch = try archive.begin(translating: translation)
            guard case .record(let decided) = try batch.add(Samples.drop([renamed(factor)], number: 2)) else {
                continue
            }
            if case .refused(let refusal) = decided.content {
                #expect(!isTaken && refusal.reason.message.hasPrefix("scale: "))
            } else {
                #expect(isTaken)
            }
        }
    }

    @Test func aRevisionInAnotherUnitIsTakenAside() throws {
        let tables = [table(2010, figures(times: 1000)), table(2011, figures()), table(2011, figures(times: 1000))]
        #expect(try last(tables)?.message.contains("about 1000 times those of version 1") == true)
        // The version of its own year counts, not the neighbour.
        #expect(
            try last([table(2010, figures(times: 1000)), table(2011, figures()), table(2011, figures(plus: 1))]) == nil)
    }

    @Test func yearsOfOneFileAreHeldAgainstOneAnother() throws {
        let archive = try Archive(log: LogKind.memory.log(), clock: TestClock().read)
        let years = [table(2010, figures()), table(2011, figures(plus: 3)), table(2012, figures(times: 100))]
        #expect(try reason(archive, years)?.message.contains("about 100 times those of 2011") == true)
    }

    @Test(arguments: Sidecar.Kind.allCases)
    func theSidecarsKindExplainsIt(kind: Sidecar.Kind) throws {
        let tables = [table(2010, figures()), table(2011, figures(times: 1000))]
        let reason = try last(tables, sidecar: Sidecar(kind: kind, reason: "Words explain no other unit"))
        #expect((reason == nil) == ![.routine, .reprint].contains(kind))
    }

    @Test func nineInTenAndTwentyFiguresAreNeeded() throws {
        var mixed = figures(20, times: 1000)
        for place in 0..<2 { mixed[place] /= 500 }
        #expect(try last([table(2010, figures(20)), table(2011, mixed)])?.message.contains("18 of 20") == true)
        mixed[2] /= 500
        #expect(try last([table(2010, figures(20)), table(2011, mixed)]) == nil)
        #expect(try last([table(2010, figures(19)), table(2011, figures(19, times: 1000))]) == nil)
        // Zeros and hidden figures say nothing.
        let few = figures(24).enumerated().map { $0 < 19 ? $1 : 0 }
        #expect(try last([table(2010, few), table(2011, few.map { $0 * 1000 })]) == nil)
    }

    @Test(arguments: [Measure.Kind.net, .rate, .percent, .index])
    func ratiosThatMeanNothingAreNotLookedAt(kind: Measure.Kind) throws {
        let measure = Measure(code: "m", kind: kind)
        #expect(try last([table(2010, figures(), measure), table(2011, figures(times: 1000), measure)]) == nil)
    }

    @Test func anAntisymmetricTableIsNet() throws {
        let measure = Measure(code: "m")
        let tables = [table(2010, figures(), measure), table(2011, figures(times: 10), measure)]
        let audit = Audit(
            identity: .antisymmetric(row: "region", column: "other"), origin: .bound, result: .holds, checked: 9)
        #expect(try last(tables, audits: [audit]) == nil)
        #expect(try last(tables) != nil)
    }

    @Test func multiplierAndDecimalsAreBroughtIn() throws {
        let archive = try Archive(log: LogKind.memory.log(), clock: TestClock().read)
        let thousands = Measure(code: "persons", unit: "persons", multiplier: 3, decimals: 1, kind: .count)
        _ = try archive.commit(Samples.drop([table(2010, figures(), thousands)], number: 1))
        func reason(_ table: Table) throws -> Reason? {
            var drop = try Samples.drop([table], number: 2)
            guard case .tables(var tables) = drop.content else { return nil }
            tables.measuresAreDeclared = true
            drop.content = .tables(tables)
            guard case .record(let decided) = try archive.begin().add(drop),
                case .refused(let refusal) = decided.content
            else { return nil }
            return refusal.reason
        }
        // 3.7 thousand are 3,700.
        #expect(try reason(table(2011, figures(times: 100))) == nil)
        #expect(try reason(table(2011, figures()))?.message.contains("a 100th of") == true)
        #expect(
            try reason(table(2011, figures()))?.message.contains("the unit is persons here, and 1000 persons") == true)
    }

    @Test func yearsFarApartAreNoNeighbours() throws {
        #expect(try last([table(2005, figures()), table(2010, figures(times: 10))]) != nil)
        #expect(try last([table(2004, figures()), table(2010, figures(times: 10))]) == nil)
    }

    @Test func theUnitLineIsFoundInTheFile() throws {
        let archive = try Archive(log: LogKind.memory.log(), clock: TestClock().read)
        _ = try archive.commit(Samples.drop([table(2010, figures())], number: 1))
        let source = Array("Persons by region\r\nFigures in 1000 persons\r\nregion;value\r\n".utf8)
        let facts = DropFacts(
            dataset: Samples.dataset, title: "t", reader: "delimited", encoding: "UTF-8", dialect: "generic")
        let drop = try Examined(
            Samples.claim(source), bytes: source, facts: facts, years: [(table(2011, figures(times: 1000)), [], [])])
        guard case .record(let decided) = try archive.begin().add(drop), case .refused(let refusal) = decided.content
        else {
            Issue.record("it was taken")
            return
        }
        #expect(refusal.reason.line == 1 || refusal.reason.line == 2)
        #expect(refusal.reason.found?.isEmpty == false)
    }

    /// Whatever a year does within 60 %, in any order of magnitude, it is taken.
    @Test func ordinaryChangesNeverTrip() throws {
        var random = SeededNumbers(UInt64.random(in: .min ... .max))
        for _ in 0..<200 {
            var (before, after): ([Int64], [Int64]) = ([], [])
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                let power = (0..<Int.random(in: 0...8, using: &random)).reduce(Int64(1)) { power, _ in power * 10 }
                let figure = Int64.random(in: 0...100, using: &random) * power
                before.append(figure)
                after.append(figure * Int64.random(in: 40...160, using: &random) / 100)
            }
            let kinds: [Measure.Kind?] = [nil, .count, .amount, .mean]
            let measure = Measure(
                code: "m", decimals: Int.random(in: 0...3, using: &random),
                kind: kinds[Int.random(in: 0..<kinds.count, using: &random)])
            let year = Int.random(in: 2010...2012, using: &random)
            #expect(
                try last([table(2010, before, measure), table(year, after, measure)]) == nil,
                "ANNAL_SEED=\(random.seed) replays it")
        }
    }

    // MARK: Incomplete

    @Test func lessThanHalfOfTheFiguresIsIncomplete() throws {
        let half = figures().enumerated().map { $0 < 12 ? Optional($1) : nil }
        let less = figures().enumerated().map { $0 < 11 ? Optional($1) : nil }
        #expect(try last([table(2011, figures()), table(2011, half)]) == nil)
        let reason = try #require(try last([table(2011, figures()), table(2011, less)]))
        #expect(
            reason.message
                == "incomplete: this would be net-migration 2011, but it has 11 figures, less than half of the 24 of version 1"
        )
        #expect((reason.found, reason.expected) == ("11 figures", "24 figures"))
        #expect(reason.remedy?.contains("reason: …") == true)
        // Fewer codes, too; another year is no later version.
        #expect(try last([table(2011, figures(24)), table(2011, figures(11))]) != nil)
        #expect(try last([table(2010, figures(24)), table(2011, figures(11))]) == nil)
        // More of it than before is what a revision is for.
        #expect(try last([table(2011, less), table(2011, figures())]) == nil)
    }

    @Test func theSidecarSaysWhy() throws {
        let tables = [table(2011, figures(24)), table(2011, figures(11))]
        #expect(try last(tables, sidecar: Sidecar(reason: "Half of it is confidential now")) == nil)
        #expect(try last(tables, sidecar: Sidecar(kind: .classification)) == nil)
        #expect(try last(tables, sidecar: Sidecar(kind: .routine)) != nil)
        #expect(try last(tables, sidecar: Sidecar(stage: .final)) != nil)
    }

    /// A flash release that is dropped late had fewer figures when it came out.
    @Test func aLateReleaseIsHeldAgainstWhatWasCurrentThen() throws {
        let flash = Instant(microseconds: 1_000_000)
        #expect(try last([table(2011, figures(24)), table(2011, figures(11))], published: flash) == nil)
        let scaled = [table(2011, figures(24)), table(2011, figures(24, times: 10))]
        #expect(try last(scaled, published: flash) != nil)
    }
}

extension PlausibilityTests {
    private func table(_ year: Int, _ figures: [Int64], _ measure: Measure = plain) -> Table {
        table(year, figures.map(Optional.some), measure)
    }
}
