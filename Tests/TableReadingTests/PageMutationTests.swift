import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

/// Any one field or line of the founding page damaged: the same table but for that cell, a finding, or a refusal there.
///
/// A sample of all damages is tried, chosen by a seed; a failure prints the damage.
@Suite struct PageMutationTests {
    private static let name = "net-migration-between-counties-2011.txt"
    private static let fields = 400
    private static let lines = 150

    private static let texts = [
        "", " ", "0", "5", "-5", "−5", "+5", "1 234", "1\u{A0}234", "1\u{202F}234", "1.5", "1,5", "12.345", "12,345",
        "1e3",
        "99999", "-9", "-99", "2011", "2010", "2010-11", "1902", "01", "12", "20", "total", "Total",
        "Net migration, total",
        "01 Østfold", "1 Østfold", "Østfold", "21 Svalbard", "Oslo", "03", "03 Aust-Agder", "North", "Source: x",
        "Note: x",
        "1) x", "¹ x", "(x)", "[x](#)", "..", "...", ".", "-", "–", "—", ":", "*", "5*", "5 p", "p", "x", "n/a", "NA",
        "#", "%",
        "5%", "\u{FFFD}", "a b c d e", "9223372036854775808", "1 23", "(5)",
    ]

    private static func page() throws -> [String] {
        let text = try #require(RepositoryFiles.text("Config/samples/\(name)"))
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// A reading as it is compared: figures by their codes, and what was found.
    private struct Outcome {
        var cells: [String: String] = [:]
        var shape = ""
        var findings: Set<String> = []

        init(_ document: ReadDocument) {
            for finding in document.facts.findings { findings.insert(finding.code + finding.message) }
            for table in document.tables {
                shape += "\(table.period.year) \(table.dimensionIDs)"
                for row in table.codes("row") {
                    for column in table.codes("column") {
                        var shown = table.shown(row, column)
                        if shown.contains(".") {
                            while shown.hasSuffix("0") { shown.removeLast() }
                            if shown.hasSuffix(".") { shown.removeLast() }
                        }
                        cells["\(row) \(column)"] = shown
                    }
                }
            }
        }
    }

    private enum Verdict: String { case same, oneCell, finding, refusedThere, refusedElsewhere, silent }

    private static func judge(_ lines: [String], against original: Outcome, damaged: Set<Int>) -> Verdict {
        let bytes = Array(lines.joined(separator: "\n").utf8)
        do throws(Reason) {
            let outcome = Outcome(
                try TableReading.read(SourceDocument(name: name, bytes: bytes), definitions: .builtIn))
            if !outcome.findings.isSubset(of: original.findings) { return .finding }
            let keys = Set(outcome.cells.keys).union(original.cells.keys)
            let changed = keys.filter { outcome.cells[$0] != original.cells[$0] }
            if outcome.shape == original.shape {
                if changed.isEmpty { return .same }
                if changed.count == 1, outcome.cells.count == original.cells.count { return .oneCell }
            }
            return .silent
        } catch {
            return error.line.map(damaged.contains) ?? true ? .refusedThere : .refusedElsewhere
        }
    }

    @Test func fieldsReplaced() throws {
        let page = try Self.page()
        let original = Outcome(try read(page.joined(separator: "\n"), name: Self.name))
        var random = MutationTests.Random(state: MutationTests.seed)
        var counts: [Verdict: Int] = [:]
        for _ in 0..<Self.fields {
            let (line, text) = (
                Int.random(in: 0..<page.count, using: &random), Self.texts.randomElement(using: &random)!
            )
            var fields = page[line].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 1 else { continue }
            let place = Int.random(in: 0..<fields.count, using: &random)
            let before = fields[place]
            fields[place] = text
            var lines = page
            lines[line] = fields.joined(separator: "\t")
            let verdict = Self.judge(lines, against: original, damaged: [line + 1])
            counts[verdict, default: 0] += 1
            #expect(verdict != .silent, "line \(line + 1), field \(place + 1): `\(before)` → `\(text)`")
            // What a heading or a label says is missed elsewhere; a figure is wrong where it stands.
            if place > 0, !fields[0].isEmpty {
                #expect(verdict != .refusedElsewhere, "line \(line + 1), field \(place + 1): `\(before)` → `\(text)`")
            }
        }
        print("fields replaced: \(counts.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", "))")
    }

    @Test func linesDamaged() throws {
        let page = try Self.page()
        let original = Outcome(try read(page.joined(separator: "\n"), name: Self.name))
        var random = MutationTests.Random(state: MutationTests.seed + 1)
        var counts: [Verdict: Int] = [:]
        for round in 0..<Self.lines {
            let line = Int.random(in: 0..<page.count, using: &random)
            var lines = page
            let how = ["deleted", "doubled", "blanked", "padded", "moved"][round % 5]
            var target = line
            switch how {
            case "deleted": lines.remove(at: line)
            case "doubled": lines.insert(lines[line], at: line)
            case "blanked": lines[line] = ""
            case "padded": lines[line] += String(repeating: "\t", count: Int.random(in: 1...12, using: &random))
            default:
                let moved = lines.remove(at: line)
                target = Int.random(in: 0...lines.count, using: &random)
                lines.insert(moved, at: target)
            }
            let verdict = Self.judge(
                lines, against: original, damaged: Set((line...line + 2).flatMap { [$0, target + 1, target + 2] }))
            counts[verdict, default: 0] += 1
            #expect(verdict != .silent, "line \(line + 1) \(how) (to \(target + 1)): \(page[line].prefix(40))")
        }
        print("lines damaged: \(counts.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", "))")
    }
}
