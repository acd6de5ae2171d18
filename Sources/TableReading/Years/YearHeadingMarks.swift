import Annals

extension YearHeading {
    /// Adds what a mark at the year says (`2011p`) to all figures below the heading.
    func mark(_ figure: inout FigureColumn, palette: inout MarkPalette) {
        guard !flags.codes.isEmpty else { return }
        var known: [UInt16: UInt16] = [:]
        for row in figure.marks.indices {
            let own = figure.marks[row]
            if let index = known[own] {
                figure.marks[row] = index
                continue
            }
            let mark = palette.marks[Int(own)]
            // A file has a handful of marks; the palette holds 65,536.
            guard let index = palette.index(of: Mark(mark.status, flags: mark.flags.union(flags), glyph: mark.glyph))
            else { continue }
            known[own] = index
            figure.marks[row] = index
        }
    }
}
