import Annals

/// The sums of a table that has every combination: one pass over its columns, block by block.
///
/// It adds in 64 bits, and looks at every figure whether that can be right: figures of less than 2³⁷, at most 2²⁶ of
/// them, add up to less than 2⁶³. Where one is larger there is no answer, and ``SumPlan/exactSums(of:)`` has it.
struct DenseSums {
    private let plan: SumPlan
    private let cells: Cells
    private let blocks: SumBlocks
    /// For each mark of the palette 1 where it is no number; nil where all are.
    private let isGap: [UInt8]?

    private static let mostCells = 1 << 26
    private static let limit: Int64 = 1 << 37
    /// What is left of a figure below the limit, moved up by it, when this many bits go.
    private static let limitBits = 38

    /// Nil for a table with more cells than can be added without care.
    init?(_ plan: SumPlan, _ cells: Cells) {
        guard cells.count <= Self.mostCells, cells.count == plan.keySpace.size else { return nil }
        self.plan = plan
        self.cells = cells
        blocks = SumBlocks(plan)
        let isGap = cells.palette.map { $0.status.countsAsNumber ? UInt8(0) : 1 }
        self.isGap = isGap.contains(1) ? isGap : nil
    }

    /// The sums, or nil where a figure is too large.
    func sums() -> Sums? {
        guard cells.count > 0 else { return Sums(count: plan.sumCount) }
        return cells.values.withUnsafeBufferPointer { values in
            cells.marks.withUnsafeBufferPointer { marks in
                blocks.runs.map { sumsOfRuns($0, values, marks) } ?? sumsOfBlocks(values, marks)
            }
        }
    }

    // MARK: All cells of a run to one sum

    private func sumsOfRuns(
        _ runs: [Range<Int>], _ values: UnsafeBufferPointer<Int64>, _ marks: UnsafeBufferPointer<UInt16>
    ) -> Sums? {
        var sums = Sums(count: plan.sumCount)
        var excess: UInt64 = 0
        blocks.forEach(in: plan) { start, sum, _ in
            for run in runs {
                let part = start + run.lowerBound..<start + run.upperBound
                sums.isThere[sum] = true
                sums.values[sum] += Int128(Self.add(values, part, &excess))
                if let isGap, sums.gaps[sum] < 0, let gap = part.first(where: { isGap[Int(marks[$0])] != 0 }) {
                    sums.gaps[sum] = gap
                }
            }
        }
        return excess == 0 ? sums : nil
    }

    @inline(__always)
    private static func add(
        _ values: UnsafeBufferPointer<Int64>, _ part: Range<Int>, _ excess: inout UInt64
    ) -> Int64 {
        // Checked once; the loop reads within it unchecked.
        precondition(part.lowerBound >= 0 && part.upperBound <= values.count)
        guard let source = values.baseAddress?.advanced(by: part.lowerBound) else { return 0 }
        var (sum, seen) = (Int64(0), UInt64(0))
        for index in 0..<part.count {
            sum &+= source[index]
            seen |= UInt64(bitPattern: source[index] &+ limit) &>> UInt64(limitBits)
        }
        excess |= seen
        return sum
    }

    // MARK: A sum for each cell of a block

    private func sumsOfBlocks(
        _ values: UnsafeBufferPointer<Int64>, _ marks: UnsafeBufferPointer<UInt16>
    ) -> Sums? {
        let (length, slotCount) = (blocks.length, blocks.slotCount(in: plan))
        var added = [Int64](repeating: 0, count: slotCount * length)
        var gaps = isGap == nil ? [] : [Int32](repeating: -1, count: slotCount * length)
        /// What each slot's sums begin at; -1 for one without a block.
        var bases = [Int](repeating: -1, count: slotCount)
        var excess: UInt64 = 0
        added.withUnsafeMutableBufferPointer { added in
            blocks.forEach(in: plan) { start, base, slot in
                bases[slot] = base
                Self.add(values, from: start, to: added, at: slot * length, count: length, &excess)
                if let isGap { Self.note(marks, from: start, in: &gaps, at: slot * length, count: length, isGap) }
            }
        }
        return excess == 0 ? gathered(added, gaps, bases) : nil
    }

    @inline(__always)
    private static func add(
        _ values: UnsafeBufferPointer<Int64>, from start: Int, to sums: UnsafeMutableBufferPointer<Int64>,
        at place: Int, count: Int, _ excess: inout UInt64
    ) {
        // Checked once; the loop reads and writes within both unchecked.
        precondition(start >= 0 && start + count <= values.count && place >= 0 && place + count <= sums.count)
        guard let source = values.baseAddress?.advanced(by: start), let target = sums.baseAddress?.advanced(by: place)
        else { return }
        var seen: UInt64 = 0
        for index in 0..<count {
            let value = source[index]
            target[index] &+= value
            seen |= UInt64(bitPattern: value &+ limit) &>> UInt64(limitBits)
        }
        excess |= seen
    }

    /// Notes the cells that have no figure, the first for each place.
    ///
    /// Most stretches of a block have none, which is found out without a branch a cell.
    @inline(__always)
    private static func note(
        _ marks: UnsafeBufferPointer<UInt16>, from start: Int, in gaps: inout [Int32], at place: Int, count: Int,
        _ isGap: [UInt8]
    ) {
        // Checked once; the loop reads within it unchecked. A mark is one of its table's palette.
        precondition(start >= 0 && start + count <= marks.count)
        guard let source = marks.baseAddress?.advanced(by: start) else { return }
        isGap.withUnsafeBufferPointer { isGap in
            var stretch = 0
            while stretch < count {
                let end = min(stretch + stretchLength, count)
                var seen: UInt8 = 0
                for index in stretch..<end { seen |= isGap[Int(source[index])] }
                if seen != 0 {
                    for index in stretch..<end where isGap[Int(source[index])] != 0 && gaps[place + index] < 0 {
                        gaps[place + index] = Int32(truncatingIfNeeded: start + index)
                    }
                }
                stretch = end
            }
        }
    }

    private static let stretchLength = 64

    /// What the cells of all blocks go to.
    private func gathered(_ added: [Int64], _ gaps: [Int32], _ bases: [Int]) -> Sums {
        let offsets = blocks.offsets(in: plan)
        var sums = Sums(count: plan.sumCount)
        for (slot, base) in bases.enumerated() where base >= 0 {
            for (cell, offset) in offsets.enumerated() where offset >= 0 {
                let (place, sum) = (slot * blocks.length + cell, base + offset)
                sums.isThere[sum] = true
                sums.values[sum] += Int128(added[place])
                guard !gaps.isEmpty, gaps[place] >= 0 else { continue }
                let gap = Int(gaps[place])
                if sums.gaps[sum] < 0 || gap < sums.gaps[sum] { sums.gaps[sum] = gap }
            }
        }
        return sums
    }
}
