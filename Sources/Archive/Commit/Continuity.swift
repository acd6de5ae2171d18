internal import Annals
internal import TableCoding

/// Whether a table continues the dataset that it was taken for.
///
/// It does where it has the dimensions of the nearest year's current table and, in each, at least half of the codes of
/// the shorter of the two lists, or under other names that a concordance translates: a classification may grow or be cut, but
/// not be another one. And it counts the same,
/// in the same unit, as far as both say so, unless a definition names what it counts: whoever wrote that has decided.
struct Continuity {
    let dataset: DatasetID
    /// The nearest year's current one.
    let vintage: Vintage
    let keySpace: KeySpace
    /// *Shape:* as in a table.
    let measures: [Measure]
    /// What counts as the same code under another name.
    let translation: CodeTranslation
    /// Whether the sidecar says that the table is another than before: codes may be written in another way.
    var mayBeRespelt = false

    /// Why a table can't continue a dataset; nil where it can, or where there is nothing to continue.
    ///
    /// The same names are the same dimensions, codes and measures: nothing is read then.
    ///
    /// - Throws: What reading the nearest year's table throws.
    static func reason(
        against table: Table, _ content: TableContent, in dataset: DatasetID, of catalog: Catalog,
        library: TableLibrary, measuresAreDeclared: Bool, mayBeRespelt: Bool = false,
        translation: CodeTranslation
    ) throws(ArchiveError) -> Reason? {
        guard let nearest = catalog.nearest(to: table.period.year, in: dataset) else { return nil }
        if nearest.content.heading == content.heading, nearest.content.keySpace == content.keySpace { return nil }
        let heading = try TableCodec.heading(nearest.content.heading, from: library.stored)
        let continuity = Continuity(
            dataset: dataset, vintage: nearest, keySpace: try library.keySpace(nearest.content.keySpace),
            measures: heading.measures, translation: translation, mayBeRespelt: mayBeRespelt)
        if let reason = continuity.reason(against: table, measuresAreDeclared: measuresAreDeclared) { return reason }
        guard !measuresAreDeclared, let shares = SharesOrPercent(table.measures, beside: heading.measures) else {
            return nil
        }
        let earlier = try library.table(nearest.content, period: nearest.period)
        return shares.areBoth(in: table, earlier) ? continuity.otherScale(shares) : nil
    }

    /// Why not; nil where it does.
    ///
    /// - Parameters:
    ///   - table: The one that arrives.
    ///   - measuresAreDeclared: Whether a definition names its measures.
    /// - Returns: The reason, with what to do about it.
    func reason(against table: Table, measuresAreDeclared: Bool) -> Reason? {
        let found = table.keySpace.dimensions.map(\.id)
        let expected = keySpace.dimensions.map(\.id)
        guard found.sorted() == expected.sorted() else {
            if let reason = otherMeasures(table) { return reason }
            return renamed(table, found, expected)
                ?? ambiguous("other dimensions", found: Self.list(found), expected: Self.list(expected))
        }
        for dimension in table.keySpace.dimensions {
            guard let known = keySpace.dimensions.first(where: { $0.id == dimension.id }) else { continue }
            let codes = Set(known.categories.map(\.code))
            if let lost = Self.lostZero(dimension.categories.map(\.code), known: codes) {
                return lostZeros(lost, in: dimension)
            }
            if !mayBeRespelt,
                let respelt = Respelling(
                    of: dimension, known: known, translated: translated(dimension, known, table.period.year))
            {
                return otherSpelling(respelt, in: dimension)
            }
            if let moved = MovedLabel(of: dimension, known: known) { return otherMeaning(moved, in: dimension) }
            let enough = min(known.categories.count, dimension.categories.count)
            let shared = dimension.categories.count { codes.contains($0.code) }
            if 2 * shared < enough, 2 * sharedInTranslation(dimension, with: known, in: table.period.year) < enough {
                return ambiguous(
                    "only \(shared) common codes in \(dimension.id)",
                    found: Self.list(dimension.categories.map(\.code)),
                    expected: Self.list(known.categories.map(\.code)))
            }
        }
        return measuresAreDeclared ? nil : contradiction(table)
    }

