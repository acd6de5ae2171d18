/// Which combinations of a key space a table has.
///
/// A combination that the file doesn't have is absent: no cell at all.
package enum Presence: Hashable, Sendable {
    /// Every combination, in ordinal order.
    case dense
    /// These ordinals, strictly ascending.
    case sparse([UInt64])
}

/// The cells of a table as columns, in key order.
///
/// *Shape:* both columns have one entry a cell.
///
/// Ten bytes a cell; never an object a cell.
package struct Cells: Hashable, Sendable {
    /// Figures scaled by their measure's decimals; 0 where there is none.
    package var values: [Int64]
    /// Index into ``palette``.
    package var marks: [UInt16]
    /// The different marks that occur.
    ///
    /// At most 65,536.
    package var palette: [Mark]

    package init(values: [Int64], marks: [UInt16], palette: [Mark]) {
        precondition(values.count == marks.count, "columns of one length")
        self.values = values
        self.marks = marks
        self.palette = palette
    }

    package var count: Int { values.count }

    /// Status, flags and symbol of a cell.
    package func mark(at cell: Int) -> Mark { palette[Int(marks[cell])] }

    /// The status of a cell.
    package func status(at cell: Int) -> CellStatus { palette[Int(marks[cell])].status }

    /// The scaled figure, or nil where the cell does not count as a number.
    package func number(at cell: Int) -> Int64? { status(at: cell).countsAsNumber ? values[cell] : nil }
}

/// Builds ``Cells`` one cell after another, collecting the palette.
package struct CellsBuilder: Sendable {
    private var cells = Cells(values: [], marks: [], palette: [])
    private var indexByMark: [Mark: UInt16] = [:]

    package init(capacity: Int = 0) {
        cells.values.reserveCapacity(capacity)
        cells.marks.reserveCapacity(capacity)
    }

    /// Index of a mark in the palette, adding it; nil where the palette is full (65,536 marks).
    package mutating func index(of mark: Mark) -> UInt16? {
        if let known = indexByMark[mark] { return known }
        guard cells.palette.count <= Int(UInt16.max) else { return nil }
        let index = UInt16(cells.palette.count)
        cells.palette.append(mark)
        indexByMark[mark] = index
        return index
    }

    /// Appends a cell whose mark came from ``index(of:)``.
    package mutating func append(_ value: Int64, markIndex: UInt16) {
        cells.values.append(value)
        cells.marks.append(markIndex)
    }

    /// Appends a cell; false where the palette is full.
    package mutating func append(_ value: Int64, _ mark: Mark) -> Bool {
        guard let index = index(of: mark) else { return false }
        append(value, markIndex: index)
        return true
    }

    /// The cells appended so far.
    package func finish() -> Cells { cells }
}
