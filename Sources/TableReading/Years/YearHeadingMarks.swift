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
            }) || remainders.allSatisfy(isInBrackets)
        else { return headings }
        return headings.map { heading in
            var heading = heading
            heading?.takeRemainderAsMark()
            return heading
        }
    }

    /// Headings whose letters tell columns of one year apart, and are no marks: `2010M` beside `2010F`.
    ///
    /// - Parameters:
    ///   - headings: *Shape:* one a column or row; nil for what names no year.
    ///   - names: *Shape:* as printed.
    /// - Returns: In the same order.
    static func withLetters(_ headings: [YearHeading?], _ names: [String]) -> [YearHeading?] {
        let letters = zip(headings, names).map { heading, name -> String? in
            guard let heading, name.hasPrefix(heading.mention.label) else { return nil }
            let rest = name.dropFirst(heading.mention.label.count)
            return rest.count == 1 && rest.allSatisfy(\.isLetter) ? String(rest) : nil
        }
        let own = letters.compactMap(\.self)
        let years = Set(headings.map { $0?.mention.label }).count
        // Each letter stands at each year, and one of them at least is no mark.
        guard own.count == headings.count, Set(own).count > 1, Set(own).count * years == own.count, years > 1,
            own.contains(where: { YearMarks.letters[$0.lowercased()] == nil }),
            Set(zip(headings, own).map { "\($0?.mention.label ?? "") \($1)" }).count == own.count
        else { return headings }
        return zip(headings, own).map { heading, letter in
            var heading = heading
            heading?.flags = []
            heading?.remainder = letter
            return heading
        }
    }

    /// Whether nothing stands beside a year, or brackets that say what kind of figures those of the year are: `2010 (Actual)`
    /// beside `2011 (Budget)`.
    static func isInBrackets(_ remainder: String) -> Bool {
        guard !remainder.isEmpty else { return true }
        guard remainder.first == "(", remainder.last == ")", remainder.dropLast().firstIndex(of: ")") == nil else {
            return false
        }
        let inside = String(remainder.dropFirst().dropLast())
        let words = inside.lowercased().split { !$0.isLetter }
        return !words.isEmpty && words.allSatisfy { HeadingNumbers.releases.contains(String($0)) }
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
