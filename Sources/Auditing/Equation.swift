import Annals

/// An identity whose dimensions and codes were found in a table.
///
/// It stands for many equations. Each has a *key*: the ordinal of the first combination of its line, the smaller of the
/// two ordinals of a pair, or that of its only cell.
enum ResolvedIdentity {
    case total(dimension: Int, category: Int)
    /// `overTotal` is the total among the categories of `over`, which is never summed with its parts.
    case zeroSum(over: Int, overTotal: Int?, dimension: Int, category: Int)
    case antisymmetric(CodeMirror)
    case sum(dimension: Int, category: Int, parts: [Int])
    /// The measure is a place in the table's list; nil for all of them. An inequality, and no equation.
    case nonNegative(measure: Int?)

    /// Nil where the table lacks a dimension, a code or a measure.
    init?(_ identity: Identity, in figures: Figures) {
        let keySpace = figures.keySpace
        switch identity {
        case .total(let id, let code):
            guard let dimension = keySpace.dimensionIndex(id), !keySpace.dimensions[dimension].isMeasure,
                let category = keySpace.dimensions[dimension].index(of: code)
            else { return nil }
            self = figures.total(at: category, of: dimension)
        case .zeroSum(let overID, let id, let code):
            guard let over = keySpace.dimensionIndex(overID), let dimension = keySpace.dimensionIndex(id),
                over != dimension, !keySpace.dimensions[over].isMeasure,
                let category = keySpace.dimensions[dimension].index(of: code)
            else { return nil }
            self = .zeroSum(
                over: over, overTotal: keySpace.dimensions[over].totalIndex, dimension: dimension, category: category)
        case .antisymmetric(let rowID, let columnID):
            guard let row = keySpace.dimensionIndex(rowID), let column = keySpace.dimensionIndex(columnID),
                row != column
            else { return nil }
            let mirror = CodeMirror(row: row, column: column, of: keySpace) { dimension, category in
                keySpace.dimensions[dimension].totalIndex == category
            }
            guard mirror.sharedCount > 0 else { return nil }
            self = .antisymmetric(mirror)
        case .sum(let id, let code, let parts):
            guard let dimension = keySpace.dimensionIndex(id), !keySpace.dimensions[dimension].isMeasure else {
                return nil
            }
            let places = keySpace.dimensions[dimension].indexByCode()
            let found = parts.compactMap { places[$0] }
            guard let category = places[code], found.count == parts.count, !found.isEmpty else { return nil }
            self = .sum(dimension: dimension, category: category, parts: found)
        case .nonNegative(nil):
            self = .nonNegative(measure: nil)
        case .nonNegative(let code?):
            guard let measure = figures.measures.firstIndex(where: { $0.code == code }) else { return nil }
            self = .nonNegative(measure: measure)
        }
    }

    /// Whether a figure can be too large or too small, so that another one might balance it.
    var isEquation: Bool {
        guard case .nonNegative = self else { return true }
        return false
    }

    var mirror: CodeMirror? {
        guard case .antisymmetric(let mirror) = self else { return nil }
        return mirror
    }
}

/// What holding one equation against the figures says.
enum Judgement {
    /// There is nothing to compare: no total is there, or the pair follows one from the other.
    case noEquation
    /// A figure is hidden, or missing.
    case unchecked(isHidden: Bool)
    /// `found` must equal `expected`; `figures` of them, each rounded by itself, are added up in the two.
    case compared(found: Int128, expected: Int128, nonZeroParts: Int, figures: Int)
}

extension Figures {
    /// That a category is the total of its dimension: of all others but those that are known to be sums of them.
    ///
    /// A country is the sum of its municipalities, and not of its counties once more.
    func total(at category: Int, of dimension: Int) -> ResolvedIdentity {
        let axis = keySpace.dimensions[dimension]
        guard let sums = sumCodes[axis.id] else { return .total(dimension: dimension, category: category) }
        let parts = axis.categories.indices.filter { $0 != category && !sums.contains(axis.categories[$0].code) }
        return .sum(dimension: dimension, category: category, parts: parts)
    }

    /// Whether a line's total equals the sum of its other cells.
    func judge(_ line: Line, totalAt category: Int, of dimension: Int) -> Judgement {
        guard let total = cell(at: line.base + category * keySpace.strides[dimension]) else { return .noEquation }
        guard !line.seen.spoilsSum, figureClass(of: total) == .number, line.numbers >= 2 else {
            return .unchecked(isHidden: line.seen.contains(.hidden))
        }
        let found = values[total]
        return .compared(
            found: Int128(found), expected: line.sum - Int128(found), nonZeroParts: line.nonZero - (found == 0 ? 0 : 1),
            figures: line.numbers)
    }

