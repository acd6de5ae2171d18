import Annals

/// How a dense table is gone through for its sums: one block of neighbouring cells after another.
///
/// The last dimensions make the block, so that the innermost loop runs over memory as it lies. Either all cells of a run
/// go to *one* sum: the last dimensions are all summed over. Or the block has a sum for each of its cells, sums that run
/// with the cells, and what they go to is worked out once, when all blocks are added up.
struct SumBlocks {
    /// The dimensions before this one are stepped through from outside.
    let firstDimension: Int
    /// Cells in a block.
    let length: Int
    /// The parts of a block that count, where each goes to one sum; nil where each cell has its own.
    let runs: [Range<Int>]?

    /// Fewest cells in a block, so that a step costs little beside them.
    private static let leastLength = 64
    /// The same where each run goes to one sum, which needs no memory for sums that run with the cells.
    private static let leastRunLength = 16

    init(_ plan: SumPlan) {
        var (first, length) = (plan.keySpace.dimensions.count, 1)
        while first > 0, plan.isSummedOver(first - 1), plan.wanted[first - 1] == nil {
            first -= 1
            length *= plan.count(of: first)
        }
        var runs = [0..<length]
        if first > 0, plan.isSummedOver(first - 1), let wanted = plan.wanted[first - 1] {
            first -= 1
            runs = Self.runs(of: wanted, stride: length)
            length *= plan.count(of: first)
        }
        if first == 0 || length >= Self.leastRunLength {
            (firstDimension, self.length, self.runs) = (first, length, runs)
            return
        }
        (first, length) = (plan.keySpace.dimensions.count, 1)
        while first > 0, length < Self.leastLength {
            first -= 1
            length *= plan.count(of: first)
        }
        (firstDimension, self.length, self.runs) = (first, length, nil)
    }

    /// The cells of neighbouring categories that count.
    private static func runs(of wanted: [Bool], stride: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while let first = wanted[start...].firstIndex(of: true) {
            let end = wanted[first...].firstIndex(of: false) ?? wanted.count
            runs.append(first * stride..<end * stride)
            start = end
        }
        return runs
    }

    /// Every block that counts: its first cell, what the dimensions outside add to the index of a sum, and a number for
    /// those that add the same.
    func forEach(in plan: SumPlan, _ body: (_ start: Int, _ base: Int, _ slot: Int) -> Void) {
        visit(plan, dimension: 0, start: 0, base: 0, slot: 0, body)
    }

    /// How many numbers ``forEach(in:_:)`` gives.
    func slotCount(in plan: SumPlan) -> Int {
        (0..<firstDimension).reduce(1) { plan.isSummedOver($1) ? $0 : $0 * plan.count(of: $1) }
    }

    private func visit(
        _ plan: SumPlan, dimension: Int, start: Int, base: Int, slot: Int, _ body: (Int, Int, Int) -> Void
    ) {
        guard dimension < firstDimension else { return body(start, base, slot) }
        let (count, weight) = (plan.count(of: dimension), plan.weights[dimension])
        let stride = plan.keySpace.strides[dimension]
        let isSummedOver = plan.isSummedOver(dimension)
        for index in 0..<count where plan.wanted[dimension]?[index] ?? true {
            visit(
                plan, dimension: dimension + 1, start: start + index * stride, base: base + index * weight,
                slot: isSummedOver ? slot : slot * count + index, body)
        }
    }

    /// What each cell of a block adds to the index of a sum; -1 where it doesn't count.
    func offsets(in plan: SumPlan) -> [Int] {
        var offsets = [0]
        for dimension in firstDimension..<plan.keySpace.dimensions.count {
            offsets = offsets.flatMap { offset in
                (0..<plan.count(of: dimension)).map { index in
                    offset < 0 || !(plan.wanted[dimension]?[index] ?? true)
                        ? -1 : offset + index * plan.weights[dimension]
                }
            }
        }
        return offsets
    }
}
