import Annals
import Comparison

/// The rules of `--explain` written once more for one row: what ``Explanation`` is held against.
struct NaiveExplanation {
    /// One vintage with its figure in the row, already rounded as the row is, and the measure that it counts.
    struct Step {
        var release: Release
        var figure: Int64?
        var measure: Measure?
    }

    /// In order of publication.
    var from: [Step]
    var to: [Step]

    struct Parts: Hashable {
        var asPublished: Int128
        var toRevision: Int128
        var fromRevision: Int128
        var toByKind: [String: Int128]
        var fromByKind: [String: Int128]
    }

    var parts: Parts? {
        let start = to[0].release.published
        let later = Array(to[to.lastIndex { $0.release.published <= start }!...])
        guard let place = from.lastIndex(where: { $0.release.published <= start }) else { return nil }
        let earlier = Array(from[place...])
        for path in [later, earlier] {
            let current = path.last!.measure
            for step in path {
                if let measure = step.measure, let current, measure.contradiction(with: current) != nil { return nil }
            }
        }
        guard let to = later.last!.figure, let toFirst = later[0].figure, let from = earlier.last!.figure,
            let fromFirst = earlier[0].figure
        else { return nil }
        return Parts(
            asPublished: Int128(toFirst) - Int128(fromFirst), toRevision: Int128(to) - Int128(toFirst),
            fromRevision: Int128(fromFirst) - Int128(from),
            toByKind: Self.steps(later), fromByKind: Self.steps(earlier).mapValues { -$0 })
    }

    private static func steps(_ path: [Step]) -> [String: Int128] {
        var amounts: [String: Int128] = [:]
        var last = path[0].figure!
        for step in path.dropFirst() {
            guard let figure = step.figure else { continue }
            amounts[step.release.kind?.rawValue ?? "unstated", default: 0] += Int128(figure) - Int128(last)
            last = figure
        }
        return amounts.filter { $0.value != 0 }
    }
}
