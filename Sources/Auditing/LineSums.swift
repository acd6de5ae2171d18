import Annals

/// The cells along one dimension, everything else fixed, summed.
struct Line {
    /// The ordinal of its first combination.
    var base: Int
    /// Of all its numbers, a total among them included.
    var sum: Int128 = 0
    /// How many of its cells count as numbers.
    var numbers = 0
    var nonZero = 0
    /// The classes of all its cells.
    var seen: FigureClass = []
}

extension Figures {
    /// Lines that are summed side by side: few enough that their sums stay in the first-level cache.
    private static let linesAtOnce = 1024

    /// Sums every line along a dimension whose measure adds up, in one pass over the cells.
    ///
    /// Lines come in ascending order of their base where the table is dense, else in order of their first cell.
    /// `body` answers whether to go on.
    func forEachLine(along dimension: Int, _ body: (Line) -> Bool) {
        switch presence {
        case .dense: forEachDenseLine(along: dimension, body)
        case .sparse(let ordinals): forEachSparseLine(along: dimension, ordinals: ordinals, body)
        }
    }

    private func forEachDenseLine(along dimension: Int, _ body: (Line) -> Bool) {
        let stride = keySpace.strides[dimension]
        let count = keySpace.dimensions[dimension].categories.count
        let block = stride * count
        guard block > 0 else { return }
        var lines = [Line](repeating: Line(base: 0), count: min(stride, Self.linesAtOnce))
        for start in Swift.stride(from: 0, to: values.count, by: block) {
            for offset in Swift.stride(from: 0, to: stride, by: Self.linesAtOnce) {
                let width = min(Self.linesAtOnce, stride - offset)
                sum(&lines, width: width, base: start + offset, stride: stride, count: count)
                for line in lines[..<width] where isSummed(at: line.base) {
                    guard body(line) else { return }
                }
            }
        }
    }

    /// Sums `width` neighbouring lines of `count` cells each, `stride` apart.
    private func sum(_ lines: inout [Line], width: Int, base: Int, stride: Int, count: Int) {
        for index in 0..<width { lines[index] = Line(base: base + index) }
        for category in 0..<count {
            let first = base + category * stride
            for index in 0..<width {
                add(cell: first + index, to: &lines[index])
            }
        }
    }

    @inline(__always)
    func add(cell: Int, to line: inout Line) {
        let figureClass = classes[Int(marks[cell])]
        guard figureClass == .number else {
            line.seen.formUnion(figureClass)
            return
        }
        let value = values[cell]
        line.sum += Int128(value)
        line.numbers += 1
        line.nonZero += value == 0 ? 0 : 1
    }

    private func forEachSparseLine(along dimension: Int, ordinals: [UInt64], _ body: (Line) -> Bool) {
        let stride = keySpace.strides[dimension]
        let count = keySpace.dimensions[dimension].categories.count
        let block = stride * count
        var lines: [Line] = []
        var slots = LineSlots(lineCount: keySpace.size / max(1, count), cellCount: ordinals.count)
        var last = (number: -1, slot: -1)
        for (cell, ordinal) in ordinals.enumerated() {
            let (start, rest) = (Int(ordinal) / block, Int(ordinal) % stride)
            let number = start * stride + rest
            if number != last.number {
                // Along the last dimension a line's cells are neighbours, and the slots are asked once a line.
                let slot = slots.slot(ofLine: number, next: lines.count)
                if slot == lines.count { lines.append(Line(base: start * block + rest)) }
                last = (number, slot)
            }
            add(cell: cell, to: &lines[last.slot])
        }
        for line in lines where isSummed(at: line.base) {
            guard body(line) else { return }
        }
    }
}

/// Where each line of a sparse table is summed.
///
/// A plain column where there are few more lines than cells, a dictionary where there may be many.
private struct LineSlots {
    private var column: [Int32] = []
    private var dictionary: [Int: Int] = [:]

    init(lineCount: Int, cellCount: Int) {
        if lineCount <= 4 * cellCount { column = [Int32](repeating: -1, count: lineCount) }
    }

    /// The slot of a line; `next` where it has none yet, which is then its own.
    mutating func slot(ofLine number: Int, next: Int) -> Int {
        if !column.isEmpty {
            if column[number] < 0 { column[number] = Int32(truncatingIfNeeded: next) }
            return Int(column[number])
        }
        let slot = dictionary[number] ?? next
        if slot == next { dictionary[number] = next }
        return slot
    }
}
