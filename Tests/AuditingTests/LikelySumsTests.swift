import Annals
import Testing

@testable import Auditing

/// Codes that are the sum of others wherever that can be seen, though nothing proves it.
@Suite struct LikelySumsTests {
    /// A country, two parts of it, and three municipalities of each, by ages: country, north, its three, south, its three.
    private static let levels = SummedTable.dimensions([("region", 9, nil), ("age", 12, nil)])

    private static func levels(of table: (Int, Int) -> Int64) -> Table {
        SummedTable.table(levels) { ordinal in
            let (region, age) = (ordinal / 12, ordinal % 12)
            func sum(_ places: [Int]) -> Int64 { places.reduce(0) { $0 + table($1, age) } }
            switch region {
            case 0: return sum([2, 3, 4, 6, 7, 8])
            case 1: return sum([2, 3, 4])
            case 5: return sum([6, 7, 8])
            default: return table(region, age)
            }
        }
    }

    private static func figure(_ region: Int, _ age: Int) -> Int64 {
        Int64((region * 7919 + age * 104_729) % 9973 + 11)
    }

    private func sums(_ table: Table) -> [String: Set<String>] {
        Auditing.seenSums(of: table).identities.reduce(into: [:]) { sums, identity in
            switch identity {
            case .sum(_, let code, let parts): sums[code] = Set(parts)
            case .total(let id, let code):
                let codes = table.keySpace.dimensions.first { $0.id == id }?.categories.map(\.code) ?? []
                sums[code] = Set(codes).subtracting([code])
            default: return
            }
        }
    }

    private static let expected: [String: Set<String>] = [
        "1": ["2", "6"], "2": ["3", "4", "5"], "6": ["7", "8", "9"],
    ]

    @Test func whereOneFigureIsHidden() {
        let table = Self.levels(of: Self.figure)
        #expect(sums(table) == Self.expected)
        for at in [["4", "3"], ["2", "3"], ["1", "12"], ["8", "1"]] {
            #expect(sums(SummedTable.changing(table, at: at, .confidential)) == Self.expected, "\(at)")
        }
    }

    @Test func whereOneIsMistaken() {
        let table = Self.levels(of: Self.figure)
        for at in [["4", "3"], ["2", "3"], ["1", "12"], ["8", "1"]] {
            #expect(sums(SummedTable.changing(table, at: at, to: 5)) == Self.expected, "\(at)")
        }
    }

    /// What the first or the last category is to all others.
    @Test func aTotalWithoutAName() throws {
        let shape = SummedTable.dimensions([("region", 20, nil), ("sex", 3, nil)])
        for place in [0, 2] {
            var table = SummedTable.table(shape) { ordinal in
                let (region, sex) = (ordinal / 3, ordinal % 3)
                let parts = [Int64(region * 31 + 7), Int64(region * 17 + 5)]
                if sex == place { return parts[0] + parts[1] }
                return parts[sex == (place == 0 ? 1 : 0) ? 0 : 1]
            }
            let code = "\(place + 1)"
            let others = Set(["1", "2", "3"]).subtracting([code])
            table = SummedTable.changing(table, at: ["5", "2"], .confidential)
            #expect(sums(table) == [code: others])
            table = SummedTable.changing(table, at: ["9", "2"], to: 1)
            #expect(sums(table) == [code: others])
            table = SummedTable.changing(table, at: ["10", "2"], to: 1)
            #expect(sums(table) == [:], "two of eighteen fail")
        }
    }

    @Test func whatIsNoSumIsNone() {
        var generator = SeededGenerator(seed: 7)
        let shape = SummedTable.dimensions([("region", 30, nil), ("age", 12, nil)])
        for _ in 0..<200 {
            let table = SummedTable.table(shape) { _ in Int64.random(in: 0...9, using: &generator) }
            #expect(sums(table) == [:])
        }
    }

    /// Nothing depends on what a hidden figure is, so nothing tells of it.
    @Test func aHiddenFigureMakesNoDifference() {
        let table = Self.levels(of: Self.figure)
        for at in [["4", "3"], ["2", "3"], ["8", "1"]] {
            for value in [0, 1, 700, 70_000] as [Int64] {
                let hidden = SummedTable.changing(
                    Self.levels { region, age in
                        ["\(region + 1)", "\(age + 1)"] == at ? value : Self.figure(region, age)
                    }, at: at, to: value, .confidential)
                #expect(sums(hidden) == sums(SummedTable.changing(table, at: at, .confidential)), "\(at) \(value)")
            }
        }
    }

