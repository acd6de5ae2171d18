package import Annals

/// One figure of each table: a cell, or the sum of a selection.
///
/// A selection leaves totals and other sums of codes out, those of any of the tables, unless it names them.
package struct FigureSelection: Sendable {
    /// What one table has there.
    package struct Figure: Hashable, Sendable {
        /// Scaled by `decimals`; nil where there is none.
        package var value: Int64?
        package var decimals: Int
        /// Nil where the table has no such cell.
        package var status: CellStatus?
        var measure: Measure

        /// With its multiplier: `1000 NOK`.
        package var unit: String? { measure.printedUnit }

        init(value: Int64? = nil, status: CellStatus? = nil, measure: Measure) {
            self.value = value
            self.status = status
            self.measure = measure
            decimals = measure.decimals
        }
    }

    /// One code a dimension of the last table; nil where more than one combination is selected.
    package let at: [String]?
    /// Ids of the last table's dimensions, in order.
    package let dimensions: [String]
    /// The codes that are named, by id of dimension.
    private let wanted: [String: Set<String>]
    /// The codes that are sums of others in any of the tables, by id of dimension; where there is one code in all tables
    /// together, none: it need not be named, be it a total.
    private let sums: [String: SumCodes]

    /// - Parameters:
    ///   - wanted: Codes by id of dimension, as ``Selection`` reads them.
    ///   - keySpaces: Of all tables that will be asked, at least one; the last has the say on dimensions.
    /// - Throws: ``ComparisonRefusal`` for what no table has, and for a sum over several measures.
    package init(where wanted: [String: String], in keySpaces: [KeySpace]) throws(ComparisonRefusal) {
        let joined = Self.joined(keySpaces)
        dimensions = joined.map(\.id)
        if let unknown = wanted.keys.filter({ id in !joined.contains { $0.id == id } }).min() {
            throw .unknownDimension(unknown, known: dimensions)
        }
        var codes: [String: Set<String>] = [:]
        var sums: [String: SumCodes] = [:]
        var at: [String] = []
        for dimension in joined {
            var chosen = dimension.categories.map(\.code)
            if let text = wanted[dimension.id] {
                chosen = try Selection.resolve(text, in: dimension).map { dimension.categories[$0].code }
                codes[dimension.id] = Set(chosen)
                if !dimension.partsOfSums.isEmpty, let overlap = SumCodes(dimension).overlap(among: Set(chosen)) {
                    throw .sumBesidePart(dimension: dimension.id, sum: overlap.sum, part: overlap.part)
                }
            } else if dimension.categories.count > 1 {
                let same = keySpaces.compactMap { keySpace in
                    keySpace.dimensionIndex(dimension.id).map { keySpace.dimensions[$0] }
                }
                sums[dimension.id] = SumCodes(same)
            }
            if dimension.isMeasure, chosen.count > 1 { throw .severalMeasures(dimension: dimension.id, codes: chosen) }
            if chosen.count == 1 { at.append(chosen[0]) }
        }
        self.wanted = codes
        self.sums = sums
        self.at = at.count == joined.count ? at : nil
    }

    /// The last key space's dimensions, with the codes that only others have behind its own.
    private static func joined(_ keySpaces: [KeySpace]) -> [Dimension] {
        guard let last = keySpaces.last else { return [] }
        return last.dimensions.map { dimension in
            var joined = dimension
            var known = Set(dimension.categories.map(\.code))
            for other in keySpaces.reversed() {
                guard let place = other.dimensionIndex(dimension.id) else { continue }
                joined.partsOfSums.merge(other.dimensions[place].partsOfSums) { $0.union($1) }
                for category in other.dimensions[place].categories where known.insert(category.code).inserted {
                    joined.categories.append(category)
                }
            }
            return joined
        }
    }

    /// The figure of one table.
    ///
    /// A sum over codes of which the table lacks some that it should have is incomplete.
    ///
    /// - Throws: `notAdditive` and `sumTooLarge`, where it is a sum.
    package func figure(in table: Table) throws(ComparisonRefusal) -> Figure {
        let keySpace = table.keySpace
        let chosen = keySpace.dimensions.map(indices)
        let measure =
            keySpace.measureDimension.flatMap { chosen[$0].first }.map { table.measures[$0] } ?? table.measures[0]
        // What is refused follows from the measure, whatever cells there are.
        let counts = keySpace.measureDimension.map { !chosen[$0].isEmpty } ?? true
        guard at != nil || !counts || measure.addsUp else { throw .notAdditive(measure: measure) }
        guard wanted.keys.allSatisfy({ keySpace.dimensionIndex($0) != nil }), chosen.allSatisfy({ !$0.isEmpty }) else {
            return Figure(measure: measure)
        }
        // Whether it is a sum is the same for all tables, also for one that has a single part of it.
        if at != nil {
            guard let cell = table.cell(atOrdinal: keySpace.ordinal(chosen.map { $0[0] })) else {
                return Figure(measure: measure)
            }
            return Figure(value: table.cells.number(at: cell), status: table.cells.status(at: cell), measure: measure)
        }
        // What is left of a whole isn't its sum.
        let isIncomplete = keySpace.dimensions.contains { dimension in
            dimension.missingCodes.contains { wanted[dimension.id]?.contains($0) ?? true }
        }
        if isIncomplete { return Figure(status: .incomplete, measure: measure) }
        let isWanted = zip(chosen, keySpace.dimensions).map { chosen, dimension in
            chosen.reduce(into: [Bool](repeating: false, count: dimension.categories.count)) { $0[$1] = true }
        }
        return try Self.sum(SumPlan(keySpace, keeping: [], wanted: isWanted).sums(of: table), measure)
    }

    private static func sum(_ sums: Sums, _ measure: Measure) throws(ComparisonRefusal) -> Figure {
        guard let status = sums.status(of: 0), status.countsAsNumber else {
            return Figure(status: sums.status(of: 0), measure: measure)
        }
        guard let value = Int64(exactly: sums.values[0]) else { throw .sumTooLarge(at: []) }
        return Figure(value: value, status: status, measure: measure)
    }

    /// The categories of a dimension that count.
    private func indices(of dimension: Dimension) -> [Int] {
        if let codes = wanted[dimension.id] {
            // One code is the usual thing, and this is asked of every release of every year.
            if codes.count == 1, let code = codes.first { return dimension.index(of: code).map { [$0] } ?? [] }
            return dimension.categories.indices.filter { codes.contains(dimension.categories[$0].code) }
        }
        guard let sums = sums[dimension.id], !sums.codes.isEmpty else { return Array(dimension.categories.indices) }
        let codes = sums.codes(beside: dimension.categories)
        return dimension.categories.indices.filter { !codes.contains(dimension.categories[$0].code) }
    }
}
