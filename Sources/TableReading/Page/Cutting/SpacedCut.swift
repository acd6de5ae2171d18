import Annals

/// The ways in which the words of a row become figures.
///
/// A single space parts two figures, or two groups of three digits of one: `2 549 -448` is two figures or three. Only
/// their number can tell, and the sums that the table prints.
enum SpacedCut {
    /// More are never looked at; the row is refused as if they were all of them.
    static let most = 1_000
    private static let mostSteps = 100_000
    /// Groups of three digits in a figure, the first one among them: more than 18 digits are none.
    private static let mostGroups = 7

    /// All ways to make that many figures of the words, each a list of ranges of them.
    static func all(_ words: ArraySlice<SpacedLine.Word>, count: Int, joinsAlways: Bool) -> [[Range<Int>]] {
        if joinsAlways {
            var fields: [Range<Int>] = []
            for index in words.indices {
                if let last = fields.last, words[index].gap == 1 {
                    fields[fields.count - 1] = last.lowerBound..<index + 1
                } else {
                    fields.append(index..<index + 1)
                }
            }
            return fields.count == count ? [fields] : []
        }
        guard count <= words.count, count >= words.count - joints(words) else { return [] }
        // No figure begins with zeros, unless there is no other way to cut the row.
        for areGroups in [true, false] {
            var search = Search(words: words, mostJoins: mostJoins(words), areGroups: areGroups)
            search.extend(from: words.startIndex, joins: words.count - count)
            // What was not gone through to its end may have more ways than one.
            if search.steps >= mostSteps { return [] }
            if !search.found.isEmpty { return search.found }
        }
        return []
    }

    /// Whether there is a way at all.
    static func isPossible(_ words: ArraySlice<SpacedLine.Word>, count: Int, joinsAlways: Bool) -> Bool {
        if joinsAlways { return !all(words, count: count, joinsAlways: true).isEmpty }
        return count <= words.count && words.count - count <= mostJoins(words)[words.startIndex] ?? 0
    }

    /// How many pairs of neighbours may be one figure.
    static func joints(_ words: ArraySlice<SpacedLine.Word>) -> Int {
        zip(words, words.dropFirst()).reduce(0) { count, pair in
            let isFirst = SpacedLine.mayJoin(pair.0, pair.1, isFirst: true)
            return isFirst || SpacedLine.mayJoin(pair.0, pair.1, isFirst: false) ? count + 1 : count
        }
    }

    /// *Shape:* one a word; the most joins in what begins there.
    private static func mostJoins(_ words: ArraySlice<SpacedLine.Word>) -> [Int: Int] {
        var most: [Int: Int] = [words.endIndex: 0]
        for start in words.indices.reversed() {
            var best = most[start + 1] ?? 0
            var end = start + 1
            while end < words.endIndex, end - start < mostGroups,
                SpacedLine.mayJoin(words[end - 1], words[end], isFirst: end - 1 == start)
            {
                end += 1
                best = max(best, end - 1 - start + (most[end] ?? 0))
            }
            most[start] = best
        }
        return most
    }

    private struct Search {
        let words: ArraySlice<SpacedLine.Word>
        let mostJoins: [Int: Int]
        /// Whether groups that begin with a zero are never the first of a figure.
        let areGroups: Bool
        /// Steps so far; where zeros forbid most ways, not every beginning leads to an end.
        var steps = 0
        var fields: [Range<Int>] = []
        var found: [[Range<Int>]] = []

        /// Nearly every way that it begins leads to an end, so the work is bounded by what is found.
        mutating func extend(from start: Int, joins: Int) {
            steps += 1
            guard found.count < SpacedCut.most, steps < SpacedCut.mostSteps, joins <= mostJoins[start] ?? 0 else {
                return
            }
            guard start < words.endIndex else {
                found.append(fields)
                return
            }
            guard !(areGroups && words[start].isOnlyGroup && words[start].gap == 1) || start == words.startIndex else {
                return
            }
            var end = start + 1
            while true {
                fields.append(start..<end)
                extend(from: end, joins: joins - (end - 1 - start))
                fields.removeLast()
                guard end - start <= joins, end < words.endIndex, end - start < SpacedCut.mostGroups,
                    SpacedLine.mayJoin(words[end - 1], words[end], isFirst: end - 1 == start)
                else { return }
                end += 1
            }
        }
    }
}
