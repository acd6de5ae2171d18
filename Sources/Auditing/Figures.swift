import Annals

/// How a cell enters a sum; several are joined by OR.
///
/// - `number`: its figure is added (a nil and a below-unit are zero).
/// - `nothing`: not applicable, there is nothing to count, so it adds nothing.
/// - `blank`: the layout prints nothing there, which is no zero: the sum can't be checked.
/// - `hidden`: there is a figure that is not shown: the sum is never looked at.
///
/// A combination that the file leaves out altogether is no cell; it adds nothing, because files that leave
/// combinations out leave the empty ones out. Where that guess is wrong an inference fails to be drawn, and a bound
/// sum fails, which is what should happen when a revision loses a row.
struct FigureClass: OptionSet, Hashable {
    let rawValue: UInt8

    static let number: FigureClass = []
    static let nothing = FigureClass(rawValue: 1)
    static let blank = FigureClass(rawValue: 2)
    static let hidden = FigureClass(rawValue: 4)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ status: CellStatus) {
        if status.countsAsNumber {
            self = .number
        } else if status.isHidden {
            self = .hidden
        } else {
            self = status == .notApplicable ? .nothing : .blank
        }
    }

    /// Whether a sum with such a cell in it can't be checked.
    var spoilsSum: Bool { contains(.blank) || contains(.hidden) }
}

/// A table's figures as the audits see them: columns, with a class for each mark.
struct Figures {
    private(set) var keySpace: KeySpace
    let presence: Presence
    private(set) var values: [Int64]
    private(set) var marks: [UInt16]
    private(set) var palette: [Mark]
    /// *Shape:* one a mark.
    private(set) var classes: [FigureClass]
    /// Which measures are summed; nil where all are.
    private(set) var summedMeasures: [Bool]?
    let measures: [Measure]
    /// Codes that are known to be sums of others, by id of dimension; no part of a total.
    var sumCodes: [String: Set<String>] = [:]
    /// How figures were rounded; nil while identities are looked for, which must hold exactly.
    var rounding: DeclaredRounding?
    /// The cells that ``fill(cell:from:)`` wrote, which are not printed.
    private(set) var filledCount = 0
    /// Blank cells on the diagonal of an antisymmetric table, and the mark that they get back in ``cells``.
    private var bridged: [(cell: Int, mark: UInt16)] = []

    init(_ table: Table) {
        keySpace = table.keySpace
        presence = table.presence
        values = table.cells.values
        marks = table.cells.marks
        palette = table.cells.palette
        classes = palette.map { FigureClass($0.status) }
        measures = table.measures
        let summed = table.measures.map(\.addsUp)
        summedMeasures = summed.allSatisfy(\.self) ? nil : summed
    }

    /// Whether any measure's figures add up.
    var hasSums: Bool { summedMeasures?.contains(true) ?? true }

    /// Whether the combination counts a measure whose figures add up.
    func isSummed(at ordinal: Int) -> Bool {
        guard let summedMeasures else { return true }
        guard let dimension = keySpace.measureDimension else { return summedMeasures[0] }
        return summedMeasures[keySpace.index(ofDimension: dimension, at: ordinal)]
    }

    /// The same with the sums of one measure alone; nil for one that doesn't add up.
    func summing(_ measure: Int) -> Figures? {
        guard measures[measure].addsUp else { return nil }
        var figures = self
        figures.summedMeasures = measures.indices.map { $0 == measure }
        return figures
    }

    func measure(at ordinal: Int) -> Measure {
        keySpace.measureDimension.map { measures[keySpace.index(ofDimension: $0, at: ordinal)] } ?? measures[0]
    }

    func cell(at ordinal: Int) -> Int? {
        switch presence {
        case .dense:
            return ordinal < values.count ? ordinal : nil
        case .sparse(let ordinals):
            var low = 0
            var high = ordinals.count
            while low < high {
                let middle = (low + high) / 2
                if ordinals[middle] < UInt64(ordinal) { low = middle + 1 } else { high = middle }
            }
            return low < ordinals.count && ordinals[low] == UInt64(ordinal) ? low : nil
        }
    }

    func figureClass(of cell: Int) -> FigureClass { classes[Int(marks[cell])] }

    func ordinal(of cell: Int) -> Int {
        switch presence {
        case .dense: cell
        case .sparse(let ordinals): Int(ordinals[cell])
        }
    }

    /// The figure of a combination, nil where there is none.
    func number(at ordinal: Int) -> Int64? {
        guard let cell = cell(at: ordinal), figureClass(of: cell) == .number else { return nil }
        return values[cell]
    }

    func flags(of cell: Int) -> CellFlags { palette[Int(marks[cell])].flags }

    var cells: Cells {
        guard let bridgeMark else { return Cells(values: values, marks: marks, palette: palette) }
        var printed = marks
        for (cell, mark) in bridged { printed[cell] = mark }
        var kept = palette
        kept.remove(at: Int(bridgeMark))
        if kept.count > Int(bridgeMark) {
            for cell in printed.indices where printed[cell] > bridgeMark { printed[cell] -= 1 }
        }
        return Cells(values: values, marks: printed, palette: kept)
    }

    // MARK: Completing

    /// *Shape:* one a mark as printed; nil until a cell is derived from one that has it.
    private var derivedMarks: [UInt16?] = []
    private var bridgeMark: UInt16?

    /// Gives a blank cell the opposite of its mirror's figure and its mirror's status, flagged `derived`.
    ///
    /// A hidden mirror stays hidden on this side. False where it can't be done: the opposite does not fit 64 bits, or
    /// there are too many different marks; the cell stays blank then.
    mutating func fill(cell: Int, from mirror: Int) -> Bool {
        let (opposite, overflow) = Int64(0).subtractingReportingOverflow(values[mirror])
        guard !overflow, let mark = derivedMark(of: marks[mirror]) else { return false }
        values[cell] = opposite
        marks[cell] = mark
        filledCount += 1
        return true
    }

    private mutating func derivedMark(of original: UInt16) -> UInt16? {
        while derivedMarks.count <= Int(original) { derivedMarks.append(nil) }
        if let known = derivedMarks[Int(original)] { return known }
        let mark = palette[Int(original)]
        guard
            let index = append(Mark(mark.status, flags: mark.flags.union(.derived)), as: classes[Int(original)])
        else { return nil }
        derivedMarks[Int(original)] = index
        return index
    }

    /// Lets a blank cell on an antisymmetric table's diagonal add nothing to sums, for as long as it is examined.
    ///
    /// Nobody nets with himself. ``cells`` has the blank again.
    mutating func bridge(cell: Int) {
        if bridgeMark == nil { bridgeMark = append(Mark(.blank, glyph: "diagonal"), as: .nothing) }
        guard let bridgeMark else { return }
        bridged.append((cell, marks[cell]))
        marks[cell] = bridgeMark
    }

    private mutating func append(_ mark: Mark, as figureClass: FigureClass) -> UInt16? {
        guard palette.count <= Int(UInt16.max) else { return nil }
        palette.append(mark)
        classes.append(figureClass)
        return UInt16(palette.count - 1)
    }

    mutating func setTotal(_ code: String, ofDimension index: Int) {
        var dimensions = keySpace.dimensions
        dimensions[index].totalCode = code
        // The same category counts: it fitted before.
        keySpace = KeySpace(dimensions) ?? keySpace
    }
}
