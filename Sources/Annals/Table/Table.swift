/// The figures of one dataset for one year.
package struct Table: Hashable, Sendable {
    /// As printed, without footnote marks.
    package var title: String
    package var period: Period
    /// Footnotes and remarks, in order, marks kept.
    package var notes: [String]
    /// At least one.
    ///
    /// With several, one dimension of the key space has a category for each, in the same order.
    package var measures: [Measure]
    package var keySpace: KeySpace
    package var presence: Presence
    package var cells: Cells

    package init(
        title: String, period: Period, notes: [String], measures: [Measure], keySpace: KeySpace, presence: Presence,
        cells: Cells
    ) {
        precondition(!measures.isEmpty, "a table counts something")
        switch presence {
        case .dense: precondition(cells.count == keySpace.size, "a dense table has every combination")
        case .sparse(let ordinals): precondition(cells.count == ordinals.count, "one ordinal a cell")
        }
        self.title = title
        self.period = period
        self.notes = notes
        self.measures = measures
        self.keySpace = keySpace
        self.presence = presence
        self.cells = cells
    }

    /// The combination that a cell stands for.
    package func ordinal(ofCell cell: Int) -> Int {
        switch presence {
        case .dense: cell
        case .sparse(let ordinals): Int(ordinals[cell])
        }
    }

    /// The cell of a combination, or nil where it is absent.
    package func cell(atOrdinal ordinal: Int) -> Int? {
        switch presence {
        case .dense: ordinal < cells.count ? ordinal : nil
        case .sparse(let ordinals): ordinals.binarySearch(UInt64(ordinal))
        }
    }

    /// The cell of one code a dimension, or nil where it is absent or a code is unknown.
    package func cell(at codes: [String]) -> Int? {
        keySpace.ordinal(ofCodes: codes).flatMap(cell(atOrdinal:))
    }

    /// The measure that a combination counts.
    package func measure(atOrdinal ordinal: Int) -> Measure {
        guard let dimension = keySpace.measureDimension else { return measures[0] }
        return measures[keySpace.index(ofDimension: dimension, at: ordinal)]
    }
}

extension Array where Element == UInt64 {
    /// Index of an element in a strictly ascending array.
    func binarySearch(_ wanted: UInt64) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == wanted ? low : nil
    }
}
