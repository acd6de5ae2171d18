import Annals

/// The sums of a table that has every combination: one pass over its columns, block by block.
///
/// It adds in 64 bits, and looks at every figure whether that can be right: figures of less than 2³⁷, at most 2²⁶ of
/// them, add up to less than 2⁶³. Where one is larger there is no answer, and ``SumPlan/exactSums(of:)`` has it.
struct DenseSums {
    private let plan: SumPlan
    private let cells: Cells
    private let blocks: SumBlocks
    /// The status of each mark of the palette, as ``SumStatus/bit(of:)``.
    private let bits: [UInt16]
    /// The one that has most to say: a sum that has a part with it needs no more looking.
    private let topBit: UInt16
    /// Whether all marks have one status, so that no cell's mark is looked at.
    private let isUniform: Bool

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
        let bits = cells.palette.map { SumStatus.bit(of: $0.status) }
        self.bits = bits
        topBit = bits.max() ?? 0
        isUniform = bits.allSatisfy { $0 == bits[0] }
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
                sums.values[sum] += Int128(Self.add(values, part, &excess))
                if isUniform {
                    sums.bits[sum] = topBit
                } else if sums.bits[sum] & topBit == 0 {
                    sums.bits[sum] |= bits(of: marks, part)
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

    /// The statuses of a run, as far as they have anything to say.
    @inline(__always)
    private func bits(of marks: UnsafeBufferPointer<UInt16>, _ part: Range<Int>) -> UInt16 {
        var found: UInt16 = 0
        for cell in part {
            found |= bits[Int(marks[cell])]
            if found & topBit != 0 { break }
        }
        return found
    }

    // MARK: A sum for each cell of a block

    private func sumsOfBlocks(
        _ values: UnsafeBufferPointer<Int64>, _ marks: UnsafeBufferPointer<UInt16>
    ) -> Sums? {
        let (length, slotCount) = (blocks.length, blocks.slotCount(in: plan))
        var added = [Int64](repeating: 0, count: slotCount * length)
        var found = [UInt16](repeating: 0, count: isUniform ? 0 : slotCount * length)
        /// What each slot's sums begin at; -1 for one without a block.
        var bases = [Int](repeating: -1, count: slotCount)
        /// The slots of which every sum has a part with the top bit.
        var isKnown = [Bool](repeating: isUniform, count: slotCount)
        var excess: UInt64 = 0
        added.withUnsafeMutableBufferPointer { added in
            found.withUnsafeMutableBufferPointer { found in
                blocks.forEach(in: plan) { start, base, slot in
                    bases[slot] = base
                    Self.add(values, from: start, to: added, at: slot * length, count: length, &excess)
                    if !isKnown[slot] { isKnown[slot] = note(marks, from: start, in: found, at: slot * length) }
                }
            }
        }
        return excess == 0 ? gathered(added, found, bases) : nil
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

    /// Notes the statuses of a block's cells; whether every place has the top bit now.
    @inline(__always)
    private func note(
        _ marks: UnsafeBufferPointer<UInt16>, from start: Int, in found: UnsafeMutableBufferPointer<UInt16>,
        at place: Int
    ) -> Bool {
        let length = blocks.length
        // Checked once; the loop reads and writes within both unchecked. A mark is one of its table's palette.
        precondition(start >= 0 && start + length <= marks.count && place >= 0 && place + length <= found.count)
        guard let source = marks.baseAddress?.advanced(by: start), let target = found.baseAddress?.advanced(by: place)
        else { return true }
        return bits.withUnsafeBufferPointer { bits in
            var common = topBit
            for index in 0..<length {
                let all = target[index] | bits[Int(source[index])]
                target[index] = all
                common &= all
            }
            return common != 0
        }
    }

    /// What the cells of all blocks go to.
    private func gathered(_ added: [Int64], _ found: [UInt16], _ bases: [Int]) -> Sums {
        let offsets = blocks.offsets(in: plan)
        var sums = Sums(count: plan.sumCount)
        for (slot, base) in bases.enumerated() where base >= 0 {
            for (cell, offset) in offsets.enumerated() where offset >= 0 {
                let (place, sum) = (slot * blocks.length + cell, base + offset)
                sums.values[sum] += Int128(added[place])
                sums.bits[sum] |= isUniform ? topBit : found[place]
            }
        }
        return sums
    }
}