    /// Why not, where one dimension has another name and the same codes: the line that keeps it.
    private func renamed(_ table: Table, _ found: [String], _ expected: [String]) -> Reason? {
        let (new, old) = (found.filter { !expected.contains($0) }, expected.filter { !found.contains($0) })
        guard new.count == 1, old.count == 1, found.count == expected.count,
            let dimension = table.keySpace.dimensions.first(where: { $0.id == new[0] }),
            let known = keySpace.dimensions.first(where: { $0.id == old[0] })
        else { return nil }
        let codes = Set(known.categories.map(\.code))
        let shared = dimension.categories.count { codes.contains($0.code) }
        guard shared > 0, 2 * shared >= min(known.categories.count, dimension.categories.count) else { return nil }
        return Reason(
            "ambiguous-dataset: this would be \(dataset), but it has \(dimension.label) with the codes that "
                + "\(known.label) has in \(vintage.periodLabel)",
            found: Self.list(found), expected: Self.list(expected),
            remedy: "Where it is the same under another name, say so in a definition of \(dataset): "
                + "`dimensions: [{id: \(known.id), column: \(dimension.label)}]`; where it is another table, name its own "
                + "dataset in a sidecar (dataset: …).")
    }

    /// How many codes are the same, or the same under another name.
    private func sharedInTranslation(_ dimension: Dimension, with known: Dimension, in year: Int) -> Int {
        let same = Set(known.categories.map(\.code))
        let translated = translated(dimension, known, year)
        return dimension.categories.count { same.contains($0.code) || translated.contains($0.code) }
    }

    /// Codes that a concordance knows under another name.
    private func translated(_ dimension: Dimension, _ known: Dimension, _ year: Int) -> Set<String> {
        translation.answer(
            dataset, dimension.id, CodeTranslation.Codes(year: year, codes: dimension.categories.map(\.code)),
            CodeTranslation.Codes(year: vintage.year, codes: known.categories.map(\.code)))
    }

    /// A new code that is a known one but for leading zeros, with that one; nil where none is.
    private static func lostZero(_ codes: [String], known: Set<String>) -> (found: String, known: String)? {
        let new = codes.filter { !known.contains($0) && isDigits($0) }
        guard !new.isEmpty else { return nil }
        let own = Set(codes)
        // Where a table has both, they are two codes of a classification by levels.
        let missing = known.filter { !own.contains($0) && isDigits($0) }
        let byNumber = Dictionary(missing.map { ($0.drop { $0 == "0" }, $0) }, uniquingKeysWith: { min($0, $1) })
        for code in new {
            if let known = byNumber[code.drop { $0 == "0" }] { return (code, known) }
        }
        return nil
    }

