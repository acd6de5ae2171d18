/// How many cells of a delta went which way.
package struct DeltaSummary: Codable, Hashable, Sendable {
    package var compared: Int
    package var appeared: Int
    package var vanished: Int
    /// From a figure to a reason, from a reason to a figure, or from one reason to another.
    package var transitions: Int
    /// The same reason on both sides.
    package var sameReason: Int
    package var increased: Int
    package var decreased: Int
    package var unchanged: Int
    /// Compared cells whose change could be taken apart, and those where it couldn't; nil where nobody asked.
    package var explained: Int?
    package var unexplained: Int?
    /// Counted cells of two years that go across a break in their series; nil between versions of a year.
    package var acrossBreak: Int?

    package init(
        compared: Int, appeared: Int, vanished: Int, transitions: Int, sameReason: Int = 0, increased: Int,
        decreased: Int, unchanged: Int, explained: Int? = nil, unexplained: Int? = nil, acrossBreak: Int? = nil
    ) {
        self.compared = compared
        self.appeared = appeared
        self.vanished = vanished
        self.transitions = transitions
        self.sameReason = sameReason
        self.increased = increased
        self.decreased = decreased
        self.unchanged = unchanged
        self.explained = explained
        self.unexplained = unexplained
        self.acrossBreak = acrossBreak
    }
}

extension DeltaSummary: CustomStringConvertible {
    /// In words, only what there is.
    package var description: String {
        let parts = [
            (increased, "increased"), (decreased, "decreased"), (unchanged, "unchanged"), (appeared, "appeared"),
            (vanished, "vanished"), (transitions, "changed status"), (sameReason, "without a figure still"),
            (explained ?? 0, "explained"), (unexplained ?? 0, "not explained"), (acrossBreak ?? 0, "across a break"),
        ].filter { $0.0 > 0 }
        return parts.isEmpty ? "nothing to compare" : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
