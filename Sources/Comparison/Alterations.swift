package import Annals

/// What differs between two versions of a table besides its figures: what a summary of changes doesn't show.
package enum Alterations {
    private static let namedAtMost = 3

    /// One finding a kind of difference: `period`, for each measure `measures`, `decimals`, `unit` and `kind`, then `labels`,
    /// `flags`, `notes`; none where only figures and statuses differ, or nothing.
    package static func between(_ from: Table, _ to: Table) -> [Finding] {
        period(from.period, to.period) + measures(from, to) + labels(from.keySpace, to.keySpace) + flags(from, to)
            + (from.notes == to.notes ? [] : [Finding("notes", "Other notes")])
    }

    private static func period(_ from: Period, _ to: Period) -> [Finding] {
        guard from != to else { return [] }
        return [Finding("period", "\(words(for: to)) instead of \(words(for: from))")]
    }

    private static func words(for period: Period) -> String {
        period.label + (period.kind.map { ", a \($0.rawValue)" } ?? "")
    }

    private static func measures(_ from: Table, _ to: Table) -> [Finding] {
        var findings: [Finding] = []
        for later in to.measures {
            let isOnly = to.measures.count == 1 && from.measures.count == 1
            guard let earlier = isOnly ? from.measures[0] : from.measures.first(where: { $0.code == later.code }) else {
                continue
            }
            if earlier.code != later.code {
                findings.append(Finding("measures", "\(later.label) instead of \(earlier.label)"))
            }
            if earlier.decimals != later.decimals {
                findings.append(
                    Finding("decimals", "\(later.label) with \(later.decimals) instead of \(earlier.decimals) decimals")
                )
            }
            if earlier.printedUnit != later.printedUnit {
                findings.append(
                    Finding("unit", "\(later.printedUnit ?? "no unit") instead of \(earlier.printedUnit ?? "no unit")"))
            }
            if earlier.kind != later.kind {
                findings.append(
                    Finding(
                        "kind",
                        "\(later.label) as \(later.kind?.rawValue ?? "none") instead of "
                            + (earlier.kind?.rawValue ?? "none")))
            }
        }
        return findings
    }

    private static func labels(_ from: KeySpace, _ to: KeySpace) -> [Finding] {
        let changed = changedLabels(from, to)
        guard !changed.isEmpty else { return [] }
        let more = changed.count > namedAtMost ? ", …" : ""
        let named = changed.prefix(namedAtMost).joined(separator: ", ") + more
        return [Finding("labels", "\(changed.count) \(changed.count == 1 ? "label" : "labels"): \(named)")]
    }

    /// Categories that kept their code and have another label, in words.
    static func changedLabels(_ from: KeySpace, _ to: KeySpace) -> [String] {
        var changed: [String] = []
        for dimension in to.dimensions {
            guard let place = from.dimensionIndex(dimension.id) else { continue }
            let places = from.dimensions[place].indexByCode()
            for category in dimension.categories {
                guard let index = places[category.code] else { continue }
                let label = from.dimensions[place].categories[index].label
                if label != category.label { changed.append("\(category.code) \(label) is \(category.label)") }
            }
        }
        return changed
    }

    /// Cells whose flags alone differ; only looked for where both tables have the same cells.
    private static func flags(_ from: Table, _ to: Table) -> [Finding] {
        guard from.presence == to.presence, from.cells.count == to.cells.count,
            from.keySpace.dimensions.map({ $0.categories.map(\.code) })
                == to.keySpace.dimensions.map({ $0.categories.map(\.code) }),
            from.cells.palette != to.cells.palette || from.cells.marks != to.cells.marks
        else { return [] }
        let (earlier, later) = (from.cells.palette.map(\.flags), to.cells.palette.map(\.flags))
        let count = zip(from.cells.marks, to.cells.marks).count { earlier[Int($0)] != later[Int($1)] }
        return count == 0 ? [] : [Finding("flags", "other flags on \(count) \(count == 1 ? "cell" : "cells")")]
    }
}