    private static func isDigits(_ code: String) -> Bool {
        !code.isEmpty && code.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private func lostZeros(_ lost: (found: String, known: String), in dimension: Dimension) -> Reason {
        Reason(
            "ambiguous-dataset: the codes of \(dimension.label) differ by leading zeros from those of "
                + "\(vintage.periodLabel): \(lost.found) here, \(lost.known) there",
            found: lost.found, expected: lost.known,
            remedy:
                "Export the codes as text, so that they keep their zeros; or say in a definition of \(dataset) that "
                + "they are the same: codes: {leading-zeros: join}")
    }

    /// Why not, where one of two tables has several measures, the other one, and nothing else is different.
    private func otherMeasures(_ table: Table) -> Reason? {
        func others(_ dimensions: [Dimension]) -> [String] { dimensions.filter { !$0.isMeasure }.map(\.id).sorted() }
        func names(_ measures: [Measure]) -> String { Self.list(measures.map(\.label)) }
        guard others(table.keySpace.dimensions) == others(keySpace.dimensions), table.measures.count != measures.count
        else { return nil }
        let known = Set(measures.map(\.code))
        let new = table.measures.filter { !known.contains($0.code) }.map(\.label)
        let isMore = table.measures.count > measures.count && !new.isEmpty
        return Reason(
            "ambiguous-dataset: this would be \(dataset), but it counts \(names(table.measures)), and "
                + "\(vintage.periodLabel) counts \(names(measures)) alone",
            found: names(table.measures), expected: names(measures),
            remedy: "Name its own dataset in a sidecar (dataset: …)"
                + (isMore
                    ? "; or leave the new columns out by a definition of \(dataset): columns: {ignore: […]}." : "."))
    }

    private func otherScale(_ shares: SharesOrPercent) -> Reason {
        let (here, there) = shares.isNowPercent ? ("percent", "shares of one") : ("shares of one", "percent")
        return Reason(
            "ambiguous-dataset: this would be \(dataset), but it has \(shares.label) in \(here), and "
                + "\(vintage.periodLabel) in \(there), by the size of the figures",
            found: here, expected: there,
            remedy: "Write the figures as those of \(vintage.periodLabel), or name its own dataset in a sidecar "
                + "(dataset: …); where they are on one scale, say so in a definition of \(dataset): "
                + "measures: [{code: \(shares.code), unit: percent}].")
    }

    private func otherSpelling(_ respelt: Respelling, in dimension: Dimension) -> Reason {
        Reason(
            "ambiguous-dataset: `\(respelt.code)` of \(dimension.label) differs from `\(respelt.known)` in "
                + "\(vintage.periodLabel) by capitals, accents, hyphens or spaces alone, and each table has the one and not "
                + "the other",
            found: respelt.code, expected: respelt.known,
            remedy:
                "Write it as in \(vintage.periodLabel), so that the series goes on; where it is written so from now on, bind a "
                + "concordance in a definition of \(dataset): concordance: NAME, or break the series by a sidecar: "
                + "kind: classification.")
    }

    private func otherMeaning(_ moved: MovedLabel, in dimension: Dimension) -> Reason {
        Reason(
            "ambiguous-dataset: the code \(moved.code) of \(dimension.label) is `\(moved.label)` here, which is "
                + "\(moved.other) in \(vintage.periodLabel), where \(moved.code) is `\(moved.known)`",
            found: "\(moved.code) \(moved.label)", expected: "\(moved.code) \(moved.known)",
            remedy:
                "Correct the codes or their words in the file; where the codes have another meaning now, name its own "
                + "dataset in a sidecar (dataset: …); where the words alone are wrong, leave their column out by a "
                + "definition of \(dataset): columns: {ignore: […]}")
    }

    /// The first measure that both have and that isn't the same.
    private func contradiction(_ table: Table) -> Reason? {
        for later in table.measures {
            let isOnly = table.keySpace.measureDimension == nil
            guard let earlier = isOnly ? measures.first : measures.first(where: { $0.code == later.code }),
                let contradiction = earlier.contradiction(with: later)
            else { continue }
            return different(contradiction, of: later, from: earlier)
        }
        return nil
    }

    private func different(_ contradiction: MeasureContradiction, of later: Measure, from earlier: Measure) -> Reason {
        let (difference, found, expected): (String, String, String) =
            switch contradiction {
            case .name(let known, let other):
                ("counts \(other), and \(vintage.periodLabel) counts \(known)", other, known)
            case .unit, .multiplier:
                (
                    "counts \(later.label) in another unit than \(vintage.periodLabel)",
                    later.printedUnit ?? "no unit", earlier.printedUnit ?? "no unit"
                )
            case .kind(let known, let other):
                ("has \(later.label) as a \(other.rawValue)", other.rawValue, known.rawValue)
            }
        if case .multiplier = contradiction {
            return Reason(
                "ambiguous-dataset: this would be \(dataset), but it \(difference)", found: found, expected: expected,
                remedy:
                    "Write the figures, and the line that says their unit, as those of \(vintage.periodLabel) are, and "
                    + "drop the file again; where it is another table, name its own dataset in a sidecar (dataset: …). A "
                    + "definition of \(dataset) that has measures: [{code: \(earlier.code)}] lets it pass as it is: then "
                    + "its figures aren't compared with those of years in another unit.")
        }
        return Reason(
            "ambiguous-dataset: this would be \(dataset), but it \(difference)", found: found, expected: expected,
            remedy: "Where it is another table, name its own dataset in a sidecar (dataset: …); "
                + "where it is the same measure, say so in a definition of \(dataset): "
                + "measures: [{code: \(earlier.code)\(earlier.printedUnit == nil ? "" : ", unit: …")}].")
    }

    private func ambiguous(_ difference: String, found: String, expected: String) -> Reason {
        Reason(
            "ambiguous-dataset: this would be \(dataset), but it has \(difference) compared with \(vintage.periodLabel)",
            found: found, expected: expected,
            remedy: "Name its own dataset in a sidecar (dataset: …); "
                + "where the classification changed, bind a concordance in a definition of \(dataset): concordance: NAME."
        )
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown) … (\(names.count))" : shown
    }
}
