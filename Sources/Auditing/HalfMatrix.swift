import Annals

/// A matrix of which one triangle is printed.
enum HalfMatrix {
    /// Whether exactly one triangle is blank, everywhere the same, and the diagonal is zero, blank or not applicable.
    ///
    /// Every combination has to be there: what a file leaves out is not what a layout leaves blank.
    static func isHalfPrinted(_ figures: Figures, _ mirror: CodeMirror) -> Bool {
        var upperIsBlank: Bool?
        var pairs = 0
        for cell in figures.values.indices {
            let ordinal = figures.ordinal(of: cell)
            guard let mirrored = mirror.mirror(of: ordinal) else { continue }
            guard let twin = figures.cell(at: mirrored) else { return false }
            if cell == twin {
                guard isEmptyDiagonal(figures, cell) else { return false }
                continue
            }
            guard mirror.rowIndex(of: ordinal) < mirror.rowIndex(of: mirrored) else { continue }
            let upper = figures.figureClass(of: cell) == .blank
            guard upper != (figures.figureClass(of: twin) == .blank), upper == upperIsBlank ?? upper else {
                return false
            }
            upperIsBlank = upper
            pairs += 1
        }
        return pairs > 0 && pairs == mirror.pairCount(in: figures.keySpace)
    }

    private static func isEmptyDiagonal(_ figures: Figures, _ cell: Int) -> Bool {
        switch figures.figureClass(of: cell) {
        case .number: figures.values[cell] == 0
        case .hidden: false
        default: true
        }
    }

    /// Fills every blank cell whose mirror is printed, and lets blank cells on the diagonal add nothing to sums.
    ///
    /// What is hidden on one side is hidden on the other.
    static func complete(_ figures: inout Figures, _ mirror: CodeMirror) {
        for cell in figures.values.indices where figures.figureClass(of: cell) == .blank {
            let ordinal = figures.ordinal(of: cell)
            guard let mirrored = mirror.mirror(of: ordinal), let twin = figures.cell(at: mirrored) else { continue }
            if twin == cell {
                figures.bridge(cell: cell)
            } else if figures.figureClass(of: twin) != .blank {
                // Where it can't be filled it stays blank, and the sums that need it are unchecked.
                _ = figures.fill(cell: cell, from: twin)
            }
        }
    }
}
