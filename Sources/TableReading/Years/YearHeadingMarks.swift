import Annals

extension YearHeading {
    /// Headings without the marks that only the other headings tell from names: `2010 R` beside `2011 P`, `2010a` beside
    /// `2011b`.
    ///
    /// Where each heading names another year, and one or two letters at most stand behind it, not the same everywhere,
    /// they are marks: nobody has measures of one year each. `2010 M` beside `2010 F` are men and women.
    ///
    /// - Parameter headings: *Shape:* one a column or row; nil for what names no year.
    /// - Returns: In the same order.
    static func withoutMarks(_ headings: [YearHeading?]) -> [YearHeading?] {
        let found = headings.compactMap(\.self)
        let remainders = Set(found.map(\.remainder))
        guard found.count > 1, Set(found.map(\.mention.year)).count == found.count, remainders.count > 1,
            remainders.allSatisfy({
                $0.utf8.count <= 2 && $0.utf8.allSatisfy(FieldText.isLetter) && UnitText($0) == nil
            })
        else { return headings }
        return headings.map { heading in
            var heading = heading
            heading?.takeRemainderAsMark()
            return heading
        }
    }

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
