import Annals
import Definitions

// What columns that are no dimension, and lines around the table, say of all figures: units, powers of ten, remarks.
extension DelimitedTable {
    /// Figures that are printed with a percent sign are in percent.
    ///
    /// - Throws: Where a measure has the sign in one column and other figures than zeros without it in another.
    mutating func takePercent() throws(Reason) {
        var signed = [Int?](repeating: nil, count: columns.measures.count)
        var plain = signed
        for (place, figure) in columns.figures.enumerated() {
            let column = measures[place]
            if scanned.isPercent[scanned.table.columns[column].place] {
                signed[figure.measure] = signed[figure.measure] ?? column
            } else if figure.values.contains(where: { $0 != 0 }) {
                plain[figure.measure] = plain[figure.measure] ?? column
            }
        }
        for measure in columns.measures.indices where columns.measures[measure].unit == nil {
            guard let column = signed[measure] else { continue }
            if let other = plain[measure] { throw signsDiffer(column, other) }
            columns.measures[measure].unit = "percent"
            columns.measures[measure].kind = columns.measures[measure].kind ?? .percent
        }
    }

    private func signsDiffer(_ signed: Int, _ plain: Int) -> Reason {
        let (one, other) = (scanned.table.columns[signed].title, scanned.table.columns[plain].title)
        return Reason(
            "The figures of `\(one)` have percent signs, and those of `\(other)` have none", line: form.headerLine,
            column: scanned.table.columns[plain].place + 1, found: other,
            expected: "percent signs at all figures of a measure, or at none",
            remedy: "Write the sign at all of them, where all are in percent; or leave a column out by a definition: "
                + [one, other].map { "`\(DatasetDefinition.Columns(ignored: [$0]).line)`" }.joined(separator: " or "))
    }

    /// Remarks in a column of their own are notes of the table.
    mutating func takeRemarks() {
        let table = scanned.table
        for place in table.places(.attribute) where table.columns[place].heading.isRemark {
            guard scanned.format?.isOfPublication(column: table.columns[place].place) != true else { continue }
            guard let texts = table.columns[place].texts, texts.count <= Self.mostRemarks else { continue }
            columns.notes += texts.strings.filter { !$0.isEmpty }
        }
    }

    private static let mostRemarks = 100

    /// The unit of all figures, where a column or a line above the table says it and no heading does.
    mutating func takeUnit() {
        let table = scanned.table
        let units = (table.places(.attribute) + table.places(.key)).filter { table.columns[$0].heading.isUnit }
        // In words, where a label says it so.
        let labels = table.columns.indices.filter { table.owner($0).map(units.contains) ?? false }
        let said = (labels + units).compactMap { table.columns[$0].texts }.filter { $0.count == 1 }
            .lazy.compactMap { UnitText($0.string(0)) }
        guard let unit = said.first ?? UnitLine.unit(of: form.remarks) else { return }
        columns.take(unit)
    }

    /// The power of ten that a column says, as SDMX has it.
    ///
    /// - Throws: Where rows have different ones: their figures don't compare.
    mutating func takeMultiplier() throws(Reason) {
        let table = scanned.table
        guard columns.measures.allSatisfy({ $0.multiplier == 0 }) else { return }
        for place in table.places(.attribute) where table.owner(place) == nil {
            let column = table.columns[place]
            guard column.heading.isMultiplier || column.heading.isPowerCode && column.profile.filled == 1,
                let texts = column.texts, column.profile.filled > 0, !isSaidOfMeasures(column)
            else { continue }
            guard texts.count == 1, let power = Int(FieldText.withoutWhitespace(texts.string(0))),
                Measure.multipliers.contains(power)
            else {
                let odd = min(1, texts.count - 1)
                throw Reason(
                    "`\(column.title)` is no power of ten that holds for all rows",
                    line: line(ofRow: texts.firstRow(odd)), column: column.place + 1, found: texts.string(odd),
                    expected: "one whole number from 0 to 18 throughout",
                    remedy: "Bring all figures to one unit, and drop the file again")
            }
            for measure in columns.measures.indices { columns.measures[measure].multiplier = power }
        }
    }

    /// How many decimals all figures have, where a column says one number throughout; never fewer than they are written with.
    mutating func takeDecimals() {
        let table = scanned.table
        for place in table.places(.attribute) where table.columns[place].heading.isDecimals {
            guard table.owner(place) == nil, let texts = table.columns[place].texts, texts.count == 1,
                let decimals = Int(FieldText.withoutWhitespace(texts.string(0))), (0...18).contains(decimals)
            else { continue }
            guard columns.measures.contains(where: { $0.decimals < decimals }) else { return }
            let before = columns
            for measure in columns.measures.indices {
                columns.measures[measure].decimals = max(columns.measures[measure].decimals, decimals)
            }
            // What doesn't fit with more zeros behind it stays as it is written.
            if columns.alignDecimals() != nil { columns = before }
        }
    }
}
