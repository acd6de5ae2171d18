import Annals
import Definitions
import Glibc
import TableReading
import TestSupport
import Testing

/// One field of a readable file replaced, or one of its lines deleted, doubled, blanked, padded or moved.
///
/// The reading must be the same but for that line, or the file refused; never a table of another shape without a word. A
/// failure prints the file, the line and what was put there.
@Suite struct FieldMutationTests {
    private static let seed: UInt64 = 20_111_231
    /// Mutations in one run; all of them by hand: `ANNAL_MUTATIONS=1000000`.
    private static let count = getenv("ANNAL_MUTATIONS").flatMap { Int(String(cString: $0)) } ?? 6000

    private static let texts: [String] = [
        "", " ", "\u{A0}", "x", "Suppressed", "Not available", "N/A", "NA", "n.a.", "NULL", "None", "NaN", "Inf",
        "TRUE",
        "-", "--", "–", "—", ".", "..", "...", "…", ":", "*", "#", "(c)", "c", "p", "(120)", "<5", "< 5", ">100", "5-9",
        "1 23", "12,34", "1,234", "1.234", "1,234,567", "1'234", "0.5", "-7", "−7", "- 7", "+7", "120-", "120*",
        "120 p",
        "120¹", "120 (1)", "1e3", "0x1F", "12:30", "2011-03-01", "2011", "99999999999999999999", "-1", "-666666666",
        "#DIV/0!", "%", "12%", "$120", "≈120", "١٢٠", "\u{FEFF}120", "12 0", "O", "l20", "see note 3",
    ]

    private struct Base {
        var name: String
        var lines: [String]
        var sidecar: Sidecar?
        var delimiter: Character
        /// Index of the line of the first figure.
        var firstRow = 0
        var reading = Reading(dimensions: [], findings: 0)
    }

    private static let fewestRows = 5

    /// A cell's place apart from its line: year and codes, and what stands there.
    fileprivate struct Reading {
        var dimensions: [String]
        /// By year and codes: what stands there, and the line it was read from.
        var cells: [String: (said: String, line: Int)] = [:]
        var findings: Int
    }

    @Test func aMutationChangesItsLineAlone() throws {
        var random = SeededNumbers(Self.seed)
        let bases = Self.bases
        var tally = (same: 0, refused: 0, finding: 0)
        for round in 0..<Self.count {
            let base = bases[round % bases.count]
            // Of headings nobody can say what they should be; of a handful of rows, what they have in common.
            guard base.lines.count - base.firstRow >= Self.fewestRows else { continue }
            let original = base.reading
            let line = base.firstRow + Int(random.next() % UInt64(base.lines.count - base.firstRow))
            // What is no row, a heading that is repeated, say, tells what kind of file it is.
            guard original.cells.values.contains(where: { $0.line == line + 1 }) else { continue }
            let (lines, what) = Self.mutate(base, line: line, &random)
            guard lines != base.lines else { continue }
            let mutated: Reading
            do throws(Reason) {
                mutated = try Self.read(base, lines)
            } catch {
                tally.refused += 1
                continue
            }
            let complaint = Self.difference(original, mutated, lines: what.lines)
            if complaint == nil { tally.same += 1 } else if mutated.findings > original.findings { tally.finding += 1 }
            if let complaint, mutated.findings <= original.findings {
                Issue.record("\(base.name), line \(line + 1), \(what.words): \(complaint)")
            }
        }
        print("mutations: \(tally.same) the same, \(tally.refused) refused, \(tally.finding) told by a finding")
    }

    // MARK: Inputs

    private static let bases: [Base] = own + handed

    private static let own: [Base] = [
        (
            "births.csv",
            "region;2009;2010;2011\nNorth;118;119;120\nSouth;233;240;241\nEast;98;101;104\nWest;188;180;177\n"
        ),
        (
            "persons-2011.csv",
            "county code,county name,sex,persons,mean age\n01,Aust,F,1234,40.5\n01,Aust,M,1180,39.1\n02,Birk,F,990,41.0\n02,Birk,M,970,38.2\n03,Dale,F,2210,42.5\n03,Dale,M,2190,40.9\n"
        ),
        (
            "flows.csv",
            "year,origin,destination,movers\n2010,A,B,5\n2010,A,C,6\n2010,B,A,7\n2010,B,C,8\n2010,C,A,9\n2010,C,B,10\n2011,A,B,11\n2011,A,C,12\n2011,B,A,13\n2011,B,C,14\n2011,C,A,15\n2011,C,B,16\n"
        ),
        (
            "values.csv",
            "TIME_PERIOD,geo,sex,OBS_VALUE,OBS_STATUS\n2010,AT,F,4256,A\n2010,AT,M,4037,P\n2010,BE,F,5512,A\n2010,BE,M,5290,A\n2011,AT,F,4273,A\n2011,AT,M,4055,A\n2011,BE,F,5560,E\n2011,BE,M,5340,A\n"
        ),
    ].map { name, text in base(name, Array(text.utf8), sidecar: nil) }.compactMap(\.self)

