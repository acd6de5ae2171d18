import Annals

/// One side's figures, with what each mark means at hand.
struct DeltaColumns: Sendable {
    /// A mark without its glyph: nothing to count references to, nothing to ask another module about.
    struct MarkMeaning: Sendable {
        let status: CellStatus
        let flags: CellFlags
        let isNumber: Bool
        let isBelowUnit: Bool

        init(_ mark: Mark) {
            status = mark.status
            flags = mark.flags
            isNumber = mark.status.countsAsNumber
            isBelowUnit = mark.status == .belowUnit
        }
    }

    let values: [Int64]
    let marks: [UInt16]
    /// *Shape:* one a mark of the palette.
    let meanings: [MarkMeaning]
    /// Whether every cell counts as a number.
    let isNumeric: Bool

    init(_ cells: Cells) {
        values = cells.values
        marks = cells.marks
        meanings = cells.palette.map(MarkMeaning.init)
        isNumeric = meanings.allSatisfy(\.isNumber)
    }

    func mark(at cell: Int) -> MarkMeaning { meanings[Int(marks[cell])] }

    /// Whether all of some neighbouring cells count as numbers.
    func areNumbers(_ cells: Range<Int>) -> Bool {
        isNumeric || marks[cells].allSatisfy { meanings[Int($0)].isNumber }
    }

    /// The figure in the coarser side's decimals; nil where there is none.
    @inline(__always)
    func number(at cell: Int, _ mark: MarkMeaning, dividedBy divisor: Int64) -> Int64? {
        guard mark.isNumber else { return nil }
        guard divisor != 1 else { return values[cell] }
        // A quotient is no greater than its dividend.
        return Int64(truncatingIfNeeded: Rounding.halfEven(Int128(values[cell]), by: Int128(divisor)))
    }
}
