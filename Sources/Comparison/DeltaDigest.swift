import Annals

/// Goes once over the rows of a delta, for its summary and its largest changes.
struct DeltaDigest {
    private let delta: Delta
    private let filter: RowFilter

    init(_ delta: Delta, options: DeltaOptions, selection: Selection, totals: [[Bool]]) {
        self.delta = delta
        filter = RowFilter(delta, options: options, selection: selection, totals: totals)
    }

    /// The summary, and with a `top` the rows with the largest changes.
    func summarize(top: Int?) -> (Delta.Summary, largest: [Int]?) {
        var largest = LargestChanges(limit: top ?? 0)
        let summary = isVector ? vectorSummary(&largest) : rowSummary(&largest)
        return (summary, top == nil ? nil : largest.rows)
    }

    /// The rows that the rule on totals lets through.
    func rowsByTotals() -> [Int] {
        (0..<delta.count).filter { filter.takesTotals(delta.ordinal(at: $0)) }
    }

    // MARK: Row by row

    private func rowSummary(_ largest: inout LargestChanges) -> Delta.Summary {
        var summary = Delta.Summary()
        let takesAll = filter.takesAll
        let finest = delta.measures.map(\.decimals).max() ?? 0
        for index in 0..<delta.count where takesAll || filter.takes(index) {
            let row = delta.row(index)
            summary.count(row)
            guard let from = row.from, let to = row.to, from != to else { continue }
            // Measures with other decimals are brought to the finest, so that sizes compare as they read.
            let scale = UInt128(ScaledDecimal.powerOfTen(finest - row.decimals))
            largest.insert(index, magnitude: UInt128((Int128(to) - Int128(from)).magnitude) * scale)
        }
        return summary
    }

    // MARK: Column by column

    /// Whether rows are the cells themselves, need no rescaling, and at most totals are left out.
    private var isVector: Bool {
        guard case .aligned(let presence, _) = delta.rows, delta.measures.allSatisfy(\.isPlain),
            Set(delta.measures.map(\.decimals)).count == 1
        else { return false }
        return filter.takesAll || (filter.onlyExcludesTotals && presence == .dense)
    }

    private func vectorSummary(_ largest: inout LargestChanges) -> Delta.Summary {
        let scan = VectorScan(delta)
        var summary = Delta.Summary()
        if filter.takesAll {
            scan.scan(0..<delta.count, &summary, &largest)
        } else {
            filter.forEachRunWithoutTotals { scan.scan($0, &summary, &largest) }
        }
        return summary
    }
}

extension Delta.Summary {
    fileprivate mutating func count(_ row: DeltaRow) {
        switch row.comparison {
        case .appeared: appeared += 1
        case .vanished: vanished += 1
        case .transition: transitions += 1
        case .compared:
            compared += 1
            guard let from = row.from, let to = row.to, from != to else {
                unchanged += 1
                return
            }
            if to > from { increased += 1 } else { decreased += 1 }
        }
    }

    fileprivate mutating func count(increased: Int, decreased: Int, of compared: Int) {
        self.compared += compared
        self.increased += increased
        self.decreased += decreased
        unchanged += compared - increased - decreased
    }
}

/// Compares runs of neighbouring cells of two tables with the same cells.
private struct VectorScan {
    private let from: DeltaColumns
    private let to: DeltaColumns
    private let isNumeric: Bool
    private let fromIsNumber: [Bool]
    private let toIsNumber: [Bool]

    init(_ delta: Delta) {
        from = delta.from
        to = delta.to
        isNumeric = delta.from.isNumeric && delta.to.isNumeric
        fromIsNumber = delta.from.numericMarks
        toIsNumber = delta.to.numericMarks
    }

    func scan(_ run: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges) {
        if isNumeric { scanNumbers(run, &summary, &largest) } else { scanMarked(run, &summary, &largest) }
    }

    /// The bounds of both columns are checked once: a run lies within both.
    private func scanNumbers(_ run: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges) {
        let (earlier, later) = (from.values.span.extracting(run), to.values.span.extracting(run))
        var (increased, decreased) = (0, 0)
        var threshold = UInt64(clamping: largest.threshold)
        for index in 0..<run.count {
            let (left, right) = (earlier[unchecked: index], later[unchecked: index])
            increased &+= right > left ? 1 : 0
            decreased &+= right < left ? 1 : 0
            // The distance of two 64-bit integers always fits without a sign.
            let magnitude = UInt64(bitPattern: right > left ? right &- left : left &- right)
            if magnitude > threshold {
                largest.insert(run.lowerBound + index, magnitude: UInt128(magnitude))
                threshold = UInt64(clamping: largest.threshold)
            }
        }
        summary.count(increased: increased, decreased: decreased, of: run.count)
    }

    private func scanMarked(_ run: Range<Int>, _ summary: inout Delta.Summary, _ largest: inout LargestChanges) {
        var (compared, increased, decreased) = (0, 0, 0)
        for cell in run {
            guard fromIsNumber[Int(from.marks[cell])], toIsNumber[Int(to.marks[cell])] else {
                summary.transitions += 1
                continue
            }
            let (left, right) = (from.values[cell], to.values[cell])
            compared += 1
            increased += right > left ? 1 : 0
            decreased += right < left ? 1 : 0
            let magnitude = UInt64(bitPattern: right > left ? right &- left : left &- right)
            largest.insert(cell, magnitude: UInt128(magnitude))
        }
        summary.count(increased: increased, decreased: decreased, of: compared)
    }
}
