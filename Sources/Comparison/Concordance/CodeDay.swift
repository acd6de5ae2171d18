import Annals

/// The day whose codes a table has.
///
/// That is the first of its year, unless its own codes say otherwise: offices publish old years anew in the codes of
/// today. Then the table uses codes that aren't valid yet, or no more, and it has all that are valid on another day.
struct CodeDay {
    let day: CalendarDay
    let isOfAnotherYear: Bool

    /// - Parameters:
    ///   - year: The table's.
    ///   - codes: Those that it has in use.
    ///   - links: The concordance's.
    ///   - validity: What follows from them.
    init(of year: Int, codes: [String], links: [Concordance.Link], validity: CodeValidity) {
        let start = CalendarDay(startOf: year)
        let used = Set(codes)
        guard codes.contains(where: { Self.isOut(validity.state(of: $0, on: start)) }),
            !Self.fits(used, start, validity)
        else {
            day = start
            isOfAnotherYear = false
            return
        }
        var days = [CalendarDay(startOf: 1)]
        for link in links where link.validFrom != days.last { days.append(link.validFrom) }
        let fitting = days.filter { Self.fits(used, $0, validity) }
        // The nearest: of the days before, the last; of those after, the first.
        let nearest = fitting.first { $0 > start } ?? fitting.last { $0 <= start }
        day = nearest ?? start
        isOfAnotherYear = nearest != nil
    }

    private init(day: CalendarDay, isOfAnotherYear: Bool) {
        self.day = day
        self.isOfAnotherYear = isOfAnotherYear
    }

    /// The same beside another table, which may show that it isn't in the codes of another day after all.
    ///
    /// It has a code then of which nobody can tell whether it was there on that day, and a table of that day lacks it. What
    /// it prints of codes that are over is left over.
    ///
    /// - Parameters:
    ///   - year: The table's.
    ///   - codes: Those that it has in use.
    ///   - other: The neighbour's day.
    ///   - known: The neighbour's codes.
    ///   - links: The concordance's.
    ///   - validity: What follows from them.
    /// - Returns: The same, or the first day of the year.
    func checked(
        _ year: Int, codes: [String], beside other: CodeDay, with known: [String], links: [Concordance.Link],
        validity: CodeValidity
    ) -> CodeDay {
        let (start, end) = (min(day, other.day), max(day, other.day))
        guard isOfAnotherYear, !links.contains(where: { start < $0.validFrom && $0.validFrom <= end }) else {
            return self
        }
        let neighbour = Set(known)
        let isNew = codes.contains { validity.state(of: $0, on: day) == .notYet && !neighbour.contains($0) }
        return isNew ? CodeDay(day: CalendarDay(startOf: year), isOfAnotherYear: false) : self
    }

    private static func isOut(_ state: CodeValidity.State) -> Bool { state == .ended || state == .notYet }

    /// Whether no code in use is over on a day, and every code that is surely valid is there.
    private static func fits(_ used: Set<String>, _ day: CalendarDay, _ validity: CodeValidity) -> Bool {
        validity.codes.allSatisfy { code in
            switch validity.state(of: code, on: day) {
            case .valid: used.contains(code)
            case .ended: !used.contains(code)
            case .perhapsEnded, .notYet: true
            }
        }
    }
}
