/// A table in the plainest form: figures by their codes.
///
/// Everything that answers are held against is worked out from such tables, one figure after another, and shares nothing
/// with the program but words.
struct PlainTable {
    struct Measure: Equatable {
        var code: String
        var unit: String?
        var decimals: Int
        var kind: String?
        var isAdditive: Bool?

        var addsUp: Bool {
            kind.map(["rate", "percent", "index", "mean"].contains) == true ? isAdditive == true : true
        }

        var hasRatios: Bool { kind.map(["net", "rate", "percent", "index"].contains) != true }

        /// What isn't said contradicts nothing.
        func contradicts(_ other: Measure) -> Bool {
            (unit != nil && other.unit != nil && unit != other.unit)
                || (kind != nil && other.kind != nil && kind != other.kind)
        }
    }

    struct Dimension {
        var id: String
        var codes: [String]
        var labels: [String: String] = [:]
        var total: String?

        func label(of code: String) -> String { labels[code] ?? "Label of \(code)" }
    }

    struct Cell: Equatable {
        /// Scaled by the measure's decimals.
        var value = 0
        var status = "value"
        var flags: Set<String> = []

        /// Nil where there is no figure.
        var number: Int? { ["value", "nil", "below-unit"].contains(status) ? value : nil }

        /// What a sum of parts with these statuses has: a reason before a figure, what is hidden before what isn't there, a
        /// printed figure before one below the unit, that before a dash.
        static func status(ofSumOf parts: [String]) -> String {
            ["incomplete", "confidential", "not-available", "blank", "not-applicable", "value", "below-unit"].first(
                where: parts.contains) ?? "nil"
        }
    }

    var year: Int
    var dimensions: [Dimension]
    /// Where the measures are the categories of a dimension.
    var measureDimension: String?
    var measures: [Measure]
    /// By one code a dimension.
    var cells: [[String]: Cell] = [:]
    var notes: [String] = []
    /// Whether the first two dimensions have the same codes and mirrored cells are opposite.
    var isAntisymmetric = false
    /// Codes that a concordance says should be there and aren't, by id of dimension.
    var missing: [String: Set<String>] = [:]

    /// The combinations that there are, in the order of the codes.
    var keys: [[String]] { Self.product(dimensions.map(\.codes)).filter { cells[$0] != nil } }

    func dimension(_ id: String) -> Dimension { dimensions.first { $0.id == id }! }

    func place(of id: String) -> Int { dimensions.firstIndex { $0.id == id }! }

    /// Nil where the table doesn't count it.
    func measure(at key: [String]) -> Measure? {
        guard let id = measureDimension else { return measures[0] }
        return measures.first { $0.code == key[place(of: id)] }
    }

    func isTotal(_ key: [String]) -> Bool { zip(key, dimensions).contains { $0 == $1.total } }

    static func product(_ lists: [[String]]) -> [[String]] {
        lists.reduce([[]]) { keys, codes in keys.flatMap { key in codes.map { key + [$0] } } }
    }
}

extension PlainTable {
    /// Whether two tables of a year say the same, so that one of them is no version of its own.
    func saysTheSame(as other: PlainTable, withDecimals: Bool) -> Bool {
        func names(_ table: PlainTable) -> [String: [String: String]] {
            Dictionary(
                uniqueKeysWithValues: table.dimensions.map { dimension in
                    (
                        dimension.id,
                        Dictionary(uniqueKeysWithValues: dimension.codes.map { ($0, dimension.label(of: $0)) })
                    )
                })
        }
        func counted(_ table: PlainTable) -> [String: Measure] {
            Dictionary(
                uniqueKeysWithValues: table.measures.map { measure in
                    var measure = measure
                    if !withDecimals { measure.decimals = 0 }
                    return (measure.code, measure)
                })
        }
        guard names(self) == names(other), counted(self) == counted(other), notes == other.notes,
            Set(cells.keys) == Set(other.cells.keys)
        else { return false }
        return cells.allSatisfy { key, cell in
            let twin = other.cells[key]!
            let scale = PlainNumbers.power(other.measure(at: key)!.decimals)
            let twinScale = PlainNumbers.power(measure(at: key)!.decimals)
            return cell.status == twin.status && cell.flags == twin.flags
                && cell.value * scale == twin.value * twinScale
        }
    }
}

/// Arithmetic as on paper.
enum PlainNumbers {
    static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    /// Rounded half-even.
    static func divided(_ dividend: Int, by divisor: Int) -> Int {
        var floor = dividend / divisor
        if floor * divisor > dividend { floor -= 1 }
        let rest = dividend - floor * divisor
        if 2 * rest == divisor { return floor % 2 == 0 ? floor : floor + 1 }
        return 2 * rest < divisor ? floor : floor + 1
    }

    static func brought(_ value: Int, from decimals: Int, to wanted: Int) -> Int {
        decimals > wanted ? divided(value, by: power(decimals - wanted)) : value * power(wanted - decimals)
    }

    static func text(_ value: Int, _ decimals: Int) -> String {
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        return (value < 0 ? "-" : "") + whole + (decimals > 0 ? "." + padded.suffix(decimals) : "")
    }

    static func json(_ value: Int?, _ decimals: Int) -> ExactJSON {
        value.map { .number(text($0, decimals)) } ?? .null
    }
}

/// What a question must end in: one of these, where several speak against it.
struct PlainProblem: Error, Equatable {
    var kinds: Set<String>

    init(_ kinds: String...) { self.kinds = Set(kinds) }

    init(kinds: Set<String>) { self.kinds = kinds }
}
