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
    var failed = 0
    /// Equations that hold and have figures other than zero on both sides.
    var telling = 0
    /// Those with at least two parts other than zero: a copy of one column is no sum.
    var strong = 0
    /// The most parts other than zero that an equation that holds has.
    var widest = 0
    /// Equations that hide nothing, but lack a figure on one side.
    var lopsided = 0
    /// The first of the `failed`, by key; at most ``Audit/maximumImbalances``.
    var broken: [BrokenEquation] = []

    mutating func add(_ judgement: Judgement, key: Int) {
        switch judgement {
        case .noEquation:
            break
        case .unchecked:
            unchecked += 1
        case .compared(let found, let expected, let nonZeroParts):
            checked += 1
            guard found == expected else {
                failed += 1
                if broken.count < Audit.maximumImbalances {
                    broken.append(BrokenEquation(key: key, found: found, expected: expected))
                }
                return
            }
            widest = max(widest, nonZeroParts)
            if found != 0, nonZeroParts > 0 { telling += 1 }
            if found != 0, nonZeroParts > 1 { strong += 1 }
        }
    }
}

extension Figures {
    /// Holds every equation of an identity against the figures; linear in the cells.
    ///
    /// Where only a proof is wanted, the first broken equation ends it (`stopsWhenBroken`).
    func tally(_ identity: ResolvedIdentity, stopsWhenBroken: Bool = false) -> Tally {
        var tally = Tally()
        switch identity {
        case .total(let dimension, let category):
            tally = tallies(ofTotals: [category], along: dimension, stopsWhenBroken: stopsWhenBroken)[0]
        case .zeroSum(let over, let overTotal, let dimension, let category):
            forEachLine(along: over) { line in
                guard keySpace.index(ofDimension: dimension, at: line.base) == category else { return true }
                tally.add(judge(line, toZeroOver: over, without: overTotal), key: line.base)
                return !(stopsWhenBroken && tally.failed > 0)
            }
        case .antisymmetric(let mirror):
            tallyPairs(mirror, into: &tally, stopsWhenBroken: stopsWhenBroken)
        }
        tally.broken.sort { $0.key < $1.key }
        return tally
    }

    /// One tally for each category that may be the total of a dimension, from one pass over the cells.
    func tallies(ofTotals categories: [Int], along dimension: Int, stopsWhenBroken: Bool) -> [Tally] {
        var tallies = [Tally](repeating: Tally(), count: categories.count)
        forEachLine(along: dimension) { line in
            for (place, category) in categories.enumerated() where !(stopsWhenBroken && tallies[place].failed > 0) {
                tallies[place].add(judge(line, totalAt: category, of: dimension), key: line.base)
            }
            return !stopsWhenBroken || tallies.contains { $0.failed == 0 }
        }
        return tallies
    }

    private func tallyPairs(_ mirror: CodeMirror, into tally: inout Tally, stopsWhenBroken: Bool) {
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
            if case .unchecked = judgement,
                !figureClass(of: cell).union(figureClass(of: twin)).contains(.hidden)
            {
                tally.lopsided += 1
            }
            tally.add(judgement, key: ordinal)
            if stopsWhenBroken, tally.failed + tally.lopsided > 0 { return }
        }
    }
}
