import Annals

/// The audits of one table, and the sentence that says what is broken.
struct AuditReport {
    private(set) var audits: [Audit] = []
    private let figures: Figures
    private var identities: [ResolvedIdentity] = []
    /// What each of them was before it was found in the table.
    private var expectations: [ExpectedIdentity] = []
    private var tallies: [Tally] = []
    /// The audit that each of the tallies belongs to.
    private var places: [Int] = []

    /// Sums that are declared, and of which the table lacks parts.
    private(set) var outdatedSums: [OutdatedSum] = []

    /// Most broken equations that a message names.
    private static let namedAtMost = 6

    init(_ figures: Figures) { self.figures = figures }

    /// Holds the figures against one identity.
    mutating func audit(_ expected: ExpectedIdentity) {
        guard let resolved = ResolvedIdentity(expected.identity, in: figures) else {
            let outdated = OutdatedSum(expected.identity, in: figures.keySpace)
            if let outdated, expected.origin == .declared { outdatedSums.append(outdated) }
            let missing =
                outdated?.sentence ?? "the table has not the dimensions, the codes or the measure that this is about"
            audits.append(
                Audit(
                    identity: expected.identity, origin: expected.origin, result: .unchecked, checked: 0,
                    findings: [missing]))
            return
        }
        let tally = figures.tally(resolved)
        var audit = Audit(
            identity: expected.identity, origin: expected.origin, result: result(of: tally, resolved),
            checked: tally.checked, unchecked: tally.unchecked, failed: tally.failed,
            imbalances: tally.broken.map { imbalance($0, of: resolved) })
        if case .antisymmetric = resolved, figures.filledCount > 0 {
            audit.findings.append("\(figures.filledCount) cells are not printed and follow from their mirrors")
        }
        if tally.rounded > 0, let rounding = figures.rounding {
            audit.findings.append(
                "\(tally.rounded) of \(tally.checked) are off by no more than \(Self.words(rounding)) explains")
        }
        places.append(audits.count)
        audits.append(audit)
        identities.append(resolved)
        expectations.append(expected)
        tallies.append(tally)
    }

    /// Where a matrix was completed there may be no pair to check; it is antisymmetric by what is declared or proved.
    private func result(of tally: Tally, _ identity: ResolvedIdentity) -> Audit.Result {
        if tally.failed > 0 { return .failed }
        if tally.rounded > 0 { return .withinRounding }
        if tally.checked > 0 { return .holds }
        return identity.mirror != nil && figures.filledCount > 0 ? .holds : .unchecked
    }

    /// What is broken, in words, with what one cell would explain it; nil where nothing is.
    mutating func failure() -> Reason? {
        guard tallies.contains(where: { $0.failed > 0 }) else { return nil }
        let equations = identities.indices.filter { identities[$0].isEquation }
        var search = ExplanationSearch(figures, equations.map { identities[$0] })
        let text = search.explain(equations.map { tallies[$0] }).map { ExplanationText($0, figures) }
        for place in equations where tallies[place].failed > 0 {
            audits[places[place]].findings += text?.findings ?? []
        }
        var sentences: [String] = []
        if let broken = list(equations) {
            sentences.append("The figures do not add up: \(broken)")
            if let rounding = figures.rounding { sentences.append("\(Self.words(rounding)) explains less") }
            if let sentence = text?.sentence { sentences.append(sentence) }
        }
        if let negative = list(identities.indices.filter { !identities[$0].isEquation }) {
            sentences.append("Figures that can't be below zero are: \(negative)")
        }
        sentences += outdatedSums.map(\.sentence)
        let remedies = outdatedSums.map { $0.remedy + ", and drop the file again" } + remediesOfSums
        return Reason(
            sentences.joined(separator: "; "), found: firstImbalance(\.found), expected: firstImbalance(\.expected),
            remedy: ([Self.remedy] + remedies).joined(separator: "; "))
    }

    /// What helps where a list has sums that are meant otherwise.
    private var remediesOfSums: [String] {
        let failed = zip(expectations, tallies).filter { $0.1.failed > 0 }.map(\.0)
        var remedies: [String] = []
        if failed.contains(where: \.isBoundSum) {
            remedies.append(
                "where the classification changed since an earlier table of which the sum held, say "
                    + "`kind: classification` in a sidecar, or in the definition what the code is the sum of now "
                    + "(`audits`, `sum`)")
        }
        for case .total(let dimension, _) in failed.filter({ $0.origin == .declared }).map(\.identity) {
            remedies.append(
                "where \(dimension) lists sums of several levels, declare those below the total as well "
                    + "(`audits`, `sum`), or `sum` in place of the total")
        }
        return remedies
    }

