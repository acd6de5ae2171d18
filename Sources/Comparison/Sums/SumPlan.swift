import Annals

/// Which combinations of a key space go to which sum.
///
/// A sum's *index* is row-major over the categories of the kept dimensions, in the order in which they are kept.
struct SumPlan {
    let keySpace: KeySpace
    /// For each category whether it counts; nil where all do.
    ///
    /// *Shape:* `[dimension][category]`.
    let wanted: [[Bool]?]
    /// The dimensions whose categories have sums of their own; over all others is summed.
    let kept: [Int]
    /// What a step along each dimension adds to the index of the sum; 0 where it is summed over.
    ///
    /// *Shape:* one a dimension.
    let weights: [Int]
    let sumCount: Int

    init(_ keySpace: KeySpace, keeping kept: [Int], wanted: [[Bool]?]) {
        self.keySpace = keySpace
        self.kept = kept
        self.wanted = zip(wanted, keySpace.dimensions).map { wanted, _ in
            wanted?.allSatisfy(\.self) ?? true ? nil : wanted
        }
        var weights = [Int](repeating: 0, count: keySpace.dimensions.count)
        var count = 1
        for dimension in kept.reversed() {
            weights[dimension] = count
            count *= keySpace.dimensions[dimension].categories.count
        }
        self.weights = weights
        sumCount = count
    }

    func count(of dimension: Int) -> Int { keySpace.dimensions[dimension].categories.count }

    func isSummedOver(_ dimension: Int) -> Bool { weights[dimension] == 0 && !kept.contains(dimension) }

    /// The sums of a table of that key space.
    func sums(of table: Table) -> Sums {
        if case .dense = table.presence, let sums = DenseSums(self, table.cells)?.sums() { return sums }
        return exactSums(of: table)
    }

    /// Cell by cell, in as many bits as it takes.
    func exactSums(of table: Table) -> Sums {
        let bits = table.cells.palette.map { SumStatus.bit(of: $0.status) }
        var sums = Sums(count: sumCount)
        forEachCell(of: table) { cell, sum in
            sums.bits[sum] |= bits[Int(table.cells.marks[cell])]
            sums.values[sum] += Int128(table.cells.values[cell])
        }
        return sums
    }

    /// The flags of each sum's parts together, but `derived`; nil where no part has any.
    func flags(of table: Table) -> [UInt16]? {
        let flagsOfMark = table.cells.palette.map { $0.flags.subtracting(.derived).rawValue }
        guard flagsOfMark.contains(where: { $0 != 0 }) else { return nil }
        var flags = [UInt16](repeating: 0, count: sumCount)
        forEachCell(of: table) { cell, sum in flags[sum] |= flagsOfMark[Int(table.cells.marks[cell])] }
        return flags
    }

    /// Every cell that counts, in key order, with the index of its sum.
    ///
    /// What the dimensions before the last add is worked out once a run of neighbours.
    private func forEachCell(of table: Table, _ body: (_ cell: Int, _ sum: Int) -> Void) {
        let last = keySpace.dimensions.count - 1
        let runLength = last < 0 ? 1 : count(of: last)
        guard runLength > 0 else { return }
        let lastWanted = last < 0 ? nil : wanted[last]
        let lastWeight = last < 0 ? 0 : weights[last]
        var (run, base) = (-1, -1)
        func take(_ cell: Int, _ ordinal: Int) {
            let (ownRun, index) = ordinal.quotientAndRemainder(dividingBy: runLength)
            if ownRun != run {
                run = ownRun
                base = self.base(of: ordinal, below: max(last, 0))
            }
            guard base >= 0, lastWanted?[index] ?? true else { return }
            body(cell, base + lastWeight * index)
        }
        switch table.presence {
        case .dense: for cell in 0..<table.cells.count { take(cell, cell) }
        case .sparse(let ordinals): for (cell, ordinal) in ordinals.enumerated() { take(cell, Int(ordinal)) }
        }
    }

    /// What the dimensions before one add to the index of a combination's sum; -1 where one of them doesn't count.
    private func base(of ordinal: Int, below end: Int) -> Int {
        var base = 0
        for dimension in 0..<end {
            let index = keySpace.index(ofDimension: dimension, at: ordinal)
            guard wanted[dimension]?[index] ?? true else { return -1 }
            base += weights[dimension] * index
        }
        return base
    }
}

/// What cells add up to.
///
/// *Shape:* each column has one entry a sum.
struct Sums {
    /// Meaningless where the status has no figure.
    var values: [Int128]
    /// The statuses of all cells that go into the sum, as ``SumStatus/bit(of:)``; 0 where none does.
    var bits: [UInt16]

    init(count: Int) {
        values = [Int128](repeating: 0, count: count)
        bits = [UInt16](repeating: 0, count: count)
    }

    /// The status of a sum; nil where no cell goes into it.
    func status(of sum: Int) -> CellStatus? { SumStatus.status(ofBits: bits[sum]) }
}
