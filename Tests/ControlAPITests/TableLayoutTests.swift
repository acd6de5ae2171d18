import Annals
import ControlAPI
import Testing

/// Tables are laid out as ``TextTable`` would lay them out whole, though row after row is written.
@Suite struct TableLayoutTests {
    private static let heading = TableHeading(dataset: DatasetID("d")!, audits: [], findings: [])
    private static let marks = [
        Mark.plain, Mark(.value, flags: [.provisional, .derived]), Mark(.nilFigure, glyph: "-"), Mark(.belowUnit),
        Mark(.confidential, glyph: ":"), Mark(.blank), Mark(.notYetAvailable), Mark(.notApplicable, flags: .revised),
    ]
    private static let labels = ["Oslo", "Østfold", "東京", "e\u{301}\u{1B}x", "", "North  "]

    /// A table with categories, measures and gaps drawn at random.
    private static func table(seed: UInt64) throws -> Table {
        var random = Seeded(state: seed)
        let sizes = (0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 1...6, using: &random) }
        let measured = Bool.random(using: &random) ? Int.random(in: 0..<sizes.count, using: &random) : nil
        let dimensions = sizes.enumerated().map { place, size in
            Dimension(
                id: "dim\(place)", label: "Dimension \(place)",
                categories: (0..<size).map { index in
                    Category(code: "c\(index)", label: labels.randomElement(using: &random) ?? "")
                }, isMeasure: place == measured)
        }
        let space = try #require(KeySpace(dimensions))
        let present = (0..<space.size).filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
        var cells = CellsBuilder()
        for _ in present {
            let figure =
                Int64.random(in: -2_000_000...2_000_000, using: &random) >> Int64.random(in: 0...20, using: &random)
            _ = cells.append(figure, marks.randomElement(using: &random) ?? .plain)
        }
        let measures = (0..<(measured.map { sizes[$0] } ?? 1)).map { index in
            Measure(code: "c\(index)", decimals: Int.random(in: 0...3, using: &random))
        }
        return Table(
            title: "T", period: Period(year: 2011), notes: [], measures: measures, keySpace: space,
            presence: .sparse(present.map { UInt64($0) }), cells: cells.finish())
    }

    private static func name(_ category: Category) -> String { "\(category.code) \(category.label)" }

    private static func figure(_ table: Table, _ cell: Int, _ symbols: inout FigureSymbols) -> String {
        let (mark, ordinal) = (table.cells.mark(at: cell), table.ordinal(ofCell: cell))
        let symbol = symbols.symbol(of: mark.status.code)
        let decimals = table.measure(atOrdinal: ordinal).decimals
        return (symbol ?? ScaledDecimal.text(table.cells.values[cell], decimals: decimals))
            + symbols.letters(of: mark.flags.codes)
    }

    /// The lines of cells, put together the slow way.
    private static func expected(_ table: Table, _ cells: [Int], place: CellPlace.Finder?) -> String {
        guard !cells.isEmpty else { return "No cells.\n" }
        let dimensions = table.keySpace.dimensions
        var symbols = FigureSymbols()
        var text: TextTable
        var rest = ""
        let ordinals = cells.map { table.ordinal(ofCell: $0) }
        if dimensions.count == 2, place == nil {
            let indices = ordinals.map { table.keySpace.indices(at: $0) }
            let rows = Set(indices.map { $0[0] }).sorted()
            let columns = Set(indices.map { $0[1] }).sorted()
            text = TextTable(
                [("dim0", .left)] + columns.map { (dimensions[1].categories[$0].code, .right) })
            for row in rows {
                text.add(
                    [name(dimensions[0].categories[row])]
                        + columns.map { column in
                            table.cell(atOrdinal: table.keySpace.ordinal([row, column])).map {
                                figure(table, $0, &symbols)
                            } ?? ""
                        })
            }
            let said = rows.map { name(dimensions[0].categories[$0]) }
            let unsaid = columns.map { name(dimensions[1].categories[$0]) }.filter { !said.contains($0) }
            if !unsaid.isEmpty { rest = "dim1: " + unsaid.joined(separator: ", ") + "\n" }
        } else {
            text = TextTable(
                dimensions.map { ($0.id, .left) } + [("value", .right)]
                    + (place == nil ? [] : [("line", .right), ("column", .right), ("text", .left)]))
            for (cell, ordinal) in zip(cells, ordinals) {
                let names = table.keySpace.indices(at: ordinal).enumerated().map { dimension, index in
                    name(dimensions[dimension].categories[index])
                }
                let found = place?(ordinal)
                text.add(
                    names + [figure(table, cell, &symbols)]
                        + (place == nil
                            ? []
                            : [found.map { "\($0.line)" } ?? "", found.map { "\($0.column)" } ?? "", found?.text ?? ""])
                )
            }
        }
        return text.text() + sanitised(rest) + (symbols.legendLine.map { $0 + "\n" } ?? "")
    }

    /// As a column of its own would be.
    private static func sanitised(_ text: String) -> String {
        text.replacing("\u{1B}", with: "\\u{1B}")
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyTableLooksAsIfItWereLaidOutWhole(seed: UInt64) throws {
        let table = try Self.table(seed: seed)
        let all = Array(0..<table.cells.count)
        for picked in [nil, all.filter { $0 % 3 != 0 }, []] as [[Int]?] {
            // A matrix shows whole rows and columns, so that only a list can have any selection.
            if table.keySpace.dimensions.count == 2, picked != nil, picked != [] { continue }
            let cells = ChosenCells(table, picked: picked)
            let body = TableLayout(table, Self.heading, cells: cells).body().bytes()
            #expect(
                String(decoding: body, as: UTF8.self)
                    == "T, 2011\nd\n" + (table.measures.count == 1 ? "c0\n" : "") + "\n"
                    + Self.expected(table, picked ?? all, place: nil))
        }
        let place: CellPlace.Finder = { $0 % 2 == 0 ? CellPlace(line: $0, column: 7, text: "t\u{1B}\($0)") : nil }
        guard all.contains(where: { table.ordinal(ofCell: $0) % 2 == 0 }) else { return }
        let body = TableLayout(table, Self.heading, cells: ChosenCells(table), place: place).body().bytes()
        #expect(String(decoding: body, as: UTF8.self).hasSuffix("\n\n" + Self.expected(table, all, place: place)))
    }

    @Test func theShapeAloneHasNoCells() throws {
        let table = try Self.table(seed: 1)
        let text = String(decoding: TableLayout(table, Self.heading, cells: nil).body().bytes(), as: UTF8.self)
        #expect(text.hasPrefix("T, 2011\nd\n"))
        #expect(!text.contains("dim0"))
    }

    @Test func aTableWithoutDimensionsHasOneFigure() throws {
        let table = Table(
            title: "One", period: Period(year: 2011), notes: ["n"], measures: [Measure(code: "value", unit: "NOK")],
            keySpace: try #require(KeySpace([])), presence: .dense,
            cells: Cells(values: [7], marks: [0], palette: [.plain]))
        let text = String(
            decoding: TableLayout(table, Self.heading, cells: ChosenCells(table)).body().bytes(), as: UTF8.self)
        #expect(text == "One, 2011\nd\nin NOK\n\nvalue\n    7\n\nnote: n\n")
    }
}

/// A small generator, so that a test that fails can be run again.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    /// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (SplitMix64).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
