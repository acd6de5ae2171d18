import Annals

/// The figures of a cube as they come, with the exact decimals of their measures.
///
/// A reader appends figure after figure and calls ``finish()`` once. Decimals of a measure may grow on the way: what was
/// read before is brought up to them at the end.
struct CubeFigures {
    /// *Shape:* one a figure; scaled by the decimals of its measure once finished.
    private(set) var values: [Int64] = []
    /// *Shape:* as ``values``; index into the palette.
    private(set) var marks: [UInt16] = []
    var palette = MarkPalette()
    /// The combination of each figure, where not all are there: row-major over the cube's dimensions.
    ///
    /// *Shape:* as ``values``; in any order, each once at most.
    private(set) var ordinals: [UInt64]?
    /// *Shape:* one a measure.
    private(set) var decimals: [Int]
    /// How the measure follows from a combination: `ordinal / stride % count`.
    private let stride: Int
    /// Where the decimals of a measure grew: its figures before that one have fewer.
    private var steps: [(measure: Int, figure: Int, decimals: Int)] = []

    /// - Parameters:
    ///   - counts: How many categories each dimension has; the caller saw that their product is within the limits.
    ///   - contents: Which dimension says what is counted; nil for one measure.
    ///   - decimals: *Shape:* one a measure; those that the file declares, 0…18.
    ///   - isSparse: Whether combinations may be missing.
    ///   - capacity: How many figures are expected; room is made for so many.
    init(counts: [Int], contents: Int?, decimals: [Int], isSparse: Bool, capacity: Int) {
        self.decimals = decimals
        stride = contents.map { counts[($0 + 1)...].reduce(1, *) } ?? 1
        if isSparse { ordinals = [] }
        values.reserveCapacity(capacity)
        marks.reserveCapacity(capacity)
    }

    var count: Int { values.count }

    /// Which measure the figure of a combination is of.
    @inline(__always)
    func measure(atOrdinal ordinal: Int) -> Int { decimals.count == 1 ? 0 : ordinal / stride % decimals.count }

    /// The combination of a figure.
    func ordinal(ofFigure figure: Int) -> Int { ordinals.map { Int($0[figure]) } ?? figure }

    /// Appends the figure of the next combination, or of the one that is named where combinations may be missing.
    ///
    /// - Parameters:
    ///   - value: Scaled by its own decimals; 0 for a symbol.
    ///   - own: Its decimals, 0…18.
    ///   - mark: Index into ``palette``.
    ///   - ordinal: Where combinations may be missing.
    /// - Returns: False where it doesn't fit with the decimals of its measure.
    @inline(__always)
    mutating func append(_ value: Int64, decimals own: Int, mark: UInt16, at ordinal: UInt64? = nil) -> Bool {
        let measure = measure(atOrdinal: ordinal.map { Int($0) } ?? values.count)
        var value = value
        if own != decimals[measure] {
            if own > decimals[measure] {
                steps.append((measure, values.count, decimals[measure]))
                decimals[measure] = own
            } else {
                let power = ScaledDecimal.powerOfTen(decimals[measure] - own)
                let (product, overflow) = value.multipliedReportingOverflow(by: power)
                if overflow { return false }
                value = product
            }
        }
        values.append(value)
        marks.append(mark)
        if let ordinal { ordinals?.append(ordinal) }
        return true
    }

    /// Gives a figure another mark.
    mutating func setMark(ofFigure figure: Int, to mark: UInt16) { marks[figure] = mark }

    /// Brings all figures of a measure to its decimals.
    ///
    /// - Returns: The first figure that doesn't fit any more; nil where all fit.
    mutating func finish() -> Int? {
        var next: [Int: [(figure: Int, decimals: Int)]] = [:]
        for step in steps { next[step.measure, default: []].append((step.figure, step.decimals)) }
        steps = []
        guard !next.isEmpty else { return nil }
        for figure in values.indices {
            let measure = measure(atOrdinal: ordinal(ofFigure: figure))
            guard let steps = next[measure], let own = steps.first(where: { figure < $0.figure })?.decimals else {
                continue
            }
            let power = ScaledDecimal.powerOfTen(decimals[measure] - own)
            let (product, overflow) = values[figure].multipliedReportingOverflow(by: power)
            if overflow { return figure }
            values[figure] = product
        }
        return nil
    }

    /// Gives measures more decimals than their figures have, as a definition may want.
    ///
    /// - Parameter wanted: *Shape:* one a measure; none is below the present one.
    /// - Returns: The first figure that doesn't fit any more; nil where all fit.
    mutating func raise(to wanted: [Int]) -> Int? {
        guard wanted != decimals else { return nil }
        for figure in values.indices {
            let measure = measure(atOrdinal: ordinal(ofFigure: figure))
            let power = ScaledDecimal.powerOfTen(max(0, min(18, wanted[measure] - decimals[measure])))
            let (product, overflow) = values[figure].multipliedReportingOverflow(by: power)
            if overflow { return figure }
            values[figure] = product
        }
        decimals = wanted
        return nil
    }
}
