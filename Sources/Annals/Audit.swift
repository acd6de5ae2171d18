/// A statement that a table's own figures must satisfy.
package enum Identity: Hashable, Sendable {
    /// For each combination of the other dimensions: the cell at `code` of `dimension` is the sum of its other categories.
    case total(dimension: String, code: String)
    /// For each combination of the remaining dimensions: the cells at `code` of `dimension` sum to zero over `over`.
    case zeroSum(over: String, dimension: String, code: String)
    /// The cell (a, b) is minus the cell (b, a); the diagonal is zero.
    case antisymmetric(row: String, column: String)
    /// For each combination of the other dimensions: the cell at `code` of `dimension` is the sum of those at `parts`, as a
    /// country is of its regions beside their municipalities.
    case sum(dimension: String, code: String, parts: [String])
    /// No figure of the measure is below zero; nil for every measure.
    case nonNegative(measure: String?)

    /// The name in answers: `total-of-counterpart`.
    package var name: String {
        switch self {
        case .total(let dimension, _): "total-of-\(dimension)"
        case .zeroSum(let over, let dimension, let code): "zero-sum-of-\(over)-at-\(dimension)-\(Slug.name(code))"
        case .antisymmetric(let row, let column): "antisymmetric-\(row)-\(column)"
        case .sum(let dimension, let code, _): "sum-of-\(dimension)-at-\(Slug.name(code))"
        case .nonNegative(let measure): "non-negative" + (measure.map { "-\(Slug.name($0))" } ?? "")
        }
    }
}

/// An identity, and what was found when a table was held against it.
package struct Audit: Hashable, Sendable {
    /// What came of holding a table against an identity.
    package enum Result: String, Sendable, CaseIterable {
        case holds
        /// Off by no more than the rounding that the dataset's definition declares explains.
        case withinRounding = "within-rounding"
        case failed
        /// A hidden cell is concerned in every equation.
        case unchecked
    }

    /// Why the table is expected to satisfy the identity.
    package enum Origin: String, Sendable, CaseIterable {
        /// A definition says so.
        case declared
        /// The table's own figures prove it.
        case inferred
        /// It held for an earlier vintage of the dataset.
        case bound
    }

    /// One equation that does not balance.
    ///
    /// Figures are scaled by the measure's decimals.
    package struct Imbalance: Hashable, Sendable {
        /// One code a dimension, the total's or the first cell's.
        package var at: [String]
        package var expected: Int64
        package var found: Int64
        package var decimals: Int

        package init(at: [String], expected: Int64, found: Int64, decimals: Int) {
            self.at = at
            self.expected = expected
            self.found = found
            self.decimals = decimals
        }
    }

    package var identity: Identity
    package var origin: Origin
    package var result: Result
    /// How many equations had all their figures and were checked.
    package var checked: Int
    /// How many were not, because a figure is missing or hidden.
    package var unchecked: Int
    /// How many failed; ``imbalances`` holds at most the first ``maximumImbalances`` of them.
    package var failed: Int
    package var imbalances: [Imbalance]
    /// Sentences for people: "consistent with 03 × 01 being 96, not 69".
    package var findings: [String]

    package static let maximumImbalances = 50

    package init(
        identity: Identity, origin: Origin, result: Result, checked: Int, unchecked: Int = 0, failed: Int = 0,
        imbalances: [Imbalance] = [], findings: [String] = []
    ) {
        self.identity = identity
        self.origin = origin
        self.result = result
        self.checked = checked
        self.unchecked = unchecked
        self.failed = failed
        self.imbalances = imbalances
        self.findings = findings
    }
}