    // MARK: Lists of other kinds

    /// A list by its codes, and what a code that is no leaf is the sum of, by twelve ages or fewer.
    private static func list(_ codes: [String], _ parts: [String: [String]], ages: Int = 12) -> Table {
        let dimensions = [
            Dimension(id: "region", label: "", categories: codes.map { Category(code: $0, label: "R\($0)") }),
            Dimension(
                id: "age", label: "", categories: (1...ages).map { Category(code: "\($0)", label: "\($0)") }),
        ]
        func figure(_ code: String, _ age: Int) -> Int64 {
            if let parts = parts[code] { return parts.reduce(0) { $0 + figure($1, age) } }
            return Int64(code.utf8.reduce(7) { ($0 * 31 + Int($1)) % 9973 } * (age + 3) % 9973 + 1000)
        }
        return SummedTable.table(dimensions) { figure(codes[$0 / ages], $0 % ages) }
    }

    /// A county with a single municipality is all of it, and stands for it.
    @Test func aRegionWithOnePart() {
        let codes = ["0", "01", "0101", "0102", "0103", "03", "0301", "04", "0401", "0402"]
        let parts = [
            "0": ["01", "03", "04"], "01": ["0101", "0102", "0103"], "03": ["0301"], "04": ["0401", "0402"],
        ]
        let expected = parts.mapValues { Set($0) }
        let table = Self.list(codes, parts)
        #expect(sums(table) == expected)
        #expect(sums(SummedTable.changing(table, at: ["0102", "4"], .confidential)) == expected)
        // Of a single part nothing is told to anybody, and nothing binds.
        let audits = Auditing.examine(table, expecting: Expectations()).audits
        #expect(!audits.contains { $0.identity == .sum(dimension: "region", code: "03", parts: ["0301"]) })
    }

    /// By the alphabet a country stands among its regions.
    @Test func aTotalInTheMiddle() {
        let table = Self.list(["A", "B", "N", "X", "Y"], ["N": ["A", "B", "X", "Y"]])
        #expect(sums(table) == ["N": ["A", "B", "X", "Y"]])
        #expect(sums(SummedTable.changing(table, at: ["A", "4"], .confidential)) == ["N": ["A", "B", "X", "Y"]])
    }

    /// Two combinations tell of the first and the last, if they have figures enough.
    @Test func aTotalOfTwoLines() {
        let parts = ["N": ["A", "B", "X", "Y"]]
        #expect(sums(Self.list(["N", "A", "B", "X", "Y"], parts, ages: 2)) == parts.mapValues { Set($0) })
        #expect(sums(Self.list(["A", "N", "B", "X", "Y"], parts, ages: 2)) == [:])
    }

    /// A measure that doesn't add up, and of which nobody says so, hides nothing of another.
    @Test func aMeanBesideCounts() {
        let counts = Self.list(["N", "A", "B", "X", "Y"], ["N": ["A", "B", "X", "Y"]], ages: 4)
        let measures = Dimension(
            id: "measure", label: "", categories: ["births", "income"].map { Category(code: $0, label: $0) },
            isMeasure: true)
        let table = SummedTable.table(
            counts.keySpace.dimensions + [measures], measures: [Measure(code: "births"), Measure(code: "income")]
        ) { ordinal in
            ordinal % 2 == 0 ? counts.cells.values[ordinal / 2] : Int64((ordinal * 7919) % 9973 + 20_000)
        }
        #expect(sums(table) == ["N": ["A", "B", "X", "Y"]])
        #expect(Auditing.examine(table, expecting: Expectations()).audits.isEmpty)
    }

    // MARK: Called a total

