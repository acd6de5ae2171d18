internal import Annals

/// The ratios of a table's figures to those of another one, measure by measure.
///
/// Taken are cells that are figures other than zero in both, as printed: what follows from a mirror is the same figure
/// again. Ratios are of amounts, with multiplier and decimals of either side brought in; they decide nothing but whether a
/// person has to look, so that binary floating point will do.
struct FigurePairs {
    /// Of one measure that both tables have.
    struct OfMeasure {
        let measure: Measure
        let earlier: Measure
        var ratios: [Double] = []
    }

    private(set) var measures: [OfMeasure] = []

    /// - Parameters:
    ///   - table: The one that arrives.
    ///   - known: The one that it is held against.
    ///   - isNet: Whether figures of which no kind is known are net ones.
    init(of table: Table, to known: Table, isNet: Bool) {
        let measureDimension = table.keySpace.measureDimension
        let alone = measureDimension == nil
        /// Place in ``measures`` of each of the table's; nil where its ratios would mean nothing.
        let places: [Int?] = table.measures.map { measure in
            guard let earlier = alone ? known.measures.first : known.measures.first(where: { $0.code == measure.code }),
                Self.areComparable(earlier, measure), !(isNet && measure.kind == nil && earlier.kind == nil)
            else { return nil }
            measures.append(OfMeasure(measure: measure, earlier: earlier))
            return measures.count - 1
        }
        guard places.contains(where: { $0 != nil }),
            let translation = CodePlaces(from: table.keySpace, to: known.keySpace)
        else { return }
        let factors = measures.map { Self.factor(of: $0.measure) / Self.factor(of: $0.earlier) }
        let (figures, earlierFigures) = (PrintedFigures(table.cells), PrintedFigures(known.cells))
        for cell in 0..<table.cells.count {
            guard let figure = figures.figure(at: cell) else { continue }
            let ordinal = table.ordinal(ofCell: cell)
            let counted = measureDimension.map { table.keySpace.index(ofDimension: $0, at: ordinal) } ?? 0
            guard let place = places[counted], let there = translation.ordinal(of: ordinal),
                let twin = known.cell(atOrdinal: there), let earlier = earlierFigures.figure(at: twin)
            else { continue }
            measures[place].ratios.append(figure / earlier * factors[place])
        }
    }

    /// Whether a ratio of the two says something: both are counts, amounts or means, of the same and in the same unit.
    private static func areComparable(_ earlier: Measure, _ later: Measure) -> Bool {
        guard earlier.allowsRelativeChange, later.allowsRelativeChange else { return false }
        return switch earlier.contradiction(with: later) {
        case nil, .multiplier: true
        case .name, .unit, .kind: false
        }
    }

    /// What a scaled integer of a measure counts.
    private static func factor(of measure: Measure) -> Double {
        let exponent = measure.multiplier - measure.decimals
        let power = Double(ScaledDecimal.powerOfTen(min(abs(exponent), 18)))
        let rest = Double(ScaledDecimal.powerOfTen(max(abs(exponent) - 18, 0)))
        return exponent < 0 ? 1 / power / rest : power * rest
    }
}

/// The figures of a table that are printed.
private struct PrintedFigures {
    private let cells: Cells
    /// *Shape:* one a mark of the palette.
    private let isPrinted: [Bool]

    init(_ cells: Cells) {
        self.cells = cells
        isPrinted = cells.palette.map { $0.status.countsAsNumber && !$0.flags.contains(.derived) }
    }

    /// Nil for none, a zero, and what isn't printed.
    func figure(at cell: Int) -> Double? {
        guard isPrinted[Int(cells.marks[cell])], cells.values[cell] != 0 else { return nil }
        return Double(cells.values[cell])
    }
}

/// Where each combination of one key space stands in another with the same dimensions, whatever the order.
private struct CodePlaces {
    /// Of the source's dimensions: the ordinals between neighbours along one, and its place in ``steps``.
    private var dimensions: [(stride: Int, count: Int, first: Int)] = []
    /// What each category adds to the other's ordinal; nil where it has no such code.
    ///
    /// *Shape:* the categories of all dimensions, one dimension behind another.
    private var steps: [Int?] = []

    /// Nil where the two do not have the same dimensions.
    init?(from source: KeySpace, to target: KeySpace) {
        guard source.dimensions.count == target.dimensions.count else { return nil }
        for (dimension, stride) in zip(source.dimensions, source.strides) {
            guard let place = target.dimensionIndex(dimension.id) else { return nil }
            let places = target.dimensions[place].indexByCode()
            dimensions.append((stride, dimension.categories.count, steps.count))
            steps += dimension.categories.map { places[$0.code].map { $0 * target.strides[place] } }
        }
    }

    func ordinal(of ordinal: Int) -> Int? {
        var sum = 0
        for dimension in dimensions {
            guard let step = steps[dimension.first + ordinal / dimension.stride % dimension.count] else { return nil }
            sum += step
        }
        return sum
    }
}
