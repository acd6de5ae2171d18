import Annals
import Testing

@testable import Auditing

/// Codes that are the sum of others in the same list.
@Suite struct HierarchyTests {
    private static let codes = ["NO", "NO1", "NO11", "NO12", "NO2", "NO21", "NO22", "NO23"]
    private static let leaves = ["NO11", "NO12", "NO21", "NO22", "NO23"]
    private static let sums: [Identity] = [
        .sum(dimension: "region", code: "NO1", parts: ["NO11", "NO12"]),
        .sum(dimension: "region", code: "NO2", parts: ["NO21", "NO22", "NO23"]),
        .sum(dimension: "region", code: "NO", parts: ["NO1", "NO2"]),
    ]

    /// region × age, of so many ages; in another order of codes.
    private func table(
        ages: Int = 12, order: [String] = codes, year: Int = 2011, seed: UInt64 = 7, largest: Int64 = 9000
    ) -> Table {
        var generator = SeededGenerator(seed: seed)
        var columns: [[String: Int64]] = []
        for _ in 0..<ages {
            var column: [String: Int64] = [:]
            for leaf in Self.leaves { column[leaf] = Int64.random(in: largest / 10...largest, using: &generator) }
            column["NO1"] = column["NO11"]! + column["NO12"]!
            column["NO2"] = column["NO21"]! + column["NO22"]! + column["NO23"]!
            column["NO"] = column["NO1"]! + column["NO2"]!
            columns.append(column)
        }
        let dimensions = [
            Dimension(id: "region", label: "region", categories: order.map { Category(code: $0, label: "Area \($0)") }),
            Dimension(
                id: "age", label: "age", categories: (0..<ages).map { Category(code: "a\($0)", label: "Age \($0)") }),
        ]
        var cells = CellsBuilder()
        for code in order { for column in columns { _ = cells.append(column[code] ?? 0, .plain) } }
        return Table(
            title: "t", period: Period(year: year), notes: [], measures: [Measure(code: "v")],
            keySpace: KeySpace(dimensions)!, presence: .dense, cells: cells.finish())
    }

    private func found(_ table: Table) -> [Identity] {
        Auditing.examine(table, expecting: Expectations()).audits.filter { $0.result == .holds }.map(\.identity)
    }

    /// The total is that of what is no sum itself.
    @Test func aTotalStandsBesideDeclaredSums() {
        let declared = [Identity.total(dimension: "region", code: "NO")] + Self.sums.prefix(2)
        let examined = Auditing.examine(table(), expecting: Expectations(declared: declared))
        #expect(examined.failure == nil)
        #expect(examined.audits.map(\.identity) == declared)
        #expect(examined.audits.allSatisfy { $0.result == .holds && $0.checked == 12 })
        var wrong = table()
        wrong.cells.values[0] += 9
        let failure = Auditing.examine(wrong, expecting: Expectations(declared: declared)).failure
        #expect(failure?.message.contains("age a0 Age 0 (printed") == true, "\(failure?.message ?? "taken")")
    }

    /// A county that stands without its towns is a part of the total.
    @Test func aSumWithoutItsPartsIsAPartOfTheTotal() {
        let short = ["NO", "NO1", "NO11", "NO12", "NO2"]
        let expectations = Expectations(
            declared: [.total(dimension: "region", code: "NO")], bound: Array(Self.sums.prefix(2)))
        let examined = Auditing.examine(table(order: short), expecting: expectations)
        #expect(examined.failure == nil, "\(examined.failure?.message ?? "")")
        #expect(examined.audits.first?.checked == 12 && examined.audits.first?.result == .holds)
    }

    @Test func levelsAreFoundFromBelow() {
        #expect(found(table()) == Self.sums)
        let examined = Auditing.examine(table(), expecting: Expectations())
        #expect(examined.audits.map(\.origin) == [.inferred, .inferred, .inferred])
        #expect(examined.audits.map(\.checked) == [12, 12, 12])
        #expect(examined.audits[0].identity.name == "sum-of-region-at-no1")
        #expect(examined.table.keySpace.dimensions.allSatisfy { $0.totalCode == nil })
    }

    @Test func partsMayStandInFront() {
        let order = ["NO11", "NO12", "NO1", "NO21", "NO22", "NO23", "NO2", "NO"]
        #expect(Set(found(table(order: order))) == Set(Self.sums))
    }

    @Test func codesThatDoNotStandTogetherAreNotLookedAt() {
        let order = ["NO11", "NO21", "NO", "NO12", "NO22", "NO1", "NO23", "NO2"]
        #expect(found(table(order: order)).isEmpty)
    }

    @Test func fewDigitsAreNoProof() {
        #expect(found(table(ages: 2)).isEmpty)
        #expect(found(table(ages: 12, largest: 10)).isEmpty)
    }

    @Test func oneFigureOffIsNoProof() {
        let broken = SummedTable.changing(table(), at: ["NO12", "a3"], to: 1)
        #expect(found(broken) == [Self.sums[1]])
    }

    @Test(arguments: [CellStatus.confidential, .blank]) func aHiddenFigureIsNotSaidByASum(status: CellStatus) {
        let hidden = SummedTable.changing(table(), at: ["NO12", "a3"], status)
        #expect(found(hidden) == [Self.sums[1]])
        // One that held before stays, unchecked there.
        let bound = Auditing.examine(hidden, expecting: Expectations(bound: Self.sums))
        #expect(bound.failure == nil)
        #expect(bound.audits.map(\.unchecked).reduce(0, +) == 1)
    }

    @Test func aCodeOfZerosBesideThePartsLeavesThemOpen() {
        var order = Self.codes
        order.insert("NO13", at: 4)
        #expect(found(table(order: order)) == [Self.sums[1]])
    }

