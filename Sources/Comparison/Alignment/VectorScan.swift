import Annals

/// Compares runs of neighbouring cells of two tables with the same cells.
///
/// A run is gone through in blocks. Of nearly all of them a loop without a branch finds out that every cell is a number
/// and that no change is among the largest; only the others are gone through cell by cell. So a pass over a large table
/// takes as long as its figures take to come from memory.
///
/// Holds the figures as buffers for the length of one pass: runs may be as short as one cell, and a run must not cost
/// more than its cells. Every run is checked against both lengths once, and read within it unchecked.
struct VectorScan {
    private let from: DeltaColumns
    private let to: DeltaColumns
    private let earlier: UnsafeBufferPointer<Int64>
    private let later: UnsafeBufferPointer<Int64>

    /// Cells in a block.
    static let blockLength = 1024

    /// `earlier` and `later` are the values of `from` and `to`, valid for as long as the scan is used.
    init(
        from: DeltaColumns, to: DeltaColumns, earlier: UnsafeBufferPointer<Int64>, later: UnsafeBufferPointer<Int64>
    ) {
        self.from = from
        self.to = to
        self.earlier = earlier
        self.later = later
    }

    /// Counts the rows of a run, and keeps the largest.
    func scan(_ run: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges) {
        precondition(run.lowerBound >= 0 && run.upperBound <= earlier.count && run.upperBound <= later.count)
        var start = run.lowerBound
        while start < run.upperBound {
            let block = start..<min(start + Self.blockLength, run.upperBound)
            start = block.upperBound
            if from.areNumbers(block), to.areNumbers(block),
                let (increased, decreased) = counts(of: block, below: largest.threshold)
            {
                summary.count(increased: increased, decreased: decreased, of: block.count)
            } else {
                scanCells(block, &summary, &largest)
            }
        }
    }

    /// How many changes of a block of numbers go up and down; nil where one exceeds the threshold, or needs a close look.
    ///
    /// Signs are moved about in place of comparisons, for which baseline processors have no instruction of two figures.
    private func counts(of block: Range<Int>, below threshold: UInt128) -> (increased: Int, decreased: Int)? {
        // The run was checked against both buffers, so a base address is there where it has a cell.
        guard let earlier = earlier.baseAddress?.advanced(by: block.lowerBound),
            let later = later.baseAddress?.advanced(by: block.lowerBound)
        else { return nil }
        let limit = Int64(min(threshold, Self.mostDistance))
        var (increased, decreased) = (UInt64(0), UInt64(0))
        /// Negative once a cell needs a look.
        var signs: Int64 = 0
        for cell in 0..<block.count {
            let (left, right) = (earlier[cell], later[cell])
            let change = right &- left
            increased &+= UInt64(bitPattern: 0 &- change) &>> 63
            decreased &+= UInt64(bitPattern: change) &>> 63
            // The difference wrapped; it is so large that the sums below would; it exceeds the limit on either side.
            signs |= (left ^ right) & (right ^ change)
            signs |= change ^ (change &<< 1)
            signs |= (limit &- change) | (limit &+ change)
        }
        return signs < 0 ? nil : (Int(increased), Int(decreased))
    }

    /// With a difference below 2⁶² neither of them added to the other wraps.
    private static let mostDistance = UInt128(1) << 62 - 1

    private func scanCells(_ block: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges) {
        var (compared, sameReason, increased, decreased) = (0, 0, 0, 0)
        for cell in block {
            let (fromMark, toMark) = (from.mark(at: cell), to.mark(at: cell))
            guard fromMark.isNumber, toMark.isNumber else {
                if fromMark.status == toMark.status { sameReason += 1 }
                continue
            }
            let (left, right) = (earlier[cell], later[cell])
            compared += 1
            increased += right > left ? 1 : 0
            decreased += right < left ? 1 : 0
            let magnitude = UInt128(Self.distance(left, right))
            if magnitude > largest.threshold { largest.insert(cell, magnitude: magnitude) }
        }
        summary.sameReason += sameReason
        summary.transitions += block.count - compared - sameReason
        summary.count(increased: increased, decreased: decreased, of: compared)
    }

    /// The distance of two 64-bit integers always fits without a sign.
    @inline(__always)
    private static func distance(_ left: Int64, _ right: Int64) -> UInt64 {
        UInt64(bitPattern: right > left ? right &- left : left &- right)
    }
}
