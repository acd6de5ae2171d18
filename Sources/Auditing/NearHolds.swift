import Annals

/// Identities that a table all but satisfies: nine in ten of their equations hold, and somebody may want to look at the
/// others.
///
/// A finding, never an audit: nothing says that they are meant to hold, and nothing binds a later table. Not where a hidden
/// figure is concerned in any of the equations: that the others hold would say what is hidden.
struct NearHolds {
    private let figures: Figures
    private let held: [ExpectedIdentity]

    /// Fewest equations, and fewest that hold with figures other than zero.
    private static let fewestChecked = 10
    private static let fewestTelling = 9

    init(_ figures: Figures, _ held: [ExpectedIdentity]) {
        self.figures = figures
        self.held = held
    }

    /// One an identity.
    var findings: [Finding] {
        let totals = figures.keySpace.dimensions.indices.compactMap(nearTotal)
        let isMatrix = held.contains(where: \.isAntisymmetric)
        let mirrors = isMatrix ? [] : figures.squares(leavingOutNamedTotals: false).compactMap(nearAntisymmetry)
        return totals + mirrors
    }

    private func nearTotal(of index: Int) -> Finding? {
        let dimension = figures.keySpace.dimensions[index]
        guard !dimension.isMeasure, dimension.totalCode == nil, dimension.categories.count >= 3 else { return nil }
        let named = dimension.categories.indices.filter { TotalNames.name(dimension.categories[$0]) }
        let candidates = named + [0, dimension.categories.count - 1].filter { !named.contains($0) }
        let lineCount = figures.keySpace.size / dimension.categories.count
        guard lineCount >= Self.fewestChecked else { return nil }
        let tallies = figures.tallies(ofTotals: candidates, along: index, failingAtMost: lineCount / 10)
        let near = candidates.indices.filter { place in
            Self.isNear(tallies[place], place < named.count ? tallies[place].telling : tallies[place].strong)
        }
        guard let place = near.first, near.count == 1 || (place < named.count && near[1] >= named.count) else {
            return nil
        }
        let code = dimension.categories[candidates[place]].code
        return finding(
            "\(code) is the total of \(dimension.id)", tallies[place],
            figures.total(at: candidates[place], of: index))
    }

    private func nearAntisymmetry(_ mirror: CodeMirror) -> Finding? {
        let limit = mirror.pairCount(in: figures.keySpace) / 10
        let tally = figures.tally(.antisymmetric(mirror), failingAtMost: limit)
        guard tally.lopsided == 0, Self.isNear(tally, tally.telling) else { return nil }
        let dimensions = figures.keySpace.dimensions
        return finding(
            "\(dimensions[mirror.row].id) × \(dimensions[mirror.column].id) is antisymmetric", tally,
            .antisymmetric(mirror))
    }

    private static func isNear(_ tally: Tally, _ telling: Int) -> Bool {
        tally.failed > 0 && tally.hidden == 0 && tally.checked >= fewestChecked && telling >= fewestTelling
            && tally.isLikely
    }

    private func finding(_ what: String, _ tally: Tally, _ identity: ResolvedIdentity) -> Finding {
        let report = AuditReport(figures)
        let named = tally.broken.prefix(3).map { report.describe($0, of: identity) }.joined(separator: ", ")
        return Finding(
            "near-hold",
            "\(what) in \(tally.checked - tally.failed) of \(tally.checked) sums, but not for \(named)"
                + (tally.failed > 3 ? ", …" : ""))
    }
}
