/// Synthetic years of the founding table, in the founding table's own layout, with sums that hold.
///
/// Three stacked parts: the totals with the first nine counties, the others, and, after a page break that repeats the
/// heading and loses a row's code, the rest of the others. The figures are made up and the page says so.
///
/// Source: the layout is that of Statistics Norway's "Net migration between counties. 2011".
package struct NetMigrationPage: Sendable {
    /// The counties of 2011: code and name as printed.
    package static let counties: [(code: String, name: String)] = [
        ("01", "Østfold"), ("02", "Akershus"), ("03", "Oslo"), ("04", "Hedmark"), ("05", "Oppland"),
        ("06", "Buskerud"), ("07", "Vestfold"), ("08", "Telemark"), ("09", "Aust-Agder"), ("10", "Vest-Agder"),
        ("11", "Rogaland"), ("12", "Hordaland"), ("14", "Sogn og Fjordane"), ("15", "Møre og Romsdal"),
        ("16", "Sør-Trøndelag"), ("17", "Nord-Trøndelag"), ("18", "Nordland"), ("19", "Troms Romsa"),
        ("20", "Finnmark Finnmarku"),
    ]

    package var year: Int
    /// Net migration of the row's county from the column's, persons; antisymmetric.
    ///
    /// *Shape:* 19 × 19.
    package var flows: [[Int]]

    /// Makes up a year; the same year and seed give the same figures.
    package init(year: Int, seed: UInt64) {
        self.year = year
        var random = SplitMix(state: seed &+ UInt64(truncatingIfNeeded: year) &* 0x9E37_79B9)
        let count = Self.counties.count
        flows = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
        for row in 1..<count {
            for column in 0..<row {
                let flow = Int.random(in: -400...400, using: &random)
                flows[row][column] = flow
                flows[column][row] = -flow
            }
        }
    }

    /// The page, UTF-8.
    package var text: String {
        var lines = ["", "", "6 Net migration¹ between counties. \(year)"]
        lines += block(columns: 0..<9, withTotals: true, rows: Array(Self.counties.indices))
        lines.append("")
        lines += block(columns: 9..<Self.counties.count, withTotals: false, rows: Array(0..<12))
        lines.append("")
        lines.append(heading(columns: 9..<Self.counties.count, withTotals: false))
        lines.append(Self.counties[11].name + String(repeating: "\t", count: Self.counties.count - 9))
        lines += (12..<Self.counties.count).map { line(row: $0, columns: 9..<Self.counties.count, withTotals: false) }
        lines += ["", "¹ Synthetic figures, made up for trying Annal; nobody published them.", ""]
        return lines.joined(separator: "\n")
    }

    private func block(columns: Range<Int>, withTotals: Bool, rows: [Int]) -> [String] {
        [heading(columns: columns, withTotals: withTotals)]
            + rows.map { line(row: $0, columns: columns, withTotals: withTotals) }
    }

    private func heading(columns: Range<Int>, withTotals: Bool) -> String {
        let names = columns.map { "\(Self.counties[$0].code) \(Self.counties[$0].name)" }
        return ([""] + (withTotals ? ["Net migration, total"] : []) + names).joined(separator: "\t")
    }

    private func line(row: Int, columns: Range<Int>, withTotals: Bool) -> String {
        let label = "\(Self.counties[row].code) \(Self.counties[row].name)"
        let total = withTotals ? [printed(flows[row].reduce(0, +))] : []
        let cells = columns.map { column in
            column > row ? "" : column == row ? "-" : printed(flows[row][column])
        }
        return ([label] + total + cells).joined(separator: "\t")
    }

    /// As the agency prints it: a dash for nil, a space between thousands.
    private func printed(_ figure: Int) -> String {
        guard figure != 0 else { return "-" }
        let digits = String(figure.magnitude)
        let head = digits.dropLast(3)
        return (figure < 0 ? "-" : "") + (head.isEmpty ? digits : "\(head) \(digits.suffix(3))")
    }
}

/// A small seeded generator, so that a sample can be made again.
///
/// Source: S. Vigna, `splitmix64.c`, public domain algorithm.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
