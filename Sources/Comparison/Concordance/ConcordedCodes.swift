package import Annals

/// Codes alone, without their figures: which of a list are those of another year's under other names.
package enum ConcordedCodes {
    /// The codes that share a group with a known one of the other year.
    ///
    /// - Parameters:
    ///   - codes: Of a table.
    ///   - year: The table's.
    ///   - known: Of another table of the same dataset.
    ///   - knownYear: That table's.
    ///   - concordance: What links them.
    /// - Returns: Those of `codes`.
    package static func translated(
        _ codes: [String], of year: Int, to known: [String], of knownYear: Int, by concordance: Concordance
    ) -> Set<String> {
        let validity = CodeValidity(concordance.links)
        let own = CodeDay(of: year, codes: codes, links: concordance.links, validity: validity).day
        let other = CodeDay(of: knownYear, codes: known, links: concordance.links, validity: validity).day
        let isLater = own >= other
        let grouping: CodeGrouping
        do throws(ComparisonRefusal) {
            grouping = try CodeGrouping(
                concordance, from: min(own, other), to: max(own, other), earlier: isLater ? known : codes,
                later: isLater ? codes : known, minor: .merge)
        } catch {
            // Not reached: only the choice of a largest part is refused.
            return []
        }
        let (wanted, given) = (Set(codes), Set(known))
        var translated: Set<String> = []
        for group in grouping.groups {
            let (ours, theirs) = isLater ? (group.later, group.earlier) : (group.earlier, group.later)
            if theirs.contains(where: given.contains) { translated.formUnion(ours.filter(wanted.contains)) }
        }
        return translated
    }

    /// What a concordance alone says of two years: the groups of the codes that it mentions and that are surely valid.
    ///
    /// - Throws: `unknownSizes`.
    package static func outcome(
        of concordance: Concordance, from first: Int, to second: Int, minor: Concordance.Minor
    ) throws(ComparisonRefusal) -> ConcordanceOutcome {
        let validity = CodeValidity(concordance.links)
        let isBackwards = first > second
        let days = [min(first, second), max(first, second)].map(CalendarDay.init(startOf:))
        let codes = days.map { day in validity.codes.filter { validity.state(of: $0, on: day) == .valid }.sorted() }
        let grouping = try CodeGrouping(
            concordance, from: days[0], to: days[1], earlier: codes[0], later: codes[1], minor: minor)
        return ConcordanceOutcome(
            name: concordance.name,
            groups: ConcordedSides.groups(
                grouping.groups, isBackwards: isBackwards, order: isBackwards ? codes[0] : codes[1],
                known: Set(codes.joined())),
            ignored: grouping.ignored)
    }
}
