import Annals

/// The audits of one table, and the sentence that says what is broken.
struct AuditReport {
    private(set) var audits: [Audit] = []
    private let figures: Figures
    private var identities: [ResolvedIdentity] = []
    private var tallies: [Tally] = []
    /// The audit that each of the tallies belongs to.
    private var places: [Int] = []

    /// Most broken equations that a message names.
    private static let namedAtMost = 6

    init(_ figures: Figures) { self.figures = figures }

    /// Holds the figures against one identity.
    mutating func audit(_ expected: ExpectedIdentity) {
        guard let resolved = ResolvedIdentity(expected.identity, in: figures.keySpace) else {
            let missing = "the table has not the dimensions or the code that this is about"
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
        places.append(audits.count)
        audits.append(audit)
        identities.append(resolved)
        tallies.append(tally)
    }

    /// Where a matrix was completed there may be no pair to check; it is antisymmetric by what is declared or proved.
    private func result(of tally: Tally, _ identity: ResolvedIdentity) -> Audit.Result {
        if tally.failed > 0 { return .failed }
        if tally.checked > 0 { return .holds }
        return identity.mirror != nil && figures.filledCount > 0 ? .holds : .unchecked
    }

    /// What is broken, in words, with what one cell would explain it; nil where nothing is.
    mutating func failure() -> Reason? {
        guard tallies.contains(where: { $0.failed > 0 }) else { return nil }
        var search = ExplanationSearch(figures, identities)
        let explanation = search.explain(tallies).map(sentence)
        var named: [String] = []
        for (place, tally) in zip(places, tallies) where tally.failed > 0 {
            if let explanation { audits[place].findings.append(explanation) }
        }
        for (identity, tally) in zip(identities, tallies) {
            named += tally.broken.map { describe($0, of: identity) }
        }
        let failed = tallies.reduce(0) { $0 + $1.failed }
        var message = "The figures do not add up: " + named.prefix(Self.namedAtMost).joined(separator: ", ")
        if failed > Self.namedAtMost { message += ", and \(failed - Self.namedAtMost) more" }
        if let explanation { message += "; \(explanation)" }
        return Reason(
            message, found: firstImbalance(\.found), expected: firstImbalance(\.expected), remedy: Self.remedy)
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
        case .total(let dimension, let category):
            broken.key + category * figures.keySpace.strides[dimension]
        case .zeroSum(let over, let overTotal, _, _):
            broken.key + (overTotal == 0 ? figures.keySpace.strides[over] : 0)
        case .antisymmetric:
            broken.key
        }
    }

    /// "row 03 Oslo (printed -417, the parts add up to -444)".
    private func describe(_ broken: BrokenEquation, of identity: ResolvedIdentity) -> String {
        let ordinal = ordinal(of: broken, in: identity)
        let found = text(broken.found, at: ordinal)
        let expected = text(broken.expected, at: ordinal)
        switch identity {
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

    private func sentence(_ explanation: SingleCellExplanation) -> String {
        let restored = text(Int128(explanation.restored), at: explanation.ordinal)
        let printed = text(Int128(explanation.printed), at: explanation.ordinal)
        return "consistent with \(key(explanation.ordinal)) being \(restored) rather than \(printed)"
    }
}