    /// The handed cases that are read whole, where they are there.
    private static let handed: [Base] = {
        let folder = "../shared/cases/reading/inputs"
        let cases = RepositoryFiles.names(in: folder)
        if cases.isEmpty { print("skipped: \(folder) is absent") }
        return cases.compactMap { id -> Base? in
            let names = RepositoryFiles.names(in: "\(folder)/\(id)")
            let files = names.filter { !$0.hasSuffix(".meta.yaml") }
            guard files.count == 1, let bytes = RepositoryFiles.bytes("\(folder)/\(id)/\(files[0])") else { return nil }
            let text = RepositoryFiles.text("\(folder)/\(id)/\(files[0]).meta.yaml")
            // A sidecar that can't be used makes the case one that is refused.
            return base(files[0], bytes, sidecar: text.flatMap { try? Sidecar.parse($0, file: files[0]) })
        }
    }()

    private static func base(_ name: String, _ bytes: [UInt8], sidecar: Sidecar?) -> Base? {
        guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\""), bytes.count < 20_000 else {
            return nil
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard let delimiter = "\t;,".first(where: { mark in lines.count { $0.contains(mark) } * 2 > lines.count })
        else {
            return nil
        }
        var base = Base(name: name, lines: lines, sidecar: sidecar, delimiter: delimiter)
        // A case that is to be refused is no base.
        guard let reading = try? read(base, lines) else { return nil }
        base.reading = reading
        base.firstRow = (reading.cells.values.map(\.line).min() ?? 1) - 1
        return base
    }

    // MARK: Mutations

    private struct Mutation {
        var words: String
        /// Lines that may differ, counted from 1, in the mutated file and in the original.
        var lines: Set<Int>
    }

    private static func mutate(
        _ base: Base, line: Int, _ random: inout SeededNumbers
    ) -> (lines: [String], what: Mutation) {
        var lines = base.lines
        let number = line + 1
        switch random.next() % 8 {
        case 0:
            lines.remove(at: line)
            return (lines, Mutation(words: "deleted", lines: []))
        case 1:
            lines.insert(lines[line], at: line)
            return (lines, Mutation(words: "doubled", lines: []))
        case 2:
            lines[line] = ""
            return (lines, Mutation(words: "blanked", lines: []))
        case 3:
            lines[line] += String(repeating: base.delimiter, count: 3)
            return (lines, Mutation(words: "padded", lines: [number]))
        default:
            var fields = lines[line].split(separator: base.delimiter, omittingEmptySubsequences: false).map(String.init)
            let field = Int(random.next() % UInt64(fields.count))
            let text = texts[Int(random.next() % UInt64(texts.count))]
            fields[field] = text
            lines[line] = fields.joined(separator: String(base.delimiter))
            return (lines, Mutation(words: "field \(field + 1) as `\(text)`", lines: [number]))
        }
    }

    // MARK: Readings

    private static func read(_ base: Base, _ lines: [String]) throws(Reason) -> Reading {
        let document = SourceDocument(
            name: base.name, bytes: Array((lines.joined(separator: "\n") + "\n").utf8), sidecar: base.sidecar)
        let read = try TableReading.read(document, definitions: .builtIn)
        var reading = Reading(dimensions: [], findings: read.facts.findings.count)
        for source in try TableReading.sourceTables(document, definitions: .builtIn) {
            let table = source.table
            reading.dimensions = table.keySpace.dimensions.map(\.id)
            for cell in 0..<table.cells.count {
                let codes = table.keySpace.codes(at: table.ordinal(ofCell: cell))
                let mark = table.cells.mark(at: cell)
                reading.cells["\(table.period.year) \(codes.joined(separator: " / "))"] = (
                    "\(table.cells.values[cell]) \(mark.status)", source.origin(at: codes)?.line ?? 0
                )
            }
        }
        return reading
    }

    /// What differs beyond the mutated line; nil where nothing does.
    private static func difference(_ original: Reading, _ mutated: Reading, lines: Set<Int>) -> String? {
        if original.dimensions != mutated.dimensions {
            return "dimensions \(original.dimensions) became \(mutated.dimensions)"
        }
        // A line that went or came back moves the others; cells are told by their codes then.
        for (key, cell) in mutated.cells where !lines.contains(cell.line) {
            guard let before = original.cells[key] else { return "\(key) appeared" }
            if Self.digits(before.said) != Self.digits(cell.said) {
                return "\(key) was \(before.said), is \(cell.said)"
            }
        }
        let lost = original.cells.filter { mutated.cells[$0.key] == nil && !lines.contains($0.value.line) }
        let mostLost = lines.isEmpty ? Set(lost.map(\.value.line)).count : 0
        if lost.isEmpty || lines.isEmpty && mostLost <= 1 { return nil }
        return "\(lost.first?.key ?? "") vanished"
    }

    /// A figure without the zeros that other decimals of its column bring.
    private static func digits(_ said: String) -> String {
        let parts = said.split(separator: " ", maxSplits: 1)
        var number = parts.first.map(String.init) ?? ""
        while number.count > 1, number.hasSuffix("0") { number.removeLast() }
        return number + " " + (parts.count > 1 ? parts[1] : "")
    }
}
