import Annals

extension Figures {
    /// The codes of a dimension that are called a total by all of their label and are too small for one: a municipality
    /// `Alle` beside larger ones.
    ///
    /// Only counts and amounts tell: of a mean, or a figure of which nobody says what it is, the total may be less than
    /// its parts. And only figures none of which is below zero. That rounding, a mistake or a list of several levels looks
    /// so in nearly all combinations, three at least, is out of the question.
    func namesakes(of index: Int) -> Set<String> {
        let dimension = keySpace.dimensions[index]
        guard !dimension.isMeasure, dimension.totalCode == nil else { return [] }
        let named = dimension.categories.indices.filter { TotalNames.isWholeName(dimension.categories[$0]) }
        return Set(named.filter { isTooSmall($0, of: index) }.map { dimension.categories[$0].code })
    }

    /// A list of more levels than this would say a code's name for nothing.
    private static let mostLevels = 8

    private func isTooSmall(_ category: Int, of dimension: Int) -> Bool {
        let stride = keySpace.strides[dimension]
        var (seen, tooSmall) = (0, 0)
        forEachKey(ofDimension: dimension, at: category) { key in
            guard [.count, .amount].contains(measure(at: key).kind), isSummed(at: key),
                let whole = number(at: key + category * stride), whole >= 0
            else { return true }
            var (sum, largest, isNegative) = (Int128(0), Int64(0), false)
            for other in keySpace.dimensions[dimension].categories.indices where other != category {
                guard let number = number(at: key + other * stride) else { continue }
                sum += Int128(number)
                largest = max(largest, number)
                isNegative = isNegative || number < 0
            }
            guard !isNegative, sum > 0 || whole > 0 else { return true }
            seen += 1
            // More than rounding to fives and tens explains.
            let isLess = Int128(largest) > Int128(whole) + Int128(whole) / 10 + 10
            if isLess || sum > Int128(Self.mostLevels) * (Int128(whole) + 10) { tooSmall += 1 }
            return true
        }
        return tooSmall >= Self.fewestProofs && (seen - tooSmall) * Tally.likelyPerFailure <= seen
    }
}
