import Annals
import Definitions
import Glibc
import TestSupport
import Testing

@testable import TableReading

/// Figures of a PX file lost, doubled, moved or spoilt: the file is refused, or that one figure alone is another.
@Suite struct PXMutationTests {
    private static let texts = [
        "x", "Suppressed", "N/A", "NaN", "Inf", "\"-\"", "\"..\"", "\".......\"", "\"........\"", "..", "-", "--", "–",
        "…",
        ":", "*", "\":\"", "(120)", "<5", "1,234", "12,34", "1.234", "1.234.567", "0.5", "-7", "−7", "+7", "120-",
        "120p", "1e3", "0x1F", "99999999999999999999", "-1", "12%", "$120", "١٢٠", "\u{FEFF}120", "\"12\"", "\"",
        "\"\"",
        "1_000", "1'000", ".5", "5.", "-.5", "- 7", "12 0", "", "\u{A0}", "\u{1}", "007", "\\N", "=5", ";", ";;", "1;2",
    ]

    private static let px: PXText = {
        var px = PXText()
        px.stub = "STUB=\"region\",\"sex\";\n"
        px.values = """
            VALUES("region")="North","South","East";
            VALUES("sex")="men","women";
            VALUES("year")="2010","2011","2012";

            """
        px.times = "TIMEVAL(\"year\")=TLIST(A1),\"2010\",\"2011\",\"2012\";\n"
        px.codes = "CODES(\"region\")=\"01\",\"02\",\"03\";\n"
        px.data = "101 102 103\n104 105 106\n107 108 109\n110 111 112\n113 114 115\n116 117 118\n"
        return px
    }()

    private static func cells(_ document: ReadDocument) -> [String] {
        document.tables.flatMap { table in
            (0..<table.cells.count).map { cell in
                let ordinal = table.ordinal(ofCell: cell)
                let mark = table.cells.mark(at: cell)
                let decimals = table.measure(atOrdinal: ordinal).decimals
                var figure = Substring(ScaledDecimal.text(table.cells.values[cell], decimals: decimals))
                while decimals > 0, figure.last == "0" { figure = figure.dropLast() }
                if figure.last == "." { figure = figure.dropLast() }
                return "\(table.period.year) \(table.keySpace.codes(at: ordinal)) \(mark.status.code) \(figure)"
            }
        }
    }

    private func changed(_ lines: [[String]]) -> ReadDocument? {
        var px = Self.px
        px.data = lines.map { $0.joined(separator: " ") + "\n" }.joined()
        // That it is refused is as good as that it is read.
        return try? read(px.text, name: "pop.px")
    }

    private var lines: [[String]] {
        Self.px.data.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    @Test func oneFigureSpoilt() throws {
        let before = Self.cells(try read(Self.px.text, name: "pop.px"))
        for text in Self.texts {
            for row in lines.indices {
                for column in lines[row].indices {
                    var lines = lines
                    lines[row][column] = text
                    guard let document = changed(lines) else { continue }
                    let different = zip(before, Self.cells(document)).filter { $0 != $1 }
                    #expect(different.count == 1, "`\(text)` in row \(row), column \(column)")
                    #expect(different.first?.0.hasSuffix(" \(101 + row * 3 + column)") == true)
                }
            }
        }
    }

    @Test func figuresLostDoubledAndMoved() {
        let count = lines.count
        for row in 0..<count {
            for column in 0..<3 {
                var lost = lines
                lost[row].remove(at: column)
                #expect(changed(lost) == nil, "lost \(row) \(column)")
                var doubled = lines
                doubled[row].insert(lines[row][column], at: column)
                #expect(changed(doubled) == nil, "doubled \(row) \(column)")
                for other in 0..<count where other != row {
                    var moved = lost
                    moved[other].insert("999", at: column)
                    #expect(changed(moved) == nil, "lost \(row), and one more in \(other)")
                }
            }
            var without = lines
            without.remove(at: row)
            #expect(changed(without) == nil)
            #expect(changed(lines + [lines[row]]) == nil)
        }
    }

    /// More by hand: `ANNAL_MUTATIONS=1000000`.
    private static let rounds = getenv("ANNAL_MUTATIONS").flatMap { Int(String(cString: $0)) } ?? 3000

    /// Random damage to the whole file: an answer, twice the same one, and never a trap.
    @Test func randomDamage() throws {
        var random = SeededNumbers(20_111_231)
        var keys = Self.px
        keys.more = "KEYS(\"region\")=CODES;\nKEYS(\"sex\")=VALUES;\nDATANOTECELL(\"01\",\"*\",\"2010\")=\"*\";\n"
        keys.data = "\"01\",\"men\",1 2 3\n\"02\",\"women\",4 \"..\" 6\n"
        for px in [Self.px, keys] {
            let bytes = Array(px.text.utf8)
            for _ in 0..<Self.rounds {
                let document = SourceDocument(name: "pop.px", bytes: random.vandalise(bytes))
                let answers = (0..<2).map { _ in
                    // The reasons aren't compared: that there is one is enough.
                    (try? TableReading.read(document, definitions: .builtIn)).map(Self.cells)
                }
                #expect(answers[0] == answers[1])
            }
        }
    }
}
