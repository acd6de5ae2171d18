import Comparison

/// What `deltas` prints.
struct DeltasReport: Encodable {
    let cells: Int
    /// Milliseconds: every change as a column, the twenty largest, sums by a dimension.
    let all: Spread
    let top: Spread
    let sums: Spread
    let answer: Summary

    /// What the questions came to, for who compares it with others' answers.
    struct Summary: Encodable {
        let compared: Int
        let changeSum: Int64
        let largest: [Row]
        let sums: [Row]
    }

    /// One row of a delta.
    struct Row: Encodable {
        let at: [String]
        let change: Int64?
    }

    /// What the questions came to.
    struct Answer {
        var changes: ChangeColumns?
        var largest: [Row] = []
        var sums: [Row] = []

        var summary: Summary {
            let (comparisons, changes) = (changes?.comparisons ?? [], changes?.changes ?? [])
            return Summary(
                compared: comparisons.count { $0 == .compared }, changeSum: changes.reduce(0, +), largest: largest,
                sums: sums)
        }
    }

    static func rows(of delta: Delta) -> [Row] {
        (0..<delta.count).map { index in
            Row(at: delta.codes(at: index), change: delta.row(index).change.flatMap { Int64(exactly: $0) })
        }
    }
}
