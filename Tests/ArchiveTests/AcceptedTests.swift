import Annals
import Definitions
import RecordLog
import TestSupport
import Testing

@testable import Archive

/// Whatever a parser accepts survives a restart: sidecars and definitions drawn by the thousand, ends of every field
/// among them.
@Suite struct AcceptedTests {
    private let clock = TestClock()

    private static let dates = [
        "0001-01-01", "0000-12-31T23:59:59-00:01", "0001-01-01T00:00:00+00:01", "0000-01-01T00:00:00+14:00",
        "0000-06-01",
        "9999-12-31", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.999999Z", "1970-01-01", "2016-12-31T23:59:60Z", "2011-04-28T08:00:00.000001+05:45",
        "2011-04-28T24:00", "2011-02-29", "2026-11-29 10:00", "10000-01-01", "-0001-01-01",
    ]
    private static let texts = [
        "x", "\"\\0\"", "\"\\t\\n\"", "e\u{301}", "é", "🇳🇴", "\"\u{202E}right\"",
        String(repeating: "long ", count: 1500),
        "'''", "\"\\x7f\"", "\u{FEFF}", "null", "2011-01-01", "\"\"",
    ]
    private static let slugs = [
        "x", "0", "a-b", "crops", "region", "y-2", "zz", "A", "-a", "a--b", String(repeating: "s", count: 120), "æ",
        "../x",
    ]

    private func drawn(_ choices: [String], _ numbers: inout SeededNumbers) -> String {
        choices[Int(numbers.next() % UInt64(choices.count))]
    }

    private func number(_ numbers: inout SeededNumbers, _ choices: [Int]) -> String {
        String(choices[Int(numbers.next() % UInt64(choices.count))])
    }

    private func sidecar(_ numbers: inout SeededNumbers) -> String {
        var lines: [String] = []
        func add(_ key: String, _ value: String, _ draw: UInt64) {
            if draw % 3 == 0 { lines.append("\(key): \(value)") }
        }
        add("published", drawn(Self.dates, &numbers), numbers.next() % 2 * 2)
        add("reason", drawn(Self.texts, &numbers), numbers.next())
        add("dialect", drawn(Self.texts, &numbers), numbers.next())
        add("dataset", drawn(Self.slugs, &numbers), numbers.next())
        add("year", number(&numbers, [999, 1000, 2011, 9999, 10_000, -1]), numbers.next())
        add("kind", drawn(Sidecar.Kind.allCases.map(\.rawValue), &numbers), numbers.next())
        add("stage", drawn(Sidecar.Stage.allCases.map(\.rawValue), &numbers), numbers.next())
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func `every sidecar that is accepted is there again after a restart`() throws {
        var numbers = SeededNumbers(31)
        let log = MemoryLog()
        let archive = try Archive(log: log, clock: clock.read)
        var accepted: [UInt64: Sidecar] = [:]
        for count in 1...4000 {
            let text = sidecar(&numbers)
            guard let sidecar = attempt({ try Sidecar.parse(text, file: "x.meta.yaml") }) else { continue }
            let own = try #require(DatasetID("own-\(count)"))
            let year = sidecar.year ?? 2000
            let drop = try Samples.drop(
                [Samples.table(year: year, cells: 1)], number: count, dataset: sidecar.dataset ?? own, sidecar: sidecar,
                sidecarBytes: Array(text.utf8))
            let entry = try #require(try archive.commit(drop).first)
            accepted[entry.sequence] = sidecar
        }
        #expect(accepted.count > 1000, "seed \(numbers.seed)")
        let again = try Archive(log: log, clock: clock.read)
        #expect(again.problems.isEmpty)
        #expect(again.catalog.head == archive.catalog.head)
        #expect(again.catalog.drops() == archive.catalog.drops())
        for entry in again.catalog.drops() {
            let sidecar = try #require(accepted[entry.sequence])
            #expect(entry.kind == sidecar.kind && entry.stage == sidecar.stage)
            if let published = sidecar.published { #expect(entry.published == published, "seed \(numbers.seed)") }
        }
        #expect(try again.verify().isSound)
        _ = try again.commit(Samples.quarantined(number: 5000))
    }

    private func definition(_ numbers: inout SeededNumbers) -> String {
        let power = number(&numbers, [-18, 0, 3, 18, 19])
        let decimals = number(&numbers, [0, 2, 18, 19])
        return """
            dataset: \(drawn(Self.slugs, &numbers))
            title: \(drawn(Self.texts, &numbers))
            dimensions: [{id: \(drawn(Self.slugs, &numbers)), label: \(drawn(Self.texts, &numbers)), role: stub}]
            measures: [{code: \(drawn(Self.texts, &numbers)), unit: \(drawn(Self.texts, &numbers)), \
            multiplier: \(power), decimals: \(decimals), kind: net, additive: yes}]
            \(plan(&numbers))

            """
    }

    /// Keys of the reading plan, often none.
    private func plan(_ numbers: inout SeededNumbers) -> String {
        let name = drawn(Self.texts, &numbers)
        let plans = [
            "", "header: none\nnames: [\(name), b]", "header: {lines: 2}\nskip: 3", "header: {line: 0}",
            "positions: {a: 1-2, b: 2-3}", "positions: {a: 1-2, b: 4}\ncolumns: {keys: [a, c]}",
            "columns: {year: {column: \(name), day: 12-31}, keys: [{id: k, of: [p, q], join: \(name)}]}",
            "columns: {keys: [\(name)], labels: {\(name): l}, values: [v], flags: {v: [f]}, ignore: [\(name)]}",
            "columns: {attributes: [\(name)], flags: [s, t], values: [v]}\nunits: {v: \(name)}",
            "numbers: {decimal-mark: comma, thousands-separators: [point]}\ncodes: {leading-zeros: join}",
            "match: {file: [*a*, \(name)]}",
        ]
        return drawn(plans, &numbers)
    }

    @Test func `every definition that is accepted gives tables that are there again after a restart`() throws {
        var numbers = SeededNumbers(32)
        let log = MemoryLog()
        let archive = try Archive(log: log, clock: clock.read)
        var tables: [UInt64: Table] = [:]
        for count in 1...8000 {
            let text = definition(&numbers)
            guard let definition = attempt({ try DatasetDefinition.parse(text, file: "x.yaml") }) else { continue }
            let written = definition.yaml()
            let again = attempt { try DatasetDefinition.parse(written, file: "x.yaml") }
            #expect(again == definition, "seed \(numbers.seed), \(count): \(written)")
            var table = Samples.table(year: 1000 + count, cells: 2, first: count % 2 == 0 ? .max - 1 : .min)
            table.title = definition.title ?? ""
            table.measures = definition.measures
            var dimension = Samples.dimension(definition.dimensions[0].id, 2)
            dimension.label = definition.dimensions[0].label
            table.keySpace = try #require(KeySpace([dimension]))
            let drop = try Samples.drop([table], number: count, dataset: definition.dataset)
            tables[try #require(try archive.commit(drop).first).sequence] = table
        }
        #expect(tables.count > 100, "seed \(numbers.seed)")
        let again = try Archive(log: log, clock: clock.read)
        #expect(again.problems.isEmpty && again.catalog.vintageCount == tables.count)
        for vintage in again.catalog.vintages {
            #expect(try again.table(vintage) == tables[vintage.sequence], "seed \(numbers.seed)")
        }
        #expect(try again.verify().isSound)
    }
}
