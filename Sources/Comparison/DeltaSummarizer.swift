import Annals

/// Goes once over the rows of a delta, for its summary and its largest changes.
struct DeltaSummarizer {
    private let delta: Delta
    private let filter: RowFilter

    init(_ rows: CountedRows) {
        delta = rows.delta
        filter = rows.filter
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
        guard delta.rows.isAligned, delta.measures.allSatisfy(\.isPlain),
            Set(delta.measures.map(\.decimals)).count == 1
        else { return false }
        return filter.takesAll || (filter.onlyExcludesTotals && delta.rows.isVector)
    }

    private func vectorSummary(_ largest: inout LargestChanges) -> Delta.Summary {
        var summary = Delta.Summary()
        let (from, to) = (delta.from, delta.to)
        from.values.withUnsafeBufferPointer { earlier in
            to.values.withUnsafeBufferPointer { later in
                let scan = VectorScan(from: from, to: to, earlier: earlier, later: later)
                if filter.takesAll {
                    scan.scan(0..<delta.count, &summary, &largest)
                } else {
                    filter.forEachRunWithoutTotals { scan.scan($0, &summary, &largest) }
                }
            }
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
        case .sameReason: sameReason += 1
        case .compared:
            compared += 1
            guard let from = row.from, let to = row.to, from != to else {
                unchanged += 1
                return
            }
            if to > from { increased += 1 } else { decreased += 1 }
        }
    }

    mutating func count(increased: Int, decreased: Int, of compared: Int) {
        self.compared += compared
        self.increased += increased
        self.decreased += decreased
        unchanged += compared - increased - decreased
    }
}