    @Test func whatHeldIsExpectedAndItsBreachNamed() throws {
        let changed = SummedTable.changing(table(), at: ["NO12", "a3"], to: 1)
        let examined = Auditing.examine(changed, expecting: Expectations(bound: Self.sums))
        let failure = try #require(examined.failure)
        #expect(failure.message.contains("region NO1 Area NO1, age a3 Age 3 (printed "))
        #expect(
            failure.message.contains("consistent with any one of these: NO12 × a3 being ")
                || failure.message.contains("NO12 × a3 being "))
        #expect(examined.audits.map(\.result) == [.failed, .holds, .holds])
    }

    @Test func aNewPartTakesThePlaceOfTheOldList() throws {
        let old: [Identity] = [.sum(dimension: "region", code: "NO2", parts: ["NO21", "NO22"])]
        #expect(found(table()) == Self.sums)
        let examined = Auditing.examine(table(), expecting: Expectations(bound: old))
        #expect(examined.failure == nil && examined.audits.map(\.identity) == Self.sums)
        // Where the figures prove none, that one of the lists adds up is enough.
        let small = table(ages: 2)
        #expect(Auditing.examine(small, expecting: Expectations(bound: old)).failure != nil)
        #expect(Auditing.examine(small, expecting: Expectations(bound: old + [Self.sums[1]])).failure == nil)
    }

    @Test func onlyWhatEveryYearProvesIsKept() {
        let other = SummedTable.changing(table(year: 2012, seed: 8), at: ["NO12", "a3"], to: 1)
        let years = Auditing.examine([table(), other], expecting: Expectations())
        #expect(years.map { $0.audits.map(\.identity) } == [[Self.sums[1]], [Self.sums[1]]])
        let same = Auditing.examine([table(), table(year: 2012, seed: 9)], expecting: Expectations())
        #expect(same.allSatisfy { $0.audits.map(\.identity) == Self.sums })
    }

    /// NO11 and NO12 became NO13, and the list of NO1 wasn't brought up to date.
    @Test func aDeclaredSumWithoutSomeOfItsPartsIsNoPartOfTheTotal() throws {
        func table(_ figures: [(code: String, values: [Int64])]) -> Table {
            let regions = Dimension(
                id: "region", label: "region", categories: figures.map { Category(code: $0.code, label: $0.code) },
                totalCode: "NO")
            let ages = Dimension(id: "age", label: "age", categories: ["y", "o"].map { Category(code: $0, label: $0) })
            let values = figures.flatMap(\.values)
            return Table(
                title: "t", period: Period(year: 2011), notes: [], measures: [Measure(code: "v")],
                keySpace: KeySpace([regions, ages])!, presence: .dense,
                cells: Cells(values: values, marks: values.map { _ in 0 }, palette: [.plain]))
        }
        let list = Identity.sum(dimension: "region", code: "NO1", parts: ["NO11", "NO12", "NO14"])
        func examined(_ total: Int64, origin isBound: Bool = false) -> AuditedTable {
            let figures: [(String, [Int64])] = [
                ("NO", [total, 67]), ("NO1", [60, 60]), ("NO13", [30, 30]), ("NO14", [30, 30]), ("NO2", [6, 7]),
            ]
            let expected = isBound ? Expectations(bound: [list]) : Expectations(declared: [list])
            return Auditing.examine(table(figures), expecting: expected)
        }
        let named = "NO1 of region is the sum of codes of which the table lacks NO11, NO12"
        #expect(examined(66).failure == nil && examined(66, origin: true).failure == nil)
        #expect(examined(66).findings.map(\.code).contains("outdated-sum"))
        #expect(examined(66).audits.contains { $0.identity == list && $0.findings == [named] })
        let failure = try #require(examined(65).failure)
        #expect(failure.message.contains("(printed 65, its 3 parts add up to 66)"))
        #expect(failure.message.hasSuffix(named))
        #expect(failure.remedy?.contains("the list of NO1") == true)
        #expect(examined(65, origin: true).failure?.message.contains(named) == false)
        // Of which nothing is there, it stands for its parts.
        let alone = Identity.sum(dimension: "region", code: "NO1", parts: ["NO11", "NO12"])
        let rest = table([("NO", [66, 67]), ("NO1", [60, 60]), ("NO2", [6, 7])])
        #expect(Auditing.examine(rest, expecting: Expectations(declared: [alone])).failure == nil)
    }

    @Test func declaredSumsAreHeld() throws {
        let expected = Expectations(declared: [.sum(dimension: "region", code: "NO", parts: ["NO11", "NO12", "NO2"])])
        #expect(Auditing.examine(table(ages: 2), expecting: expected).audits.map(\.result) == [.holds])
        let changed = SummedTable.changing(table(ages: 2), at: ["NO", "a1"], to: 5)
        #expect(Auditing.examine(changed, expecting: expected).failure != nil)
        let missing = Expectations(declared: [.sum(dimension: "region", code: "NO", parts: ["NO11", "XX"])])
        #expect(Auditing.examine(table(), expecting: missing).audits.first?.result == .unchecked)
    }

    /// Small figures add up by chance all the time.
    @Test(arguments: 0..<60) func chanceProvesNothing(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let largest = [1, 3, 9, 99][Int.random(in: 0..<4, using: &generator)]
        let shape = SummedTable.dimensions([
            ("a", Int.random(in: 4...30, using: &generator), nil),
            ("b", Int.random(in: 1...12, using: &generator), nil),
        ])
        let table = SummedTable.table(shape) { _ in Int64(Int.random(in: 0...largest, using: &generator)) }
        let sums = found(table).filter { identity in
            guard case .sum = identity else { return false }
            return true
        }
        #expect(sums.isEmpty, "seed \(seed)")
    }
}
