import Annals

/// The codes of two tables together, and where each stands in either.
struct KeySpaceUnion {
    /// `to`'s dimensions, with its codes first and then those that only `from` has.
    let keySpace: KeySpace
    /// Whether both tables have the same codes in the same order, so that ordinals are the same in all three.
    let isSame: Bool
    /// Whether a category is a total, or another sum of categories, in either table.
    ///
    /// *Shape:* one array a dimension; empty where the dimension has no total.
    let totals: [[Bool]]
    /// The dimension of `from` that each of the union's is.
    let fromDimensions: [Int]
    /// The index in the union of each of `from`'s categories.
    ///
    /// *Shape:* one array a dimension of the union.
    let unionIndices: [[Int]]
    private let toCounts: [Int]
    /// The index in `from` of each of the union's categories, -1 where it has none.
    private let fromIndices: [[Int]]

    init(from: KeySpace, to: KeySpace) throws(ComparisonRefusal) {
        var dimensions: [Dimension] = []
        var places: [Int] = []
        var unionIndices: [[Int]] = []
        for later in to.dimensions {
            guard let place = from.dimensionIndex(later.id), from.dimensions[place].isMeasure == later.isMeasure else {
                throw .differentDimensions(from: from.dimensions.map(\.id), to: to.dimensions.map(\.id))
            }
            let (dimension, indices) = Self.join(from.dimensions[place], later)
            dimensions.append(dimension)
            places.append(place)
            unionIndices.append(indices)
        }
        guard from.dimensions.count == to.dimensions.count else {
            throw .differentDimensions(from: from.dimensions.map(\.id), to: to.dimensions.map(\.id))
        }
        guard let keySpace = KeySpace(dimensions) else { throw .tooManyCombinations }
        self.keySpace = keySpace
        self.unionIndices = unionIndices
        fromDimensions = places
        toCounts = to.dimensions.map(\.categories.count)
        fromIndices = zip(unionIndices, dimensions).map { indices, dimension in
            var reversed = [Int](repeating: -1, count: dimension.categories.count)
            for (index, place) in indices.enumerated() { reversed[place] = index }
            return reversed
        }
        isSame =
            places == Array(places.indices)
            && zip(unionIndices, dimensions).allSatisfy { indices, dimension in
                indices.count == dimension.categories.count && indices.indices.allSatisfy { indices[$0] == $0 }
            } && toCounts == dimensions.map(\.categories.count)
        totals = places.indices.map { index in
            let categories = dimensions[index].categories
            let sums = SumCodes([from.dimensions[places[index]], to.dimensions[index]])
            return sums.codes.isEmpty ? [] : categories.map(sums.contains)
        }
    }

    /// The later dimension with the codes that only the earlier has, and where each of the earlier's codes went.
    private static func join(_ earlier: Dimension, _ later: Dimension) -> (Dimension, [Int]) {
        var joined = later
        if joined.totalCode == nil { joined.totalCode = earlier.totalCode }
        joined.partsOfSums.merge(earlier.partsOfSums) { $0.union($1) }
        joined.namesakes.formUnion(earlier.namesakes)
        if hasSameCodes(earlier.categories, later.categories) {
            return (joined, Array(earlier.categories.indices))
        }
        var places = later.indexByCode()
        let indices = earlier.categories.map { category in
            if let place = places[category.code] { return place }
            places[category.code] = joined.categories.count
            joined.categories.append(category)
            return joined.categories.count - 1
        }
        return (joined, indices)
    }

    private static func hasSameCodes(_ left: [Category], _ right: [Category]) -> Bool {
        guard left.count == right.count else { return false }
        // Years of a dataset share their key space in memory: then there is nothing to compare.
        let isSameStorage = left.withUnsafeBufferPointer { first in
            right.withUnsafeBufferPointer { first.baseAddress == $0.baseAddress }
        }
        return isSameStorage || zip(left, right).allSatisfy { $0.code == $1.code }
    }

    /// The index of a category of the union in `from`; nil where it has none.
    func fromIndex(of category: Int, in dimension: Int) -> Int? {
        let index = fromIndices[dimension][category]
        return index < 0 ? nil : index
    }

    /// The index of a category of the union in `to`, whose categories come first.
    func toIndex(of category: Int, in dimension: Int) -> Int? { category < toCounts[dimension] ? category : nil }
}
