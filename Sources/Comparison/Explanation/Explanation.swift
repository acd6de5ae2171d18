package import Annals

/// How much of each change was there when the later year was first published, and how much came by revisions since.
///
/// With t₁ the instant of TO's first release, a row's change is TO(t₁) − FROM(t₁), *as published*, and TO − TO(t₁), and
/// −(FROM − FROM(t₁)): exactly, since all are rounded as the row is. What is T(t₁)? The vintage of T that was current at
/// t₁. The last two are made of steps from a vintage's figure to that of the next one that has a figure, and each goes
/// to the kind of the later vintage.
///
/// Vintages are read one after another, those with the same content once.
package struct Explanation: Sendable {
    /// The parts of one row's change, exact: of figures of 64 bits they may need one more.
    package struct Row: Hashable, Sendable {
        package var asPublished: Int128
        package var toRevision: Int128
        package var fromRevision: Int128
        /// Amounts that are not 0, in the order of the kinds' first releases.
        package var toByKind: [Amount] = []
        /// Of the earlier year, negated as the revision is.
        package var fromByKind: [Amount] = []
    }

    /// What releases of one kind add to a change.
    package struct Amount: Hashable, Sendable {
        package var kind: String
        package var amount: Int128
    }

    /// The kind of a release whose sidecar gives none.
    package static let unstatedKind = "unstated"

    /// Compared rows that the summary counts and that can be taken apart.
    package let explained: Int
    /// Compared rows that the summary counts and that can't.
    package let unexplained: Int
    private let delta: Delta
    /// Nil where FROM wasn't published yet.
    private let steps: (to: RevisionSteps, from: RevisionSteps)?
    /// Whether a vintage on the way counts in another unit.
    ///
    /// *Shape:* one a measure.
    private let isContradicted: [Bool]

    /// - Parameters:
    ///   - delta: Whose rows are taken apart.
    ///   - pair: The two tables that it compares, and which of its rows the summary counts.
    ///   - from: All vintages of the earlier table's year within the limits of the question.
    ///   - to: Those of the later one's.
    ///   - table: The table of a release, transformed as the compared ones are; nil where it can't be.
    /// - Throws: What `table` throws.
    package init<Failure: Error>(
        of delta: Delta, _ pair: ComparedPair, from: [Release], to: [Release],
        table: (Release) throws(Failure) -> Table?
    ) throws(Failure) {
        let all = pair.rows
        let counted = (0..<all.delta.count).filter { all.counts($0) && all.delta.row($0).comparison == .compared }
        self.delta = delta
        guard let start = to.min(by: { $0.isEarlier(than: $1) })?.published, let toPath = ReleasePath(to, from: start),
            let fromPath = ReleasePath(from, from: start)
        else {
            (explained, unexplained) = (0, counted.count)
            steps = nil
            isContradicted = []
            return
        }
        var work = ExplanationWork(delta, all.delta, counted: counted)
        try work.walk(toPath, to: pair.to, of: { $0.to }, table)
        let toSteps = work.takeSteps()
        try work.walk(fromPath, to: pair.from, of: { $0.from }, table)
        steps = (toSteps, work.takeSteps())
        isContradicted = work.isContradicted
        explained = work.explainedCount
        unexplained = counted.count - explained
    }

    /// The parts of the row at that place; nil where it can't be taken apart: one of the four figures is missing, FROM
    /// wasn't published yet, or a vintage on the way counts in another unit.
    package func row(at place: Int) -> Row? {
        guard let (to, from) = steps else { return nil }
        let row = delta.row(place)
        guard row.comparison == .compared, !isContradicted[delta.measureIndex(at: row.ordinal)],
            let later = row.to, let earlier = row.from, to.hasFirst[place], from.hasFirst[place]
        else { return nil }
        let (toFirst, fromFirst) = (Int128(to.first[place]), Int128(from.first[place]))
        return Row(
            asPublished: toFirst - fromFirst, toRevision: Int128(later) - toFirst,
            fromRevision: fromFirst - Int128(earlier), toByKind: Self.amounts(of: to, at: place, sign: 1),
            fromByKind: Self.amounts(of: from, at: place, sign: -1))
    }

    private static func amounts(of steps: RevisionSteps, at place: Int, sign: Int128) -> [Amount] {
        steps.kinds.indices.compactMap { kind in
            let amount = steps.amount(kind, at: place)
            return amount == 0 ? nil : Amount(kind: steps.kinds[kind], amount: amount * sign)
        }
    }
}
