import Annals

/// Compares runs of neighbouring cells of two tables with the same cells.
///
/// Holds the figures as buffers for the length of one pass: runs may be as short as one cell, and a run must not cost
/// more than its cells. Every run is checked against both lengths once, and read within it unchecked.
struct VectorScan {
    private let from: DeltaColumns
    private let to: DeltaColumns
    private let earlier: UnsafeBufferPointer<Int64>
    private let later: UnsafeBufferPointer<Int64>
    private let isNumeric: Bool
    private let fromIsNumber: [Bool]
    private let toIsNumber: [Bool]

    /// `earlier` and `later` are the values of `from` and `to`, valid for as long as the scan is used.
    init(
        from: DeltaColumns, to: DeltaColumns, earlier: UnsafeBufferPointer<Int64>, later: UnsafeBufferPointer<Int64>
    ) {
        self.from = from
        self.to = to
        self.earlier = earlier
        self.later = later
        isNumeric = from.isNumeric && to.isNumeric
        fromIsNumber = from.meanings.map(\.isNumber)
        toIsNumber = to.meanings.map(\.isNumber)
    }

    /// Counts the rows of a run, and keeps the largest.
    func scan(_ run: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges) {
        precondition(run.lowerBound >= 0 && run.upperBound <= earlier.count && run.upperBound <= later.count)
        if isNumeric {
            scanNumbers(run, &summary, &largest)
        } else {
            scanMarked(run, &summary, &largest)
        }
    }

    private func scanNumbers(
        _ run: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges
    ) {
        // The run was checked against both buffers, so a base address is there where it has a cell.
        guard let earlier = earlier.baseAddress, let later = later.baseAddress else { return }
        var (increased, decreased) = (0, 0)
        var threshold = UInt64(clamping: largest.threshold)
        for cell in run {
            let (left, right) = (earlier[cell], later[cell])
            increased &+= right > left ? 1 : 0
            decreased &+= right < left ? 1 : 0
            let magnitude = Self.distance(left, right)
            if magnitude > threshold {
                largest.insert(cell, magnitude: UInt128(magnitude))
                threshold = UInt64(clamping: largest.threshold)
            }
        }
        summary.count(increased: increased, decreased: decreased, of: run.count)
    }

    private func scanMarked(_ run: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges) {
        var (compared, sameReason, increased, decreased) = (0, 0, 0, 0)
        for cell in run {
            let (fromMark, toMark) = (Int(from.marks[cell]), Int(to.marks[cell]))
            guard fromIsNumber[fromMark], toIsNumber[toMark] else {
                if from.meanings[fromMark].status == to.meanings[toMark].status { sameReason += 1 }
                continue
            }
            let (left, right) = (from.values[cell], to.values[cell])
            compared += 1
            increased += right > left ? 1 : 0
            decreased += right < left ? 1 : 0
            let magnitude = UInt128(Self.distance(left, right))
            if magnitude > largest.threshold { largest.insert(cell, magnitude: magnitude) }
        }
        summary.sameReason += sameReason
        summary.transitions += run.count - compared - sameReason
        summary.count(increased: increased, decreased: decreased, of: compared)
    }

    /// The distance of two 64-bit integers always fits without a sign.
    @inline(__always)
    private static func distance(_ left: Int64, _ right: Int64) -> UInt64 {
        UInt64(bitPattern: right > left ? right &- left : left &- right)
    }
}