    /// Whether a cell is the sum of some others of its line.
    func judge(sumOf parts: [Int], totalAt category: Int, of dimension: Int, key: Int) -> Judgement {
        let stride = keySpace.strides[dimension]
        guard let total = cell(at: key + category * stride), isSummed(at: key) else { return .noEquation }
        var line = Line(base: key)
        for part in parts {
            if let cell = cell(at: key + part * stride) { add(cell: cell, to: &line) }
        }
        let totalClass = figureClass(of: total)
        guard !line.seen.spoilsSum, totalClass == .number, line.numbers >= 1 else {
            return .unchecked(isHidden: line.seen.union(totalClass).contains(.hidden))
        }
        return .compared(
            found: Int128(values[total]), expected: line.sum, nonZeroParts: line.nonZero, figures: line.numbers + 1)
    }

    /// Whether a figure of a measure is not below zero; nil is any measure.
    func judgeSign(of cell: Int, at ordinal: Int, measure: Int?) -> Judgement {
        if let measure, let dimension = keySpace.measureDimension,
            keySpace.index(ofDimension: dimension, at: ordinal) != measure
        {
            return .noEquation
        }
        let figureClass = figureClass(of: cell)
        guard figureClass == .number else {
            return figureClass.contains(.hidden) ? .unchecked(isHidden: true) : .noEquation
        }
        let found = Int128(values[cell])
        return .compared(found: found, expected: max(found, 0), nonZeroParts: 0, figures: 0)
    }

    /// Whether a line's cells, the one at the total left out, sum to zero.
    func judge(_ line: Line, toZeroOver over: Int, without overTotal: Int?) -> Judgement {
        guard let overTotal else { return judgeZero(line) }
        let total = line.base + overTotal * keySpace.strides[over]
        guard let value = number(at: total) else {
            // The total itself may be hidden or blank, which is no concern of its parts.
            return judgeZero(self.line(at: line.base, along: over, without: overTotal))
        }
        var parts = line
        parts.sum -= Int128(value)
        parts.numbers -= 1
        parts.nonZero -= value == 0 ? 0 : 1
        return judgeZero(parts)
    }

    private func judgeZero(_ line: Line) -> Judgement {
        guard line.numbers > 0 || line.seen != [] else { return .noEquation }
        guard !line.seen.spoilsSum, line.numbers > 0 else {
            return .unchecked(isHidden: line.seen.contains(.hidden))
        }
        return .compared(found: line.sum, expected: 0, nonZeroParts: line.nonZero, figures: line.numbers)
    }

    /// Whether a cell is the opposite of its mirror, or zero on the diagonal.
    func judge(_ cell: Int, against twin: Int) -> Judgement {
        let classes = figureClass(of: cell).union(figureClass(of: twin))
        if classes.contains(.hidden) { return .unchecked(isHidden: true) }
        if cell == twin {
            guard classes == .number else { return .noEquation }
            return .compared(found: Int128(values[cell]), expected: 0, nonZeroParts: 0, figures: 1)
        }
        guard figureClass(of: cell) == .number || figureClass(of: twin) == .number else { return .noEquation }
        guard classes == .number else { return .unchecked(isHidden: false) }
        guard !flags(of: cell).contains(.derived), !flags(of: twin).contains(.derived) else { return .noEquation }
        return .compared(
            found: Int128(values[cell]), expected: -Int128(values[twin]), nonZeroParts: values[cell] == 0 ? 0 : 1,
            figures: 2)
    }

    /// One line summed by itself; for the few that are looked at again.
    func line(at base: Int, along dimension: Int, without excluded: Int? = nil) -> Line {
        var line = Line(base: base)
        for category in keySpace.dimensions[dimension].categories.indices where category != excluded {
            guard let cell = cell(at: base + category * keySpace.strides[dimension]) else { continue }
            add(cell: cell, to: &line)
        }
        return line
    }

    /// The equation of an identity with that key.
    func judge(_ identity: ResolvedIdentity, at key: Int) -> Judgement {
        switch identity {
        case .total(let dimension, let category):
            return judge(line(at: key, along: dimension), totalAt: category, of: dimension)
        case .zeroSum(let over, let overTotal, _, _):
            return judge(line(at: key, along: over), toZeroOver: over, without: overTotal)
        case .antisymmetric(let mirror):
            guard let cell = cell(at: key), let twin = mirror.mirror(of: key).flatMap({ self.cell(at: $0) }) else {
                return .unchecked(isHidden: false)
            }
            return judge(cell, against: twin)
        case .sum(let dimension, let category, let parts):
            return judge(sumOf: parts, totalAt: category, of: dimension, key: key)
        case .nonNegative(let measure):
            guard let cell = cell(at: key) else { return .noEquation }
            return judgeSign(of: cell, at: key, measure: measure)
        }
    }

    /// By how much an equation may be off, since each of its figures is rounded by itself; 0 where nobody says so.
    func roundingBound(of identity: ResolvedIdentity, at key: Int) -> Int128 {
        guard rounding != nil, case .compared(_, _, _, let count) = judge(identity, at: key) else { return 0 }
        return roundingBound(ofFigures: count, at: key)
    }

    func roundingBound(ofFigures count: Int, at key: Int) -> Int128 {
        rounding.map { $0.bound(ofFigures: count, measure(at: key)) } ?? 0
    }
}