    /// What of some identities is broken, in words; nil where nothing is.
    private func list(_ places: [Int]) -> String? {
        let failed = places.reduce(0) { $0 + tallies[$1].failed }
        guard failed > 0 else { return nil }
        let named = places.lazy.flatMap { place in
            tallies[place].broken.map { describe($0, of: identities[place]) }
        }.prefix(Self.namedAtMost)
        return named.joined(separator: ", ")
            + (failed > Self.namedAtMost ? ", and \(failed - Self.namedAtMost) more" : "")
    }

    /// `rounding to 5 (nearest)`.
    private static func words(_ rounding: DeclaredRounding) -> String {
        "rounding to \(rounding.base.text) (\(rounding.method.rawValue))"
    }

    private static let remedy =
        "Compare the named rows with the publisher's page and drop the corrected file; where its figures are not meant "
        + "to add up, say so in a definition of the dataset in datasets.d, which may warn instead of refusing"

    private func firstImbalance(_ figure: (BrokenEquation) -> Int128) -> String? {
        zip(identities, tallies).first { !$0.1.broken.isEmpty }.map { identity, tally in
            let ordinal = ordinal(of: tally.broken[0], in: identity)
            return text(figure(tally.broken[0]), at: ordinal) + " at " + key(ordinal)
        }
    }

    // MARK: Words

    private func imbalance(_ broken: BrokenEquation, of identity: ResolvedIdentity) -> Audit.Imbalance {
        let ordinal = ordinal(of: broken, in: identity)
        return Audit.Imbalance(
            at: figures.keySpace.codes(at: ordinal), expected: Int64(clamping: broken.expected),
            found: Int64(clamping: broken.found), decimals: figures.measure(at: ordinal).decimals)
    }

    /// The combination that an equation is named by: its total, or its first cell.
    private func ordinal(of broken: BrokenEquation, in identity: ResolvedIdentity) -> Int {
        switch identity {
        case .total(let dimension, let category), .sum(let dimension, let category, _):
            broken.key + category * figures.keySpace.strides[dimension]
        case .zeroSum(let over, let overTotal, _, _):
            broken.key + (overTotal == 0 ? figures.keySpace.strides[over] : 0)
        case .antisymmetric, .nonNegative:
            broken.key
        }
    }

    /// "row 03 Oslo (printed -417, the parts add up to -444)".
    func describe(_ broken: BrokenEquation, of identity: ResolvedIdentity) -> String {
        let ordinal = ordinal(of: broken, in: identity)
        let found = text(broken.found, at: ordinal)
        let expected = text(broken.expected, at: ordinal)
        switch identity {
        case .nonNegative:
            return "\(key(ordinal)) (\(found))"
        case .sum(_, _, let parts):
            let name = place(of: ordinal, except: [])
            return "\(name) (printed \(found), its \(parts.count) parts add up to \(expected))"
        case .total(let dimension, let category):
            let rest = place(of: ordinal, except: [dimension])
            let name = rest.isEmpty ? named(category, of: dimension) : rest
            return "\(name) (printed \(found), its parts add up to \(expected))"
        case .zeroSum(let over, _, _, _):
            let name = place(of: ordinal, except: [over])
            return "\(name) (adds up to \(found) over \(figures.keySpace.dimensions[over].id), not to 0)"
        case .antisymmetric(let mirror):
            let opposite = mirror.mirror(of: ordinal).map(key) ?? ""
            if mirror.mirror(of: ordinal) == ordinal { return "\(key(ordinal)) (\(found) on the diagonal, not 0)" }
            return "\(key(ordinal)) (\(found), and \(opposite) calls for \(expected))"
        }
    }

    private func place(of ordinal: Int, except left: [Int]) -> String {
        figures.keySpace.dimensions.indices.filter { !left.contains($0) }
            .map { named(figures.keySpace.index(ofDimension: $0, at: ordinal), of: $0) }.joined(separator: ", ")
    }

    private func named(_ category: Int, of dimension: Int) -> String {
        let axis = figures.keySpace.dimensions[dimension]
        let found = axis.categories[category]
        return found.label == found.code ? "\(axis.id) \(found.code)" : "\(axis.id) \(found.code) \(found.label)"
    }

    /// "03 × 01".
    private func key(_ ordinal: Int) -> String { figures.keySpace.codes(at: ordinal).joined(separator: " × ") }

    private func text(_ value: Int128, at ordinal: Int) -> String {
        guard let value = Int64(exactly: value) else { return value < 0 ? "less than fits" : "more than fits" }
        return ScaledDecimal.text(value, decimals: figures.measure(at: ordinal).decimals)
    }
}

extension ExpectedIdentity {
    /// Whether it is a sum of codes that held for an earlier table.
    fileprivate var isBoundSum: Bool {
        guard origin == .bound, case .sum = identity else { return false }
        return true
    }
}
