import Annals

/// Looks for the cells that would explain everything that is broken.
///
/// Every equation is linear, and a cell enters it with a sign: an error of δ in the cell shows up in each as ±δ, and
/// nowhere else. So a cell that explains all stands in every broken equation and in none that holds, and all agree on δ; of
/// two cells together each equation gets ±δ₁ ± δ₂. Where figures are rounded, equations agree on a range.
///
/// Equations with a hidden cell are neither broken nor do they hold: they are never looked at, so that nothing here is
/// solved for a hidden figure, nor depends on one.
struct ExplanationSearch {
    /// One equation of one of the identities.
    struct EquationID: Hashable {
        var identity: Int
        var key: Int
    }

    let figures: Figures
    let identities: [ResolvedIdentity]
    private let mirrors: [CodeMirror]
    /// found − expected of every broken equation.
    private(set) var residuals: [EquationID: Int128] = [:]
    /// The same of others, as found out on the way; nil for one that can't be checked.
    private var otherResiduals: [EquationID: Int128?] = [:]
    private var knownEffects: [Int: [EquationID: Int128]] = [:]

    init(_ figures: Figures, _ identities: [ResolvedIdentity]) {
        self.figures = figures
        self.identities = identities
        mirrors = identities.compactMap(\.mirror)
    }

    /// What explains all, from one tally for each of the identities; nil where too much is broken for it to be looked for.
    mutating func explain(_ tallies: [Tally]) -> Explanations? {
        let failed = tallies.reduce(0) { $0 + $1.failed }
        // A cell and its mirror stand in at most two equations of each identity, two cells in twice as many.
        guard failed > 0, failed <= 4 * identities.count else { return nil }
        for (identity, tally) in tallies.enumerated() {
            for broken in tally.broken {
                residuals[EquationID(identity: identity, key: broken.key)] = broken.found - broken.expected
            }
        }
        var explanations = Explanations()
        let start = residuals.keys.map { ($0, printedMembers(of: $0)) }
            .min { ($0.1.count, $0.0.identity, $0.0.key) < ($1.1.count, $1.0.identity, $1.0.key) }
        guard let start else { return nil }
        for ordinal in start.1 {
            if let correction = single(at: ordinal) { explanations.single.append(correction) }
        }
        if explanations.single.count < 2, figures.rounding == nil {
            var search = PairSearch(startingWith: start.1)
            explanations.pairs = search.pairs(&self)
            explanations.hasAllPairs = search.isComplete
        }
        return explanations
    }

    // MARK: One cell

    private mutating func single(at ordinal: Int) -> CellCorrection? {
        guard let printed = figures.number(at: ordinal) else { return nil }
        let effects = effects(of: ordinal)
        guard residuals.keys.allSatisfy({ effects[$0] != nil }) else { return nil }
        // Half of what 128 bits hold: nothing here is near it.
        var (least, most) = (Int128.min / 2, Int128.max / 2)
        for (equation, sign) in effects {
            guard let residual = residual(of: equation) else { continue }
            let bound = figures.roundingBound(of: identities[equation.identity], at: equation.key)
            let (low, high) = sign > 0 ? (residual - bound, residual + bound) : (-residual - bound, bound - residual)
            let size = Int128(sign.magnitude)
            least = max(least, Self.ceiling(low, by: size))
            most = min(most, Self.floor(high, by: size))
        }
        guard least <= most else { return nil }
        return correction(at: ordinal, printed: printed, errors: least...most)
    }

    /// Nil where no such figure can be.
    private func correction(at ordinal: Int, printed: Int64, errors: ClosedRange<Int128>) -> CellCorrection? {
        var least = Int128(printed) - errors.upperBound
        let most = Int128(printed) - errors.lowerBound
        if !figures.measure(at: ordinal).canBeNegative { least = max(least, 0) }
        guard least <= most, let low = Int64(exactly: least), let high = Int64(exactly: most) else { return nil }
        return CellCorrection(ordinal: ordinal, printed: printed, restored: low...high)
    }

    /// A correction of exactly so much; nil where no such figure can be.
    func correction(at ordinal: Int, error: Int128) -> CellCorrection? {
        figures.number(at: ordinal).flatMap { correction(at: ordinal, printed: $0, errors: error...error) }
    }

