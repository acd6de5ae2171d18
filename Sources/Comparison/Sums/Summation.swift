package import Annals

/// Tables summed over all dimensions but one: what `--by` compares.
///
/// What a sum holds is decided once for the two tables that are compared, so that every other vintage of their years is
/// summed alike. Totals never enter: neither those of the two, nor a table's own.
package struct Summation: Sendable {
    /// The dimension that stays.
    private let dimension: String
    /// The codes that count, by id of dimension; none where all do.
    private let wanted: [String: Set<String>]
    /// Codes that are totals or other sums in either table, by id of dimension.
    private let sums: [String: SumCodes]
    /// Those of them that count all the same, by id of dimension.
    private let named: [String: Set<String>]

    /// - Parameters:
    ///   - dimension: The id of the dimension that stays.
    ///   - from: The earlier table.
    ///   - to: The later one.
    ///   - wanted: Codes by id of dimension, as ``Selection`` reads them.
    /// - Throws: ``ComparisonRefusal`` where a sum would mean nothing, or something isn't there.
    package init(
        by dimension: String, from: Table, to: Table, where wanted: [String: String] = [:]
    ) throws(ComparisonRefusal) {
        let union = try KeySpaceUnion(from: from.keySpace, to: to.keySpace)
        guard union.keySpace.dimensionIndex(dimension) != nil else {
            throw .unknownDimension(dimension, known: union.keySpace.dimensions.map(\.id))
        }
        let selection = try Selection(wanted, in: union.keySpace)
        self.dimension = dimension
        self.wanted = Self.codes(of: union.keySpace) { place in
            selection.indices[place].map { Set($0) }
        }
        sums = Dictionary(
            uniqueKeysWithValues: to.keySpace.dimensions.map { dimension in
                let other = from.keySpace.dimensionIndex(dimension.id).map { from.keySpace.dimensions[$0] }
                return (dimension.id, SumCodes([dimension] + [other].compactMap(\.self)))
            })
        named = try Self.named(of: self.wanted, in: union.keySpace, keeping: dimension)
        for table in [from, to] {
            if let measure = measures(of: table).first(where: { !$0.addsUp }) { throw .notAdditive(measure: measure) }
        }
    }

    /// Of the codes that are wanted those that are known to be sums of others, but for totals: who names a country means it.
    ///
    /// - Throws: `sumBesidePart` where a part of one is wanted with it.
    private static func named(
        of wanted: [String: Set<String>], in keySpace: KeySpace, keeping kept: String
    ) throws(ComparisonRefusal) -> [String: Set<String>] {
        var named: [String: Set<String>] = [:]
        for dimension in keySpace.dimensions where !dimension.partsOfSums.isEmpty {
            guard let codes = wanted[dimension.id] else { continue }
            if dimension.id != kept, let overlap = SumCodes(dimension).overlap(among: codes) {
                throw .sumBesidePart(dimension: dimension.id, sum: overlap.sum, part: overlap.part)
            }
            named[dimension.id] = codes.intersection(dimension.partsOfSums.keys)
        }
        return named
    }

    /// The same with a selection of measures alone.
    private init(_ other: Summation, wanted: [String: Set<String>]) {
        dimension = other.dimension
        sums = other.sums
        named = [:]
        self.wanted = wanted
    }

    /// The same over whole tables; the measures that were left out stay so.
    func withoutSelection(in table: Table) -> Summation {
        let measure = table.keySpace.measureDimension.map { table.keySpace.dimensions[$0].id }
        return Summation(self, wanted: wanted.filter { $0.key == measure })
    }

    /// Of the selection what is left to choose among sums: measures.
    func measureSelection(in table: Table) -> [String: String] {
        guard let place = table.keySpace.measureDimension, let codes = wanted[table.keySpace.dimensions[place].id]
        else {
            return [:]
        }
        return [table.keySpace.dimensions[place].id: codes.sorted().joined(separator: ",")]
    }

    /// Whether there is a selection.
    var isSelective: Bool { !wanted.isEmpty }

    private static func codes(
        of keySpace: KeySpace, _ indices: (Int) -> Set<Int>?
    ) -> [String: Set<String>] {
        var codes: [String: Set<String>] = [:]
        for (place, dimension) in keySpace.dimensions.enumerated() {
            guard let indices = indices(place) else { continue }
            codes[dimension.id] = Set(indices.map { dimension.categories[$0].code })
        }
        return codes
    }

    /// The measures that are summed.
    private func measures(of table: Table) -> [Measure] {
        guard let place = table.keySpace.measureDimension,
            let codes = wanted[table.keySpace.dimensions[place].id]
        else { return table.measures }
        return zip(table.keySpace.dimensions[place].categories, table.measures)
            .filter { codes.contains($0.0.code) }.map(\.1)
    }

    /// A table of sums: the dimension that stays, then that of the measures where there is one.
    ///
    /// A part without a figure leaves its sum without one (``SumStatus``). Where no part is there, there is no cell.
    /// Where a code is missing that a concordance says should be there, all sums over it are incomplete. A sum has
    /// the flags of all its parts, but `derived`: all sums are.
    ///
    /// - Throws: `sumTooLarge`; `unknownDimension` for a table of another structure.
    package func sums(of table: Table) throws(ComparisonRefusal) -> Table {
        let keySpace = table.keySpace
        guard let place = keySpace.dimensionIndex(dimension) else {
            throw .unknownDimension(dimension, known: keySpace.dimensions.map(\.id))
        }
        let kept = [place] + [keySpace.measureDimension].compactMap { $0 == place ? nil : $0 }
        let plan = SumPlan(keySpace, keeping: kept, wanted: keySpace.dimensions.map(counting))
        var dimension = keySpace.dimensions[place]
        let (id, codes) = (dimension.id, leftOut(of: dimension))
        let indices = dimension.categories.indices.filter { !codes.contains(dimension.categories[$0].code) }
        dimension.categories = indices.map { dimension.categories[$0] }
        dimension.totalCode = nil
        dimension.partsOfSums = [:]
        dimension.isOfSums = true
        // A part of a key space that fits.
        guard let summed = KeySpace([dimension] + kept.dropFirst().map { keySpace.dimensions[$0] }) else {
            throw .tooManyCombinations
        }
        let lacks = keySpace.dimensions.contains { other in
            other.id != id && other.missingCodes.contains { wanted[other.id]?.contains($0) ?? true }
        }
        return try Self.table(
            like: table, summed, plan.sums(of: table), flags: plan.flags(of: table), categories: indices,
            isIncomplete: lacks)
    }

    /// For each category of a table's dimension whether it goes into sums; nil where all do.
    func counting(_ dimension: Dimension) -> [Bool]? {
        let (codes, leftOut) = (wanted[dimension.id], leftOut(of: dimension))
        guard codes != nil || !leftOut.isEmpty else { return nil }
        return dimension.categories.map { category in
            (codes?.contains(category.code) ?? true) && !leftOut.contains(category.code)
        }
    }

    /// The codes of a table's dimension that never go into sums: what is a sum in the two tables, or in the one itself.
    func leftOut(of dimension: Dimension) -> Set<String> {
        let own = SumCodes(dimension)
        let all = sums[dimension.id]?.joined(with: own) ?? own
        return all.codes(beside: dimension.categories).subtracting(named[dimension.id] ?? [])
    }

    private static func table(
        like table: Table, _ keySpace: KeySpace, _ sums: Sums, flags: [UInt16]?, categories: [Int], isIncomplete: Bool
    ) throws(ComparisonRefusal) -> Table {
        let perCategory = keySpace.strides.first ?? 1
        var ordinals: [UInt64] = []
        var cells = CellsBuilder()
        for ordinal in 0..<keySpace.size {
            let sum = categories[ordinal / perCategory] * perCategory + ordinal % perCategory
            guard let own = sums.status(of: sum) else { continue }
            let status = isIncomplete ? .incomplete : own
            guard let value = status.countsAsNumber ? Int64(exactly: sums.values[sum]) : 0 else {
                throw .sumTooLarge(at: keySpace.codes(at: ordinal))
            }
            ordinals.append(UInt64(ordinal))
            // There are no more marks than statuses and combinations of flags.
            _ = cells.append(value, Mark(status, flags: CellFlags(rawValue: flags?[sum] ?? 0)))
        }
        var summed = table
        summed.keySpace = keySpace
        summed.presence = ordinals.count == keySpace.size ? .dense : .sparse(ordinals)
        summed.cells = cells.finish()
        return summed
    }
}
