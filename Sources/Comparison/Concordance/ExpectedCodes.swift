import Annals

/// Codes that one of two tables has and the other should have, by the concordance, and hasn't.
///
/// Whether a link lies between the two has no say: a code that is known and surely valid is expected. What a table lacks
/// so makes its sums incomplete, rather than sums of what is left.
enum ExpectedCodes {
    /// Groups with what is expected: a code that stands alone, on the side that lacks it; and one that others join, or that
    /// others leave, beside these.
    ///
    /// Each table has the codes of a day.
    static func added(
        to groups: [ConcordanceOutcome.Group], _ first: CodeInventory, on day: CalendarDay, _ second: CodeInventory,
        on other: CalendarDay, _ validity: CodeValidity
    ) -> [ConcordanceOutcome.Group] {
        // A code that ended and is printed still is in a group with what became of it, on the other side.
        let (taken, otherTaken) = (Set(groups.flatMap(\.from)), Set(groups.flatMap(\.to)))
        return groups.map { group in
            var group = group
            if group.to.isEmpty, otherTaken.isDisjoint(with: group.from),
                isExpected(group.from, on: other, second, validity)
            {
                group.to = group.from
            }
            if group.from.isEmpty, taken.isDisjoint(with: group.to), isExpected(group.to, on: day, first, validity) {
                group.from = group.to
            }
            guard !group.from.isEmpty, !group.to.isEmpty else { return group }
            let (from, to) = (group.from, group.to)
            group.from += forgotten(to, beside: from, on: day, first, validity)
            group.to += forgotten(from, beside: to, on: other, second, validity)
            return group
        }
    }

    /// The codes of one side that the other should have as well: `B`, which `S` is joined to, where a table has `S` alone.
    private static func forgotten(
        _ codes: [String], beside others: [String], on day: CalendarDay, _ inventory: CodeInventory,
        _ validity: CodeValidity
    ) -> [String] {
        codes.filter { code in
            !others.contains(code) && !inventory.codes.contains(code)
                && isExpected([code], on: day, inventory, validity)
        }
    }

    /// Whether a table that has nothing of a group should have its one code.
    static func isExpected(
        _ codes: [String], on day: CalendarDay, _ inventory: CodeInventory, _ validity: CodeValidity
    ) -> Bool {
        // What is there and says nothing is no gap.
        codes.count == 1 && !inventory.idle.contains(codes[0]) && validity.expects(codes[0], on: day)
    }

    /// Whether a table has nothing of a group of which it should have something.
    static func areMissing(
        in groups: [ConcordanceOutcome.Group], _ first: CodeInventory, _ second: CodeInventory
    ) -> Bool {
        let (own, other) = (Set(first.codes), Set(second.codes))
        return groups.contains { group in
            !group.from.isEmpty && !group.to.isEmpty
                && (own.isDisjoint(with: group.from) || other.isDisjoint(with: group.to))
        }
    }
}
