import Annals

/// One equation that does not balance: `found` should be `expected`.
struct BrokenEquation {
    /// See ``ResolvedIdentity``.
    var key: Int
    var found: Int128
    var expected: Int128
}

/// What holding all equations of one identity against the figures gave.
struct Tally {
    var checked = 0
    var unchecked = 0
    /// Those of them that a hidden figure is concerned in.
    var hidden = 0
    var failed = 0
    /// Equations that are off by no more than declared rounding explains.
    var rounded = 0
    /// Equations that hold and have figures other than zero on both sides.
    var telling = 0
    /// Those with at least two parts other than zero: a copy of one column is no sum.
    var strong = 0
    /// Bits of the figures on both sides of these, as far as they agree.
    var bits = 0
    /// The most parts other than zero that an equation that holds has.
    var widest = 0
    /// Equations that hide nothing, but lack a figure on one side.
    var lopsided = 0
    /// The first of the `failed`, by key; at most ``Audit/maximumImbalances``.
    var broken: [BrokenEquation] = []

    /// - Parameters:
    ///   - judgement: What holding the equation against the figures said.
    ///   - key: The equation's.
    ///   - bound: By how much so many rounded figures may be off.
    mutating func add(_ judgement: Judgement, key: Int, within bound: (_ figures: Int) -> Int128) {
        switch judgement {
        case .noEquation:
            break
        case .unchecked(let isHidden):
            unchecked += 1
            if isHidden { hidden += 1 }
        case .compared(let found, let expected, let nonZeroParts, let figures):
            checked += 1
            guard found == expected else {
                guard (found - expected).magnitude > bound(figures).magnitude else {
                    rounded += 1
                    return
                }
                failed += 1
                if broken.count < Audit.maximumImbalances {
                    broken.append(BrokenEquation(key: key, found: found, expected: expected))
                }
                return
            }
            widest = max(widest, nonZeroParts)
            if found != 0, nonZeroParts > 0 { telling += 1 }
            if found != 0, nonZeroParts > 1 {
                strong += 1
                bits += 128 - found.magnitude.leadingZeroBitCount
            }
        }
    }
}

extension Figures {
    /// Holds every equation of an identity against the figures; linear in the cells.
    ///
    /// Where only a proof is wanted, the first broken equation ends it (`stopsWhenBroken`).
    func tally(_ identity: ResolvedIdentity, stopsWhenBroken: Bool = false) -> Tally {
        tally(identity, failingAtMost: stopsWhenBroken ? 0 : .max)
    }

    /// The same, ended by one broken equation more than may be.
    func tally(_ identity: ResolvedIdentity, failingAtMost limit: Int) -> Tally {
        var tally = Tally()
        switch identity {
        case .total(let dimension, let category):
            tally = tallies(ofTotals: [category], along: dimension, failingAtMost: limit)[0]
        case .zeroSum(let over, let overTotal, let dimension, let category):
            forEachLine(along: over) { line in
                guard keySpace.index(ofDimension: dimension, at: line.base) == category else { return true }
                tally.add(judge(line, toZeroOver: over, without: overTotal), key: line.base) {
                    roundingBound(ofFigures: $0, at: line.base)
                }
                return tally.failed <= limit
            }
        case .antisymmetric(let mirror):
            tallyPairs(mirror, into: &tally, failingAtMost: limit)
        case .sum(let dimension, let category, let parts):
            forEachKey(ofDimension: dimension, at: category) { key in
                tally.add(judge(sumOf: parts, totalAt: category, of: dimension, key: key), key: key) {
                    roundingBound(ofFigures: $0, at: key)
                }
                return tally.failed <= limit
            }
        case .nonNegative(let measure):
            for cell in values.indices {
                let ordinal = ordinal(of: cell)
                tally.add(judgeSign(of: cell, at: ordinal, measure: measure), key: ordinal) { _ in 0 }
            }
        }
        tally.broken.sort { $0.key < $1.key }
        return tally
    }

    /// One tally for each category that may be the total of a dimension, from one pass over the cells.
    ///
    /// One that fails more often than `limit` is not gone on with.
    func tallies(ofTotals categories: [Int], along dimension: Int, failingAtMost limit: Int) -> [Tally] {
        if sumCodes[keySpace.dimensions[dimension].id] != nil {
            return categories.map { tally(total(at: $0, of: dimension), failingAtMost: limit) }
        }
        var tallies = [Tally](repeating: Tally(), count: categories.count)
        forEachLine(along: dimension) { line in
            for (place, category) in categories.enumerated() where tallies[place].failed <= limit {
                tallies[place].add(judge(line, totalAt: category, of: dimension), key: line.base) {
                    roundingBound(ofFigures: $0, at: line.base)
                }
            }
            return tallies.contains { $0.failed <= limit }
        }
        return tallies
    }

    /// Every combination of the other dimensions in which a category of one has a cell.
    func forEachKey(ofDimension dimension: Int, at category: Int, _ body: (_ key: Int) -> Bool) {
        let stride = keySpace.strides[dimension]
        let block = stride * keySpace.dimensions[dimension].categories.count
        switch presence {
        case .dense:
            for start in Swift.stride(from: 0, to: values.count, by: max(block, 1)) {
                for key in start..<start + stride where !body(key) { return }
            }
        case .sparse(let ordinals):
            for ordinal in ordinals where Int(ordinal) / stride % (block / stride) == category {
                if !body(Int(ordinal) - category * stride) { return }
            }
        }
    }

    private func tallyPairs(_ mirror: CodeMirror, into tally: inout Tally, failingAtMost limit: Int) {
        for cell in values.indices {
            let ordinal = ordinal(of: cell)
            guard let mirrored = mirror.mirror(of: ordinal), isSummed(at: ordinal) else { continue }
            guard let twin = self.cell(at: mirrored) else {
                tally.lopsided += 1
                tally.unchecked += 1
                continue
            }
            guard ordinal <= mirrored else { continue }
            let judgement = judge(cell, against: twin)
            if case .unchecked(isHidden: false) = judgement { tally.lopsided += 1 }
            tally.add(judgement, key: ordinal) { roundingBound(ofFigures: $0, at: ordinal) }
            if tally.failed > limit || tally.lopsided > limit { return }
        }
    }
}
