import Annals

/// Whether tables that are packed together, a sheet or a member a year, can be years of one dataset.
///
/// What arrives in one drop is held against what the archive has, and never against itself: two tables that would be taken
/// aside when they are dropped one after the other must not be taken together.
enum YearsOfOneFile {
    typealias Difference = (what: String, here: String, there: String)

    /// How a table differs from another year's; nil where it may continue it.
    static func difference(_ table: Table, _ other: Table) -> Difference? {
        let (own, others) = (table.keySpace.dimensions, other.keySpace.dimensions)
        guard Set(own.map(\.id)) == Set(others.map(\.id)) else {
            return ("other dimensions", list(own.map(\.id)), list(others.map(\.id)))
        }
        guard Set(table.measures.map(\.code)) == Set(other.measures.map(\.code)) else {
            return ("other measures", list(table.measures.map(\.code)), list(other.measures.map(\.code)))
        }
        guard units(table) == units(other) else { return ("another unit", units(table), units(other)) }
        for dimension in own {
            guard let twin = others.first(where: { $0.id == dimension.id }) else { continue }
            if let difference = codes(dimension, twin) { return difference }
        }
        return nil
    }

    /// Fewer than half of the codes in common, or one that differs by leading zeros alone.
    private static func codes(_ dimension: Dimension, _ other: Dimension) -> Difference? {
        let (own, others) = (Set(dimension.categories.map(\.code)), Set(other.categories.map(\.code)))
        let shared = own.intersection(others).count
        guard shared * 2 >= min(own.count, others.count) else {
            return ("other codes of `\(dimension.label)`", list(own.sorted()), list(others.sorted()))
        }
        let bare = Dictionary(others.subtracting(own).map { (withoutZeros($0), $0) }, uniquingKeysWith: { $1 })
        let odd = own.subtracting(others).sorted().first { bare[withoutZeros($0)] != nil }
        return odd.map { ("a code that differs by zeros in front", $0, bare[withoutZeros($0)] ?? "") }
    }

    private static func withoutZeros(_ code: String) -> Substring { code.drop { $0 == "0" } }

    private static func units(_ table: Table) -> String {
        list(table.measures.sorted { $0.code < $1.code }.map { "\($0.unit ?? "no unit") 10^\($0.multiplier)" })
    }

    private static func list(_ names: [String]) -> String { names.prefix(10).joined(separator: ", ") }
}
