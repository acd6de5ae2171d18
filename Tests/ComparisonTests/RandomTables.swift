import Annals

/// A generator whose every number follows from its seed, so that a failure can be replayed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next number.
    ///
    /// Source: Vigna, `splitmix64.c`, 2015.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Small tables of every shape: dense and sparse, with totals, statuses, several measures and other decimals.
enum RandomTables {
    static let statuses: [CellStatus] = [
        .value, .value, .value, .value, .nilFigure, .belowUnit, .confidential, .blank, .notApplicable,
    ]

    static func table(_ generator: inout SeededGenerator, year: Int, decimals: ClosedRange<Int> = 0...2) -> Table {
        let measures = ["m0", "m1"].prefix(Bool.random(using: &generator) ? 2 : 1).map { code in
            Measure(
                code: code, unit: "persons", decimals: Int.random(in: decimals, using: &generator),
                kind: code == "m0" ? .count : nil)
        }
        return table(&generator, year: year, measures: Array(measures))
    }

    static func table(_ generator: inout SeededGenerator, year: Int, measures: [Measure]) -> Table {
        var dimensions = ["a", "b"].map { id in dimension(id, &generator) }
        if measures.count > 1 {
            let categories = measures.map { Category(code: $0.code, label: $0.label) }
            let place = Int.random(in: 0...2, using: &generator)
            dimensions.insert(Dimension(id: "m", label: "m", categories: categories, isMeasure: true), at: place)
        }
        if Int.random(in: 0..<4, using: &generator) == 0 { dimensions.shuffle(using: &generator) }
        let keySpace = KeySpace(dimensions)!
        let present = (0..<keySpace.size).filter { _ in Int.random(in: 0..<3, using: &generator) > 0 }
        let isDense = Bool.random(using: &generator)
        var builder = CellsBuilder()
        for _ in isDense ? Array(0..<keySpace.size) : present {
            let status = statuses.randomElement(using: &generator)!
            let value = status == .value ? Int64.random(in: -50...150, using: &generator) : 0
            _ = builder.append(value, Mark(status))
        }
        return Table(
            title: "random", period: Period(year: year), notes: [], measures: measures, keySpace: keySpace,
            presence: isDense ? .dense : .sparse(present.map(UInt64.init)), cells: builder.finish())
    }

    private static func dimension(_ id: String, _ generator: inout SeededGenerator) -> Dimension {
        var codes = ["t", "1", "2", "3", "4", "5"].filter { _ in Int.random(in: 0..<5, using: &generator) > 0 }
        if codes.isEmpty { codes = ["1"] }
        if Bool.random(using: &generator) { codes.shuffle(using: &generator) }
        let total = codes.contains("t") && Bool.random(using: &generator) ? "t" : nil
        return Dimension(id: id, label: id, categories: codes.map { Category(code: $0, label: $0) }, totalCode: total)
    }
}
