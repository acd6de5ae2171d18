import Annals

extension Figures {
    /// Fewest equations with figures other than zero that prove an identity.
    static let fewestProofs = 3

    /// The category of a dimension that the figures prove to be the total of the others.
    ///
    /// Tried are categories with a total's name, and the first and the last. One without the name needs three equations
    /// with two parts each, so that a copied column is no proof, and nothing hidden in any; one with it, three equations,
    /// or a single one with three parts: a label and an exact sum are no coincidence together.
    func inferTotal(of dimension: Int) -> Int? {
        let categories = keySpace.dimensions[dimension].categories
        guard categories.count >= 3 else { return nil }
        // A code that is known to be a sum is audited as one.
        let known = sumCodes[keySpace.dimensions[dimension].id] ?? []
        let open = categories.indices.filter { !known.contains(categories[$0].code) }
        let named = open.filter { TotalNames.name(categories[$0]) }
        let candidates = named + [0, categories.count - 1].filter { !named.contains($0) && open.contains($0) }
        let tallies = tallies(ofTotals: candidates, along: dimension, failingAtMost: 0)
        let proved = candidates.indices.filter { place in
            let tally = tallies[place]
            guard tally.failed == 0 else { return false }
            // Of a code that nobody calls a total, that others prove it would say what is hidden in it or its parts.
            guard place < named.count else { return tally.strong >= Self.fewestProofs && tally.hidden == 0 }
            return tally.strong >= Self.fewestProofs
                || tally.telling >= Self.fewestProofs
                || (tally.widest >= Self.fewestProofs && tally.checked >= tally.unchecked)
        }
        let provedNames = proved.filter { $0 < named.count }
        // Two that both hold leave open which is the total; a name decides.
        if provedNames.count == 1 { return candidates[provedNames[0]] }
        return proved.count == 1 ? candidates[proved[0]] : nil
    }

    /// Pairs of dimensions that have the same codes, but for a total.
    ///
    /// With `namedTotals` a category with a total's name in both is left out too, because its figures can't prove it yet.
    func squares(leavingOutNamedTotals namedTotals: Bool) -> [CodeMirror] {
        let dimensions = keySpace.dimensions
        // Nearly no table has a pair, so names are asked only where one may be.
        var totals = [[Bool]?](repeating: nil, count: dimensions.count)
        func isTotal(_ dimension: Int) -> [Bool] {
            if let known = totals[dimension] { return known }
            let total = dimensions[dimension].totalIndex
            let found = dimensions[dimension].categories.enumerated().map { index, category in
                index == total || (namedTotals && TotalNames.name(category))
            }
            totals[dimension] = found
            return found
        }
        var squares: [CodeMirror] = []
        for row in dimensions.indices where !dimensions[row].isMeasure {
            for column in dimensions.indices.dropFirst(row + 1) where !dimensions[column].isMeasure {
                guard abs(dimensions[row].categories.count - dimensions[column].categories.count) <= 1 else { continue }
                let (rowTotals, columnTotals) = (isTotal(row), isTotal(column))
                let mirror = CodeMirror(row: row, column: column, of: keySpace) {
                    $0 == row ? rowTotals[$1] : columnTotals[$1]
                }
                if mirror.isSquare { squares.append(mirror) }
            }
        }
        return squares
    }

    /// Whether a fully printed matrix is antisymmetric in every pair, three of them other than zero.
    func provesAntisymmetric(_ mirror: CodeMirror) -> Bool {
        let tally = tally(.antisymmetric(mirror), stopsWhenBroken: true)
        return tally.failed == 0 && tally.lopsided == 0 && tally.telling >= Self.fewestProofs
    }
}

/// What the totals of a half-printed matrix say about its antisymmetric completion.
enum CompletionVerdict {
    /// All agree exactly.
    case proved
    /// All but a few agree.
    ///
    /// That a quarter of the rows, or two, are off while the others agree to the last digit is no coincidence: the
    /// table is antisymmetric and a figure in it has changed. One changed cell breaks two rows (its own and its
    /// mirror's), one changed total breaks one. Taking the table as it stands would file a first vintage with half of
    /// its cells blank, and nothing would ever bind a later one; so it is refused until somebody says what it is.
    case suspicious
    /// They say something else, or nothing.
    case unproved

    /// - Parameter tallies: One for each total, held against the completed figures.
    init(_ tallies: [Tally]) {
        let isProved = tallies.allSatisfy { $0.failed == 0 && $0.telling >= Figures.fewestProofs }
        let isClose = tallies.allSatisfy { tally in
            tally.failed <= max(2, tally.checked / 4) && tally.telling >= max(2, tally.failed)
        }
        self = tallies.isEmpty ? .unproved : isProved ? .proved : isClose ? .suspicious : .unproved
    }
}
