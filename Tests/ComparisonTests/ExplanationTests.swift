import Annals
import Comparison
import Testing

/// Each line of what DESIGN and SEMANTICS say of `--explain`, on one or two cells.
@Suite struct ExplanationTests {
    /// One vintage: when it was published, its kind, its figures.
    private typealias Vintage = (day: Int64, kind: Sidecar.Kind?, figures: [(Int64, CellStatus)])

    private func explain(
        from: [Vintage], to: [Vintage], options: DeltaOptions = DeltaOptions(),
        measure: (Int, Int) -> Measure = { _, _ in
            Measure(code: "v", kind: .count)
        }, total: String? = nil
    ) throws -> (delta: Delta, rows: [Explanation.Row?], explained: Int, unexplained: Int, read: [[Int]]) {
        func tables(_ vintages: [Vintage], year: Int) -> [(Release, Table)] {
            vintages.enumerated().map { place, vintage in
                let release = Release(
                    year: year, version: place + 1, published: Instant(microseconds: vintage.day),
                    recorded: Instant(microseconds: 0), sequence: UInt64(year * 100 + place), kind: vintage.kind,
                    content: vintage.figures.reduce(into: Hasher()) { $0.combine($1.0) }.finalize())
                return (
                    release,
                    ComparisonTests.table(vintage.figures, measure: measure(year, place), total: total)
                )
            }
        }
        let (earlier, later) = (tables(from, year: 2010), tables(to, year: 2011))
        func current(_ vintages: [(Release, Table)]) -> Table { vintages.max { $0.0.isEarlier(than: $1.0) }!.1 }
        var read: [[Int]] = []
        let delta = try Comparison.delta(from: current(earlier), to: current(later), options: options)
        let explanation = try Explanation(
            of: delta, ComparedPair(from: current(earlier), to: current(later), options: options),
            from: earlier.map(\.0), to: later.map(\.0)
        ) { release in
            read.append([release.year, release.version])
            return (earlier + later).first { $0.0 == release }!.1
        }
        return (
            delta, (0..<delta.count).map { explanation.row(at: $0) }, explanation.explained, explanation.unexplained,
            read
        )
    }

    private func plain(_ figures: Int64...) -> [(Int64, CellStatus)] { figures.map { ($0, .value) } }

    @Test func `as_published, to_revision and from_revision add up to the change, by_kind to the revisions`() throws {
        let answer = try explain(
            from: [(1, nil, plain(100)), (3, .benchmark, plain(110)), (5, nil, plain(108))],
            to: [(2, nil, plain(150)), (4, .correction, plain(141)), (6, .routine, plain(145))])
        let row = try #require(answer.rows[0])
        #expect((row.asPublished, row.toRevision, row.fromRevision) == (50, -5, -8))
        #expect(answer.delta.row(0).change == 37)
        #expect(row.toByKind.map { [$0.kind: $0.amount] } == [["correction": -9], ["routine": 4]])
        #expect(row.fromByKind.map { [$0.kind: $0.amount] } == [["benchmark": -10], ["unstated": 2]])
        #expect((answer.explained, answer.unexplained) == (1, 0))
    }

    @Test func `TO's first release is the least by (published, sequence), a later one of that instant is TO(t1)`()
        throws
    {
        let answer = try explain(
            from: [(1, nil, plain(100))],
            to: [(9, nil, plain(150)), (2, nil, plain(120)), (2, .correction, plain(121))])
        let row = try #require(answer.rows[0])
        #expect((row.asPublished, row.toRevision, row.fromRevision) == (21, 29, 0))
        #expect(row.toByKind.map(\.kind) == ["unstated"])
    }

    @Test func `FROM not published at t1 is null for all rows`() throws {
        let answer = try explain(from: [(3, nil, plain(1, 2))], to: [(2, nil, plain(3, 4))])
        #expect(answer.rows == [nil, nil])
        #expect((answer.explained, answer.unexplained) == (0, 2))
    }

