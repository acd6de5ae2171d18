import Annals

/// The codes that a table has in the dimensions that a concordance is for, and which of them it uses.
struct CodeInventory {
    /// In the table's order, each once; totals and other sums left out, but for sums that the concordance names.
    let codes: [String]
    /// Those without any figure but zero in every cell of theirs; only looked for among those that were asked about.
    let idle: Set<String>

    /// - Parameters:
    ///   - table: Whose codes.
    ///   - dimensions: Places of its dimensions.
    ///   - isNamed: Whether the concordance names a code: a county beside its municipalities becomes another one, as they do.
    ///   - isDoubtful: Whether a code may not be in use; a pass over the cells is made only where one is.
    init(
        _ table: Table, dimensions: [Int], isNamed: (String) -> Bool = { _ in false }, isDoubtful: (String) -> Bool
    ) {
        var codes: [String] = []
        var places: [String: Int] = [:]
        var placeOfCategory = table.keySpace.dimensions.map { _ in [Int]() }
        for dimension in dimensions {
            let axis = table.keySpace.dimensions[dimension]
            let sums = SumCodes(axis)
            placeOfCategory[dimension] = axis.categories.map { category in
                if sums.contains(category), !isNamed(category.code) { return -1 }
                if let place = places[category.code] { return place }
                places[category.code] = codes.count
                codes.append(category.code)
                return codes.count - 1
            }
        }
        self.codes = codes
        let doubtful = codes.map(isDoubtful)
        guard doubtful.contains(true) else {
            idle = []
            return
        }
        var isUsed = [Bool](repeating: false, count: codes.count)
        let saysNothing = table.cells.palette.map { $0.status == .notApplicable || $0.status == .blank }
        let isNumber = table.cells.palette.map(\.status.countsAsNumber)
        for cell in 0..<table.cells.count {
            let mark = Int(table.cells.marks[cell])
            if saysNothing[mark] || (isNumber[mark] && table.cells.values[cell] == 0) { continue }
            let ordinal = table.ordinal(ofCell: cell)
            for dimension in dimensions {
                let place = placeOfCategory[dimension][table.keySpace.index(ofDimension: dimension, at: ordinal)]
                if place >= 0 { isUsed[place] = true }
            }
        }
        idle = Set(codes.indices.filter { doubtful[$0] && !isUsed[$0] }.map { codes[$0] })
    }

    /// The codes in use.
    var used: [String] { codes.filter { !idle.contains($0) } }
}
