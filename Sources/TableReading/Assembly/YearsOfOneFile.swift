import Annals

/// Whether tables that are packed together, a sheet or a member a year, can be years of one dataset.
///
/// What arrives in one drop is held against what the archive has, and never against itself: two tables that would be taken
/// aside when they are dropped one after the other must not be taken together.
enum YearsOfOneFile {
    typealias Difference = (what: String, here: String, there: String)

    /// Reads parts of a file that are each of another year, as one dataset.
    ///
    /// - Parameters:
    ///   - parts: Sheets, or tables of a page; one at least.
    ///   - input: The file.
    ///   - read: Reads one of them; the first says what the columns of all are for.
    ///   - refusal: Why a part can't stand beside the first.
    /// - Returns: All their years, ascending.
    /// - Throws: Why a part can't be read, or can't be of the dataset of the first.
    static func reading<Part>(
        _ parts: [Part], _ input: ReaderInput, read: (Part, ReaderInput) throws(Reason) -> Reading,
        refusal: (Part, Part, Difference) -> Reason
    ) throws(Reason) -> Reading {
        var whole = try read(parts[0], input)
        for part in parts.dropFirst() {
            var next = input
            if next.bound == nil { next.bound = whole.plan }
            let reading = try read(part, next)
            if let difference = difference(reading, whole) { throw refusal(part, parts[0], difference) }
            whole.tables += reading.tables
            whole.origins += reading.origins
            whole.findings += reading.findings.filter { !whole.findings.contains($0) }
        }
        let order = whole.tables.indices.sorted { whole.tables[$0].period.year < whole.tables[$1].period.year }
        if whole.origins.count == whole.tables.count { whole.origins = order.map { whole.origins[$0] } }
        whole.tables = order.map { whole.tables[$0] }
        return whole
    }

    private static func difference(_ reading: Reading, _ whole: Reading) -> Difference? {
        guard let table = reading.tables.first, let other = whole.tables.first else { return nil }
        if reading.dataset != whole.dataset { return ("another dataset", reading.dataset.slug, whole.dataset.slug) }
        if let difference = difference(table, other) { return difference }
        let known = Set(whole.tables.map(\.period.year))
        let twice = reading.tables.first { known.contains($0.period.year) }
        return twice.map { ("a year that another one has", $0.period.label, "each year once") }
    }

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
