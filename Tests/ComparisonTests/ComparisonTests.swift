import Annals
import Comparison
import Testing

/// The rules of a delta, one by one.
struct ComparisonTests {
    /// One row of cells, with the codes `a`, `b`, `c` and so on.
    static func table(
        _ cells: [(Int64, CellStatus)], measure: Measure = Measure(code: "v", kind: .count), kind: Period.Kind? = nil,
        codes: String = "abcdefgh", id: String = "d", total: String? = nil
    ) -> Table {
        let categories = codes.prefix(cells.count).map { Category(code: String($0), label: String($0)) }
        var builder = CellsBuilder()
        for (value, status) in cells { _ = builder.append(value, Mark(status)) }
        return Table(
            title: "t", period: Period(year: 2010, kind: kind), notes: [], measures: [measure],
            keySpace: KeySpace([Dimension(id: id, label: id, categories: categories, totalCode: total)])!,
            presence: .dense, cells: builder.finish())
    }

    static func values(_ figures: Int64...) -> [(Int64, CellStatus)] { figures.map { ($0, .value) } }

    @Test func numberAgainstNumberIsCompared() throws {
        let delta = try Comparison.delta(from: Self.table(Self.values(96)), to: Self.table(Self.values(120)))
        let row = delta.row(0)
        #expect((row.from, row.to, row.change, row.relativeMicros) == (96, 120, 24, 250_000))
        #expect(row.comparison == .compared)
        #expect(delta.codes(at: 0) == ["a"])
    }

