import Annals
import Comparison
import Testing

/// One rule says what status a sum has, wherever it is summed and in whatever order its parts come.
@Suite struct SumStatusTests {
    private struct Part: Hashable {
        var value: Int64
        var status: CellStatus
    }

    /// parts × rest, each part with its status at `x` and a plain figure at `y`.
    private func table(_ parts: [Part], year: Int, _ code: (Int) -> String) -> Table {
        let keySpace = KeySpace([
            Dimension(
                id: "part", label: "", categories: parts.indices.map { Category(code: code($0), label: code($0)) }),
            Dimension(id: "rest", label: "", categories: ["x", "y"].map { Category(code: $0, label: $0) }),
        ])!
        var cells = CellsBuilder()
        for part in parts {
            _ = cells.append(part.value, Mark(part.status))
            _ = cells.append(1, .plain)
        }
        return Table(
            title: "", period: Period(year: year), notes: [], measures: [Measure(code: "n", kind: .count)],
            keySpace: keySpace, presence: .dense, cells: cells.finish())
    }

    /// What each kind of sum says of the parts at `x`.
    private func sums(of parts: [Part]) throws -> [[Part?]] {
        let from = table(parts, year: 2010) { "p\($0)" }
        let rotated = { (place: Int) in "p\((place + 1) % parts.count)" }
        let other = table(Array(parts.dropFirst()) + parts.prefix(1), year: 2010, rotated)
        return try [from, other].map { from in
            let summation = try Summation(by: "rest", from: from, to: from)
            let sums = try summation.sums(of: from)
            // With a combination missing the sum goes cell by cell.
            var sparse = from
            sparse.presence = .sparse((0..<from.cells.count - 1).map(UInt64.init))
            sparse.cells.values.removeLast()
            sparse.cells.marks.removeLast()
            let exact = try summation.sums(of: sparse)
            let figure = try FigureSelection(where: ["rest": "x"], in: [from.keySpace]).figure(in: from)
            let links = parts.indices.map { Concordance.Link(CalendarDay(startOf: 2011), "p\($0)", "all", .whole) }
            let choice = ConcordanceChoice(Concordance(name: "all", dimensions: ["part"], links: links))
            let to = table([Part(value: 1, status: .value)], year: 2011) { _ in "all" }
            let group = try ConcordedTables(from: from, to: to, by: choice).from
            let series = try Series(
                where: ["part": "all", "rest": "x"], in: [(2010, 1, from), (2011, 1, to)], by: choice)
            func part(_ status: CellStatus?, _ value: Int64?) -> Part? {
                status.map { Part(value: value ?? 0, status: $0) }
            }
            func cell(_ table: Table) -> Part? { part(table.cells.status(at: 0), table.cells.number(at: 0)) }
            return [
                cell(sums), cell(exact), cell(group), part(figure.status, figure.value),
                part(series.points[0].status, series.points[0].value),
            ]
        }
    }

    private static let all: [Part] = CellStatus.allCases.map { status in
        Part(value: status == .value ? 7 : 0, status: status)
    }

    @Test func everySumOfTwoHasOneStatusByTheRule() throws {
        for first in Self.all {
            for second in Self.all {
                let status = CellStatus.ofSum([first.status, second.status])
                let value = status.countsAsNumber ? first.value + second.value : 0
                let expected = Part(value: value, status: status)
                for answers in try sums(of: [first, second]) {
                    #expect(answers == answers.map { _ in expected }, "\(first.status) and \(second.status)")
                }
            }
        }
    }

    @Test func theOrderOfPartsHasNoSay() throws {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<100 {
            let parts = (0..<Int.random(in: 3...40, using: &generator)).map { _ in
                Self.all.prefix(round % 3 == 0 ? 3 : 10).randomElement(using: &generator)!
            }
            let status = CellStatus.ofSum(parts.map(\.status))
            for _ in 0..<3 {
                for answers in try sums(of: parts.shuffled(using: &generator)) {
                    #expect(answers.allSatisfy { $0?.status == status }, "round \(round)")
                }
            }
        }
    }

    @Test func aSumBelowTheUnitHasNoRatio() throws {
        let below = Part(value: 0, status: .belowUnit)
        let (from, to) = (
            table([Part(value: 10, status: .value)], year: 2010) { _ in "p0" }, table([below], year: 2011) { _ in "p0" }
        )
        let summation = try Summation(by: "rest", from: from, to: to)
        let row = try ComparedSums(summation, from: from, to: to).delta.row(0)
        #expect(row.toStatus == .belowUnit && row.change == -10 && row.relativeMicros == nil)
        let back = try ComparedSums(Summation(by: "rest", from: to, to: from), from: to, to: from).delta.row(0)
        #expect(back.fromStatus == .belowUnit && back.change == 10 && back.relativeMicros == nil)
    }
}
