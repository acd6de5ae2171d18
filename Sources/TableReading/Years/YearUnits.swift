import Annals
import Definitions

/// Units that stand at years in headings: `2010 (kr)`, `2011 (1000 kr)`; `2010 (%)` beside `2011`.
enum YearUnits {
    /// - Parameters:
    ///   - names: Headings of figures.
    ///   - headings: *Shape:* one a name; the year in it.
    ///   - place: Line and column of one.
    /// - Throws: The first heading whose figures are in another unit than those of another year, where each year has one
    ///   such column: nobody means them as two measures, and as one they can't be compared.
    static func refuse(
        _ names: [String], _ headings: [YearHeading?], place: (Int) -> (line: Int, column: Int)
    ) throws(Reason) {
        var first: [String: (index: Int, unit: Unit?)] = [:]
        var odd: (first: Int, index: Int)?
        var seen = Set<String>()
        for (index, heading) in headings.enumerated() {
            guard let heading else { continue }
            let (name, unit) = measure(heading.remainder)
            // `Per cent 2011` is a measure, `2011 (per cent)` a year.
            guard !name.isEmpty || names[index].hasPrefix(heading.mention.label) else { continue }
            // Two columns a year are two measures.
            guard seen.insert("\(heading.mention.year) \(name)").inserted else { return }
            if let first = first[name], first.unit != unit, odd == nil { odd = (first.index, index) }
            first[name] = first[name] ?? (index, unit)
        }
        guard let odd else { return }
        let (one, other) = (names[odd.first], names[odd.index])
        let (line, column) = place(odd.index)
        throw Reason(
            "The figures of two years are in two units: `\(one)` and `\(other)`", line: line, column: column,
            found: other, expected: "one unit for all years",
            remedy: "Bring the figures to one unit; or leave a year out by a definition: "
                + [one, other].map { "`\(DatasetDefinition.Columns(ignored: [$0]).line)`" }.joined(separator: " or "))
    }

    /// Name and unit of what stands beside a year; the unit is nil where none does.
    private static func measure(_ remainder: String) -> (name: String, unit: Unit?) {
        var text = Substring(remainder)
        if let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) {
            text = text.dropFirst().dropLast()
        }
        if let unit = UnitText(String(text)) { return ("", .known(unit)) }
        // `2010 (万円)` beside `2011 (億円)`: whatever the brackets say, it isn't the same.
        if text.count < remainder.count, !YearHeading.isInBrackets(remainder) { return ("", .other(String(text))) }
        let heading = MeasureHeading(remainder)
        return (heading.name, heading.unit.map { .known($0) })
    }

    private enum Unit: Equatable {
        case known(UnitText)
        /// One that nobody knows, as printed.
        case other(String)
    }
}