    @Test func nilIsZeroAndAReasonIsATransition() throws {
        let from = Self.table([(0, .nilFigure), (5, .value), (0, .blank), (0, .confidential), (0, .blank)])
        let to = Self.table([(7, .value), (0, .confidential), (5, .value), (0, .blank), (0, .blank)])
        let delta = try Comparison.delta(from: from, to: to)
        #expect(
            (0..<5).map { delta.row($0).comparison } == [.compared, .transition, .transition, .transition, .sameReason])
        #expect((0..<5).map { delta.row($0).change } == [7, nil, nil, nil, nil])
        #expect(delta.row(1).from == 5)
        #expect(delta.row(1).to == nil)
        #expect(delta.row(1).toStatus == .confidential)
        #expect((delta.summary.transitions, delta.summary.sameReason) == (3, 1))
        #expect(delta.summary.increased == 1)
    }

    @Test func cellInOneTableAloneAppearsOrVanishes() throws {
        let from = Self.table(Self.values(1, 2), codes: "ax")
        let to = Self.table(Self.values(3, 4), codes: "ba")
        let delta = try Comparison.delta(from: from, to: to)
        #expect((0..<3).map { delta.codes(at: $0) } == [["b"], ["a"], ["x"]])
        #expect((0..<3).map { delta.row($0).comparison } == [.appeared, .compared, .vanished])
        #expect(delta.row(0).fromStatus == nil)
        #expect(delta.row(2).from == 2)
        #expect(delta.row(2).change == nil)
    }

    @Test func absentCombinationIsNoCell() throws {
        let dense = Self.table(Self.values(1, 2, 3))
        var sparse = dense
        sparse.presence = .sparse([0, 2])
        sparse.cells = Self.table(Self.values(4, 5)).cells
        let delta = try Comparison.delta(from: dense, to: sparse)
        #expect((0..<3).map { delta.row($0).comparison } == [.compared, .vanished, .compared])
        let same = try Comparison.delta(from: sparse, to: sparse)
        #expect(same.count == 2)
        #expect(same.codes(at: 1) == ["c"])
    }

    @Test func coarserDecimalsCompareHalfEven() throws {
        let from = Self.table(Self.values(125, 135, -125, 1250), measure: Measure(code: "v", decimals: 2))
        let to = Self.table(Self.values(20, 20, 20, 20), measure: Measure(code: "v", decimals: 1))
        let delta = try Comparison.delta(from: from, to: to)
        #expect((0..<4).map { delta.row($0).from } == [12, 14, -12, 125])
        #expect((0..<4).map { delta.row($0).change } == [8, 6, 32, -105])
        #expect(delta.row(0).decimals == 1)
    }

    @Test func relativeIsRoundedHalfEven() throws {
        // 1/64 = 0.015625; 1/128 = 0.0078125 lies between …812 and …813; 3/128 = 0.0234375 between …437 and …438.
        let delta = try Comparison.delta(
            from: Self.table(Self.values(64, 128, 128, 128, 3)), to: Self.table(Self.values(65, 129, 131, 125, 1)))
        #expect((0..<5).map { delta.row($0).relativeMicros } == [15_625, 7_812, 23_438, -23_438, -666_667])
    }

    @Test(arguments: [Measure.Kind.net, .rate, .percent, .index]) func relativeMeansNothing(
        of kind: Measure.Kind
    ) throws {
        let measure = Measure(code: "v", kind: kind)
        let delta = try Comparison.delta(
            from: Self.table(Self.values(10), measure: measure), to: Self.table(Self.values(20), measure: measure))
        #expect(delta.row(0).change == 10)
        #expect(delta.row(0).relativeMicros == nil)
    }

    @Test func relativeNeedsAFigureAboveZeroOnTheLeft() throws {
        let from = Self.table([(0, .value), (-5, .value), (0, .nilFigure), (0, .belowUnit), (4, .value), (4, .value)])
        let to = Self.table([(5, .value), (5, .value), (5, .value), (5, .value), (0, .belowUnit), (0, .nilFigure)])
        let delta = try Comparison.delta(from: from, to: to)
        #expect((0..<6).map { delta.row($0).relativeMicros } == [nil, nil, nil, nil, nil, -1_000_000])
        #expect((0..<6).map { delta.row($0).change } == [5, 10, 5, 5, -4, -4])
    }

    @Test func changesOfMoreThan64BitsAreExact() throws {
        let from = Self.table(Self.values(Int64.min, Int64.max, 1, 2))
        let to = Self.table(Self.values(Int64.max, Int64.min, Int64.max, 1 << 50))
        let delta = try Comparison.delta(from: from, to: to, options: DeltaOptions(top: 3))
        #expect((0..<3).map { delta.codes(at: $0) } == [["a"], ["b"], ["c"]])
        #expect(
            (0..<3).map { delta.row($0).change } == [Int128(UInt64.max), -Int128(UInt64.max), Int128(Int64.max) - 1])
        #expect(delta.row(2).relativeMicros == nil)
        #expect(delta.row(1).relativeMicros == -2_000_000)
        #expect(delta.summary.increased == 3)
        #expect(delta.summary.decreased == 1)
    }

    @Test func topPrefersTheFirstOfEquals() throws {
        let delta = try Comparison.delta(
            from: Self.table(Self.values(0, 0, 0, 0, 0)), to: Self.table(Self.values(2, -3, 3, 0, 3)),
            options: DeltaOptions(top: 3))
        #expect((0..<delta.count).map { delta.codes(at: $0)[0] } == ["b", "c", "e"])
        #expect(delta.summary.unchanged == 1)
        let all = try Comparison.delta(
            from: Self.table(Self.values(0, 0)), to: Self.table(Self.values(0, 1)), options: DeltaOptions(top: 9))
        #expect(all.count == 1, "an unchanged cell is no change, however many are asked for")
    }

    @Test func fixedTotalIsNotLeftOut() throws {
        let (from, to) = (Self.table(Self.values(5, 2, 3), total: "a"), Self.table(Self.values(9, 4, 5), total: "a"))
        let all = try Comparison.delta(from: from, to: to)
        #expect(all.count == 3, "a list has its totals")
        #expect(all.summary.compared == 2)
        let fixed = try Comparison.delta(from: from, to: to, options: DeltaOptions(top: 5, where: ["d": "a"]))
        #expect(fixed.count == 1)
        #expect(fixed.row(0).change == 4)
        let only = try Comparison.delta(from: from, to: to, options: DeltaOptions(totals: .only))
        #expect((0..<only.count).map { only.codes(at: $0) } == [["a"]])
        let excluded = try Comparison.delta(
            from: from, to: to, options: DeltaOptions(totals: .exclude, where: ["d": "a,b"]))
        #expect((0..<excluded.count).map { excluded.codes(at: $0) } == [["b"]], "an explicit rule is obeyed")
    }

    @Test func whatCantBeComparedIsRefusedSayingWhy() throws {
        let figure = Self.values(1)
        let plain = Self.table(figure)
        func refusal(_ from: Table, _ to: Table) -> ComparisonRefusal? {
            do throws(ComparisonRefusal) {
                _ = try Comparison.delta(from: from, to: to)
                return nil
            } catch { return error }
        }
        #expect(
            refusal(Self.table(figure, kind: .stock), Self.table(figure, kind: .flow))
                == .differentPeriods(from: .stock, to: .flow))
        #expect(
            refusal(
                Self.table(figure, measure: Measure(code: "v", unit: "NOK")),
                Self.table(figure, measure: Measure(code: "v", unit: "EUR")))
                == .differentUnits(measure: "v", from: "NOK", to: "EUR"))
        #expect(
            refusal(Self.table(figure, measure: Measure(code: "v", multiplier: 3)), plain)
                == .differentMultipliers(measure: "v", from: 3, to: 0))
        #expect(
            refusal(Self.table(figure, measure: Measure(code: "v", kind: .net)), plain)
                == .differentKinds(measure: "v", from: .net, to: .count))
        #expect(
            refusal(Self.table(figure, measure: Measure(code: "deaths")), plain)
                == .differentMeasures(from: "deaths", to: "v"))
        #expect(refusal(Self.table(figure, measure: Measure(code: "value")), plain) == nil)
        #expect(refusal(Self.table(figure, id: "x"), plain) == .differentDimensions(from: ["x"], to: ["d"]))
        // A side that does not say its unit, kind or period is not another.
        #expect(refusal(Self.table(figure, measure: Measure(code: "v", unit: "NOK"), kind: .stock), plain) == nil)
        for refusal in [refusal(Self.table(figure, id: "x"), plain)!] {
            #expect(refusal.message == "The two tables have different dimensions: x against d")
            #expect(!refusal.isAboutSelection)
        }
    }
}