    @Test func `a step goes from a number to the next number, to the later one's kind`() throws {
        let answer = try explain(
            from: [(1, nil, plain(100))],
            to: [(2, nil, plain(150)), (3, .benchmark, [(0, .confidential)]), (4, .correction, plain(160))])
        #expect(answer.rows[0]?.toByKind.map { [$0.kind: $0.amount] } == [["correction": 10]])
    }

    @Test func `a cell that is no number at all four points is null, and counted as unexplained`() throws {
        let answer = try explain(
            from: [(1, nil, plain(1, 1, 1))],
            to: [
                (2, nil, [(0, .notAvailable), (5, .value), (0, .nilFigure)]),
                (3, nil, [(7, .value), (0, .confidential), (4, .value)]),
            ])
        #expect(answer.rows[0] == nil)
        #expect(answer.rows[1] == nil)
        #expect(answer.rows[2]?.toRevision == 4)
        #expect((answer.explained, answer.unexplained) == (1, 1), "the transition isn't compared")
    }

    @Test func `every vintage is rounded as the answer is`() throws {
        // 1.25 and 1.35 are 1.2 and 1.4 in the coarser side's decimal.
        let answer = try explain(from: [(1, nil, plain(5))], to: [(2, nil, plain(125)), (3, nil, plain(135))]) {
            year, _ in
            Measure(code: "v", decimals: year == 2010 ? 1 : 2)
        }
        let row = try #require(answer.rows[0])
        #expect((row.asPublished, row.toRevision) == (7, 2))
        #expect(answer.delta.row(0).change == 9)
    }

    @Test func `another unit on the path is null`() throws {
        let answer = try explain(
            from: [(1, nil, plain(5))], to: [(2, nil, plain(10)), (3, nil, plain(20)), (4, nil, plain(15))]
        ) { year, place in
            Measure(code: "v", unit: year == 2011 && place == 1 ? "households" : "persons")
        }
        #expect(answer.rows == [nil])
        #expect((answer.explained, answer.unexplained) == (0, 1))
    }

    @Test func `explained and unexplained are of the rows that the summary counts, listed or not`() throws {
        let from: [Vintage] = [(1, nil, plain(9, 2, 3, 4))]
        let to: [Vintage] = [
            (2, nil, [(9, .value), (3, .value), (0, .blank), (4, .value)]), (3, nil, plain(9, 5, 5, 4)),
        ]
        let all = try explain(from: from, to: to, total: "a")
        #expect(all.rows.map { $0 != nil } == [true, true, false, true])
        #expect((all.explained, all.unexplained) == (2, 1), "the total is a row, and not counted")
        let top = try explain(from: from, to: to, options: DeltaOptions(top: 1), total: "a")
        #expect(top.rows.count == 1)
        #expect((top.explained, top.unexplained) == (2, 1))
        let only = try explain(from: from, to: to, options: DeltaOptions(totals: .only), total: "a")
        #expect((only.explained, only.unexplained) == (1, 0))
    }

    @Test func `parts beyond 64 bits are exact, and counted as explained`() throws {
        let answer = try explain(
            from: [(1, nil, plain(.min + 1, 1)), (3, .benchmark, plain(.max, 1)), (4, .routine, plain(.min + 1, 1))],
            to: [(2, nil, plain(.max, 2)), (5, .correction, plain(.min + 1, 2)), (6, .correction, plain(.max, 2))])
        let row = try #require(answer.rows[0])
        let most = Int128(Int64.max) * 2
        #expect((row.asPublished, row.toRevision, row.fromRevision) == (most, 0, 0))
        #expect(row.toByKind.isEmpty)
        #expect(row.fromByKind.map { [$0.kind: $0.amount] } == [["benchmark": -most], ["routine": most]])
        #expect(answer.rows[1]?.asPublished == 1)
        #expect((answer.explained, answer.unexplained) == (2, 0))
    }

    @Test func `equal contents are read once, the compared tables not again`() throws {
        let answer = try explain(
            from: [(1, nil, plain(100))],
            to: [(2, nil, plain(150)), (3, nil, plain(150)), (4, nil, plain(151)), (5, nil, plain(151))])
        #expect(answer.read == [[2011, 1]])
        #expect(answer.rows[0]?.toRevision == 1)
    }
}