    /// Communes, one of which has a name that means "all" elsewhere, by six ages.
    private static func communes(_ figure: (_ region: Int, _ age: Int) -> Int64, kind: Measure.Kind?) -> Table {
        let regions = ["Delle", "Alle", "Boncourt", "Porrentruy"]
        let dimensions = [
            Dimension(
                id: "region", label: "", categories: regions.enumerated().map { Category(code: "\($0)", label: $1) }),
            Dimension(id: "age", label: "", categories: (1...6).map { Category(code: "\($0)", label: "\($0)") }),
        ]
        return SummedTable.table(dimensions, measures: [Measure(code: "v", kind: kind)]) { figure($0 / 6, $0 % 6) }
    }

    @Test func whatIsTooSmallForATotalIsNone() {
        let figures: [Int64] = [700, 1800, 1200, 6700]
        let table = Self.communes({ figures[$0] + Int64($1) }, kind: .count)
        #expect(Auditing.seenSums(of: table).namesakes == ["region": ["1"]])
        let findings = Auditing.examine(table, expecting: Expectations()).findings
        #expect(findings.map(\.code) == ["no-total"])
        // Of what nobody says whether it adds up, a total may be less than a part.
        let unknown = Self.communes({ figures[$0] + Int64($1) }, kind: nil)
        #expect(Auditing.seenSums(of: unknown).namesakes == [:])
        #expect(Auditing.examine(unknown, expecting: Expectations()).findings.map(\.code) == ["unproved-total"])
        // A definition says so.
        let declared = Expectations(withoutTotal: ["region"])
        #expect(Auditing.examine(unknown, expecting: declared).findings.isEmpty)
    }

    @Test func roundedAndHiddenTotalsStayTotals() {
        // Each figure rounded by itself, and a list of two levels.
        let figures: [Int64] = [700, 3795, 1400, 1700]
        let table = Self.communes({ figures[$0] + Int64($1 * 5) }, kind: .count)
        #expect(Auditing.seenSums(of: table).namesakes == [:])
        let levels = Self.communes({ [1000, 2000, 1000, 2000][$0] + Int64($1) }, kind: .count)
        #expect(Auditing.seenSums(of: levels).namesakes == [:])
    }

    /// A declared dimension without a total is held against none, also where one held before.
    @Test func aDimensionWithoutATotal() {
        let total = Identity.total(dimension: "region", code: "1")
        let figures: [Int64] = [700, 1800, 1200, 6700]
        let table = Self.communes({ figures[$0] + Int64($1) }, kind: .count)
        #expect(Auditing.examine(table, expecting: Expectations(bound: [total])).failure != nil)
        let declared = Expectations(bound: [total], withoutTotal: ["region"])
        #expect(Auditing.examine(table, expecting: declared).failure == nil)
    }

    // MARK: Reclassified

    /// A municipality that moved to another county breaks sums that held before, and a sidecar may say so.
    @Test func aSumThatHeldBefore() throws {
        let old = ["n": ["a", "b"], "s": ["c", "d", "e"]]
        let bound = old.map { Identity.sum(dimension: "region", code: $0, parts: $1) }
        let codes = ["n", "a", "b", "s", "c", "d", "e"]
        let moved = SummedTable.changing(
            Self.list(codes, ["n": ["a"], "s": ["b", "c", "d", "e"]]), at: ["a", "3"], .confidential)
        let failure = try #require(Auditing.examine(moved, expecting: Expectations(bound: bound)).failure)
        #expect(failure.remedy?.contains("kind: classification") == true)
        var reclassified = Expectations(bound: bound)
        reclassified.isReclassified = true
        let examined = Auditing.examine(moved, expecting: reclassified)
        #expect(examined.failure == nil)
        #expect(examined.findings.map(\.code) == ["reclassified-sum", "reclassified-sum"])
        // What is declared holds all the same.
        reclassified.declared = bound
        #expect(Auditing.examine(moved, expecting: reclassified).failure != nil)
    }

    /// The remedy of a declared total names what a list of several levels needs besides.
    @Test func aTotalOverSeveralLevels() throws {
        let table = Self.list(
            ["0", "n", "a", "b", "s", "c", "d"], ["0": ["n", "s"], "n": ["a", "b"], "s": ["c", "d"]])
        let total = [Identity.total(dimension: "region", code: "0")]
        let failure = try #require(Auditing.examine(table, expecting: Expectations(declared: total)).failure)
        #expect(failure.remedy?.contains("sums of several levels") == true)
    }
}
