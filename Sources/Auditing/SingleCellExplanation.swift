import Annals

/// The one printed figure that would, if it were another, balance every broken equation and break none.
struct SingleCellExplanation: Hashable {
    var ordinal: Int
    var printed: Int64
    var restored: Int64
}

/// Looks for a ``SingleCellExplanation`` among the cells of one broken equation.
///
/// Every equation is linear, and a cell enters it with a sign: an error of δ in the cell shows up in each as ±δ, and
/// nowhere else. So the cell sought stands in every broken equation, in none that holds, and all agree on δ. Only
/// equations without hidden cells are ever broken, so nothing here is solved for a hidden figure.
struct ExplanationSearch {
    private struct EquationID: Hashable {
        var identity: Int
        var key: Int
    }

    private let figures: Figures
    private let identities: [ResolvedIdentity]
    private let mirrors: [CodeMirror]
    /// found − expected of every broken equation.
    private var residuals: [EquationID: Int128] = [:]
    /// Equations that hold or can't be checked, as found out on the way.
    private var isHeld: [EquationID: Bool] = [:]

    init(_ figures: Figures, _ identities: [ResolvedIdentity]) {
        self.figures = figures
        self.identities = identities
        mirrors = identities.compactMap(\.mirror)
    }

    /// The explanation, where there is exactly one, from one tally for each of the identities.
    mutating func explain(_ tallies: [Tally]) -> SingleCellExplanation? {
        let failed = tallies.reduce(0) { $0 + $1.failed }
        // A cell and its mirror stand in at most two equations of each identity.
        guard failed > 0, failed <= 2 * identities.count else { return nil }
        for (identity, tally) in tallies.enumerated() {
            for broken in tally.broken {
                residuals[EquationID(identity: identity, key: broken.key)] = broken.found - broken.expected
            }
        }
        guard let start = shortestBrokenEquation(tallies) else { return nil }
        var explanation: SingleCellExplanation?
        var tried: Set<Int> = []
        for member in members(of: start) {
            guard let ordinal = printedOrdinal(of: member), tried.insert(ordinal).inserted,
                let candidate = candidate(at: ordinal)
            else { continue }
            guard explanation == nil else { return nil }
            explanation = candidate
        }
        return explanation
    }

    /// A pair has two cells, a line has many.
    private func shortestBrokenEquation(_ tallies: [Tally]) -> EquationID? {
        let broken = tallies.indices.filter { !tallies[$0].broken.isEmpty }
        let chosen = broken.first { identities[$0].mirror != nil } ?? broken.first
        return chosen.map { EquationID(identity: $0, key: tallies[$0].broken[0].key) }
    }

    private func members(of equation: EquationID) -> [Int] {
        switch identities[equation.identity] {
        case .total(let dimension, _), .zeroSum(let dimension, _, _, _):
            let stride = figures.keySpace.strides[dimension]
            return figures.keySpace.dimensions[dimension].categories.indices.map { equation.key + $0 * stride }
        case .antisymmetric(let mirror):
            return [equation.key] + [mirror.mirror(of: equation.key)].compactMap { $0 }
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

    private mutating func candidate(at ordinal: Int) -> SingleCellExplanation? {
        guard let printed = figures.number(at: ordinal) else { return nil }
        let effects = effects(of: ordinal)
        var error: Int128?
        for (equation, residual) in residuals {
            guard let sign = effects[equation], residual % sign == 0, residual / sign == error ?? residual / sign
            else { return nil }
            error = residual / sign
        }
        for equation in effects.keys where residuals[equation] == nil {
            guard !holds(equation) else { return nil }
        }
        guard let error, let restored = Int64(exactly: Int128(printed) - error),
            restored >= 0 || figures.measure(at: ordinal).canBeNegative
        else { return nil }
        return SingleCellExplanation(ordinal: ordinal, printed: printed, restored: restored)
    }

    /// The sign with which a printed cell, and what was derived from it, enter each equation; never zero.
    private func effects(of ordinal: Int) -> [EquationID: Int128] {
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
        return effects.filter { $0.value != 0 }
    }

    private func term(of identity: ResolvedIdentity, at ordinal: Int) -> (key: Int, sign: Int128)? {
        guard figures.isSummed(at: ordinal) else { return nil }
        switch identity {
        case .total(let dimension, let category):
            let index = figures.keySpace.index(ofDimension: dimension, at: ordinal)
            return (ordinal - index * figures.keySpace.strides[dimension], index == category ? 1 : -1)
        case .zeroSum(let over, let overTotal, let dimension, let category):
            let index = figures.keySpace.index(ofDimension: over, at: ordinal)
            guard figures.keySpace.index(ofDimension: dimension, at: ordinal) == category, index != overTotal else {
                return nil
            }
            return (ordinal - index * figures.keySpace.strides[over], 1)
        case .antisymmetric(let mirror):
            return mirror.mirror(of: ordinal).map { (min(ordinal, $0), 1) }
        }
    }

    /// Whether an equation that isn't broken was checked, so that another figure in it would break it.
    private mutating func holds(_ equation: EquationID) -> Bool {
        if let known = isHeld[equation] { return known }
        var holds = false
        if case .compared = figures.judge(identities[equation.identity], at: equation.key) { holds = true }
        isHeld[equation] = holds
        return holds
    }
}
