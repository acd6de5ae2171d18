/// The dimensions of a table and the arithmetic of their combinations.
///
/// A combination's *ordinal* is its place in row-major order (the last dimension varies fastest), 0…`size`-1.
/// Cells are stored in ordinal order, which is the key order of every answer.
package struct KeySpace: Hashable, Sendable {
    package let dimensions: [Dimension]
    /// Ordinals between neighbours along each dimension.
    ///
    /// *Shape:* one a dimension.
    package let strides: [Int]
    /// How many combinations there are; 1 for no dimensions.
    package let size: Int

    /// Nil where the number of combinations does not fit an `Int`.
    package init?(_ dimensions: [Dimension]) {
        var strides = [Int](repeating: 1, count: dimensions.count)
        var size = 1
        for index in dimensions.indices.reversed() {
            strides[index] = size
            let (product, overflow) = size.multipliedReportingOverflow(by: dimensions[index].categories.count)
            if overflow { return nil }
            size = product
        }
        self.dimensions = dimensions
        self.strides = strides
        self.size = size
    }

    /// The ordinal of one category index a dimension.
    ///
    /// Indices must be in range.
    package func ordinal(_ indices: [Int]) -> Int {
        precondition(indices.count == strides.count, "one index a dimension")
        return zip(indices, strides).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The category index along one dimension of the combination with that ordinal.
    package func index(ofDimension dimension: Int, at ordinal: Int) -> Int {
        (ordinal / strides[dimension]) % dimensions[dimension].categories.count
    }

    /// One category index a dimension.
    package func indices(at ordinal: Int) -> [Int] {
        dimensions.indices.map { index(ofDimension: $0, at: ordinal) }
    }

    /// One code a dimension, in order: `at` in every answer.
    package func codes(at ordinal: Int) -> [String] {
        dimensions.indices.map { dimensions[$0].categories[index(ofDimension: $0, at: ordinal)].code }
    }

    /// The ordinal of one code a dimension, or nil where one is unknown or the count differs.
    package func ordinal(ofCodes codes: [String]) -> Int? {
        guard codes.count == dimensions.count else { return nil }
        var ordinal = 0
        for (position, code) in codes.enumerated() {
            guard let index = dimensions[position].index(of: code) else { return nil }
            ordinal += index * strides[position]
        }
        return ordinal
    }

    /// Place of a dimension by id.
    package func dimensionIndex(_ id: String) -> Int? { dimensions.firstIndex { $0.id == id } }

    /// Place of the dimension whose categories are the measures, where there is one.
    package var measureDimension: Int? { dimensions.firstIndex(where: \.isMeasure) }
}
