import Annals
import Comparison
import Glibc

/// Two years of a dataset, each published a few times: by dates that may be the same, with other kinds, units, decimals,
/// codes and missing cells.
struct RandomHistory {
    typealias Vintage = (release: Release, table: Table)

    /// How many are tried: `ANNAL_HISTORIES`, by hand many.
    static let count = getenv("ANNAL_HISTORIES").flatMap { Int(String(cString: $0)) } ?? 300

    /// By year, then in order of arrival.
    var years: [Int: [Vintage]] = [:]

    init(_ generator: inout SeededGenerator, years wanted: [Int] = [2010, 2011]) {
        let measures = RandomTables.table(&generator, year: 2010).measures
        var sequence: UInt64 = 0
        for year in wanted {
            for version in 1...Int.random(in: 1...4, using: &generator) {
                sequence += 1
                var own = measures
                for place in own.indices {
                    own[place].decimals = Int.random(in: 0...2, using: &generator)
                    if Int.random(in: 0..<12, using: &generator) == 0 { own[place].unit = "thousands" }
                }
                let before = years[year]?.randomElement(using: &generator)
                var table = RandomTables.table(&generator, year: year, measures: own)
                var content = Int(sequence)
                if let before, Int.random(in: 0..<4, using: &generator) == 0 {
                    // The figures of another vintage again.
                    (table, content) = (before.table, before.release.content)
                } else if let before, Bool.random(using: &generator) {
                    table = Self.revised(before.table, &generator)
                }
                let published = Instant(microseconds: Int64.random(in: 0...6, using: &generator))
                let release = Release(
                    year: year, version: version, published: published,
                    recorded: Instant(microseconds: 100 + Int64(sequence)),
                    sequence: sequence, kind: [nil, .benchmark, .correction].randomElement(using: &generator)!,
                    content: content)
                years[year, default: []].append((release, table))
            }
        }
    }

    private static func revised(_ table: Table, _ generator: inout SeededGenerator) -> Table {
        var table = table
        for cell in table.cells.values.indices where table.cells.status(at: cell) == .value {
            if Bool.random(using: &generator) {
                table.cells.values[cell] += Int64.random(in: -9...9, using: &generator)
            }
        }
        return table
    }

    /// In order of publication.
    func sorted(_ year: Int) -> [Vintage] {
        (years[year] ?? []).sorted {
            ($0.release.published, $0.release.sequence) < ($1.release.published, $1.release.sequence)
        }
    }

    func current(_ year: Int) -> Table { sorted(year).last!.table }

    func table(of release: Release) -> Table {
        years[release.year]!.first { $0.release.sequence == release.sequence }!.table
    }
}
