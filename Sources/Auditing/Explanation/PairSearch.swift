import Annals

/// Looks for pairs of printed cells that explain together what is broken, and neither does alone.
///
/// One of the two stands in the equation that the search starts with. Where it leaves another broken equation alone, the
/// second stands in that one; else where the first would break one that holds, the second mends it. So a few hundred pairs
/// are tried of a table of any size, and of each the two errors follow from two equations.
struct PairSearch {
    /// Most pairs that are tried.
    private static let limit = 20_000

    private let start: [Int]
    private var seen: Set<[Int]> = []
    private(set) var isComplete = true

    init(startingWith start: [Int]) { self.start = start }

    /// Every pair once, the cell that comes first in key order first.
    mutating func pairs(_ search: inout ExplanationSearch) -> [[CellCorrection]] {
        var pairs: [[CellCorrection]] = []
        for first in start {
            for second in partners(of: first, &search) where second != first {
                let pair = [min(first, second), max(first, second)]
                guard seen.insert(pair).inserted else { continue }
                guard seen.count <= Self.limit else {
                    isComplete = false
                    return pairs.sorted { Self.precedes($0, $1) }
                }
                if let errors = errors(of: pair[0], pair[1], &search),
                    let left = search.correction(at: pair[0], error: errors.0),
                    let right = search.correction(at: pair[1], error: errors.1)
                {
                    pairs.append([left, right])
                }
            }
        }
        return pairs.sorted { Self.precedes($0, $1) }
    }

    private static func precedes(_ left: [CellCorrection], _ right: [CellCorrection]) -> Bool {
        (left[0].ordinal, left[1].ordinal) < (right[0].ordinal, right[1].ordinal)
    }

    /// The cells of which one must be the second.
    private func partners(of first: Int, _ search: inout ExplanationSearch) -> [Int] {
        let effects = search.effects(of: first)
        let untouched = search.residuals.keys.filter { effects[$0] == nil }
        if let equation = Self.least(untouched) { return search.printedMembers(of: equation) }
        let disturbed = effects.keys.filter { search.residuals[$0] == nil && search.residual(of: $0) != nil }
        if let equation = Self.least(disturbed) { return search.printedMembers(of: equation) }
        return search.residuals.keys.flatMap { search.printedMembers(of: $0) }
    }

    /// Dictionaries have no order, and an answer has one.
    private static func least(_ equations: [ExplanationSearch.EquationID]) -> ExplanationSearch.EquationID? {
        equations.min { ($0.identity, $0.key) < ($1.identity, $1.key) }
    }

    /// The errors of two cells that every equation calls for; nil where there are none, where one of them is zero, or where
    /// any split of one error would do.
    private func errors(of first: Int, _ second: Int, _ search: inout ExplanationSearch) -> (Int128, Int128)? {
        let (left, right) = (search.effects(of: first), search.effects(of: second))
        var rows: [(left: Int128, right: Int128, residual: Int128)] = []
        for equation in Set(left.keys).union(right.keys).union(search.residuals.keys) {
            guard let residual = search.residual(of: equation) else { continue }
            rows.append((left[equation] ?? 0, right[equation] ?? 0, residual))
        }
        guard let errors = Self.solution(of: rows), errors.0 != 0, errors.1 != 0 else { return nil }
        // Signs are 1 or 2 and residuals far from what 128 bits hold.
        return rows.allSatisfy { $0.left * errors.0 + $0.right * errors.1 == $0.residual } ? errors : nil
    }

    /// Of the first two equations that are independent.
    private static func solution(of rows: [(left: Int128, right: Int128, residual: Int128)]) -> (Int128, Int128)? {
        for (place, one) in rows.enumerated() {
            for other in rows[(place + 1)...] {
                let determinant = one.left * other.right - one.right * other.left
                guard determinant != 0 else { continue }
                let (first, firstRest) = (one.residual * other.right - one.right * other.residual)
                    .quotientAndRemainder(dividingBy: determinant)
                let (second, secondRest) = (one.left * other.residual - one.residual * other.left)
                    .quotientAndRemainder(dividingBy: determinant)
                return firstRest == 0 && secondRest == 0 ? (first, second) : nil
            }
        }
        return nil
    }
}