    /// The divisor is positive.
    private static func floor(_ dividend: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private static func ceiling(_ dividend: Int128, by divisor: Int128) -> Int128 { -floor(-dividend, by: divisor) }

    // MARK: Cells and equations

    /// The printed cells that an equation's figures are, each once.
    func printedMembers(of equation: EquationID) -> [Int] {
        var seen: Set<Int> = []
        return members(of: equation).compactMap(printedOrdinal).filter { seen.insert($0).inserted }
    }

    private func members(of equation: EquationID) -> [Int] {
        switch identities[equation.identity] {
        case .total(let dimension, _), .zeroSum(let dimension, _, _, _):
            let stride = figures.keySpace.strides[dimension]
            return figures.keySpace.dimensions[dimension].categories.indices.map { equation.key + $0 * stride }
        case .sum(let dimension, let category, let parts):
            let stride = figures.keySpace.strides[dimension]
            return ([category] + parts).map { equation.key + $0 * stride }
        case .antisymmetric(let mirror):
            return [equation.key] + [mirror.mirror(of: equation.key)].compactMap { $0 }
        case .nonNegative:
            return [equation.key]
        }
    }

    /// The combination itself where it is printed as a number, else the one that it was derived from.
    private func printedOrdinal(of ordinal: Int) -> Int? {
        guard let cell = figures.cell(at: ordinal), figures.number(at: ordinal) != nil else { return nil }
        return figures.flags(of: cell).contains(.derived) ? derivedTwin(of: ordinal) : ordinal
    }

    private func derivedTwin(of ordinal: Int) -> Int? {
        mirrors.lazy.compactMap { $0.mirror(of: ordinal) }.first { $0 != ordinal }
    }

    /// The sign with which a printed cell, and what was derived from it, enter each equation; never zero.
    mutating func effects(of ordinal: Int) -> [EquationID: Int128] {
        if let known = knownEffects[ordinal] { return known }
        var effects: [EquationID: Int128] = [:]
        for (index, identity) in identities.enumerated() {
            if let term = term(of: identity, at: ordinal) {
                effects[EquationID(identity: index, key: term.key), default: 0] += term.sign
            }
            if let twin = derivedTwin(of: ordinal), let cell = figures.cell(at: twin),
                figures.flags(of: cell).contains(.derived), let term = term(of: identity, at: twin)
            {
                effects[EquationID(identity: index, key: term.key), default: 0] -= term.sign
            }
        }
        effects = effects.filter { $0.value != 0 }
        knownEffects[ordinal] = effects
        return effects
    }

    private func term(of identity: ResolvedIdentity, at ordinal: Int) -> (key: Int, sign: Int128)? {
        guard figures.isSummed(at: ordinal) else { return nil }
        switch identity {
        case .total(let dimension, let category):
            let index = figures.keySpace.index(ofDimension: dimension, at: ordinal)
            return (ordinal - index * figures.keySpace.strides[dimension], index == category ? 1 : -1)
        case .sum(let dimension, let category, let parts):
            let index = figures.keySpace.index(ofDimension: dimension, at: ordinal)
            guard index == category || parts.contains(index) else { return nil }
            return (ordinal - index * figures.keySpace.strides[dimension], index == category ? 1 : -1)
        case .zeroSum(let over, let overTotal, let dimension, let category):
            let index = figures.keySpace.index(ofDimension: over, at: ordinal)
            guard figures.keySpace.index(ofDimension: dimension, at: ordinal) == category, index != overTotal else {
                return nil
            }
            return (ordinal - index * figures.keySpace.strides[over], 1)
        case .antisymmetric(let mirror):
            return mirror.mirror(of: ordinal).map { (min(ordinal, $0), 1) }
        case .nonNegative:
            return nil
        }
    }

    /// found − expected of an equation, 0 where it holds exactly; nil where it can't be checked, so that whatever stands in
    /// it makes no difference.
    mutating func residual(of equation: EquationID) -> Int128? {
        if let broken = residuals[equation] { return broken }
        if let known = otherResiduals[equation] { return known }
        var residual: Int128?
        if case .compared(let found, let expected, _, _) = figures.judge(
            identities[equation.identity], at: equation.key)
        {
            residual = found - expected
        }
        otherResiduals[equation] = .some(residual)
        return residual
    }
}
