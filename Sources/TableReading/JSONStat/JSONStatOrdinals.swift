/// Which figure stands for a combination.
struct JSONStatOrdinals {
    /// *Shape:* one a figure; nil where all combinations are there in order.
    private let ordinals: [UInt64]?
    /// Where the ordinals aren't ascending.
    private var figures: [UInt64: Int] = [:]

    /// - Parameter ordinals: *Shape:* one a figure, each once; nil where all combinations are there in order.
    init(_ ordinals: [UInt64]?) {
        self.ordinals = ordinals
        guard let ordinals, !zip(ordinals, ordinals.dropFirst()).allSatisfy({ $0 < $1 }) else { return }
        figures = Dictionary(zip(ordinals, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// Nil where the combination has none.
    func figure(at ordinal: Int) -> Int? {
        guard let ordinals else { return ordinal }
        let wanted = UInt64(ordinal)
        if !figures.isEmpty { return figures[wanted] }
        var (low, high) = (0, ordinals.count)
        while low < high {
            let middle = (low + high) / 2
            if ordinals[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < ordinals.count && ordinals[low] == wanted ? low : nil
    }
}
