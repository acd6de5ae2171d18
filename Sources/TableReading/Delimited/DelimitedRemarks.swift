import Annals
import Definitions

// What columns that are no dimension, and lines around the table, say of all figures: units, powers of ten, remarks.
extension DelimitedTable {
    /// Figures that are printed with a percent sign are in percent.
    mutating func takePercent() {
        var areOther = [Bool](repeating: false, count: columns.measures.count)
        for (place, figure) in columns.figures.enumerated() {
            let isPercent = scanned.isPercent[scanned.table.columns[measures[place]].place]
            areOther[figure.measure] = areOther[figure.measure] || !isPercent
        }
        for measure in columns.measures.indices where !areOther[measure] && columns.measures[measure].unit == nil {
            columns.measures[measure].unit = "percent"
            columns.measures[measure].kind = columns.measures[measure].kind ?? .percent
        }
    }

    /// Remarks in a column of their own are notes of the table.
    mutating func takeRemarks() {
        let table = scanned.table
        for place in table.places(.attribute) where table.columns[place].heading.isRemark {
            guard let texts = table.columns[place].texts, texts.count <= Self.mostRemarks else { continue }
            columns.notes += texts.strings.filter { !$0.isEmpty }
        }
    }

    private static let mostRemarks = 100

    /// The unit of all figures, where a column or a line above the table says it and no heading does.
    mutating func takeUnit() {
        let table = scanned.table
        let said = table.places(.attribute).filter { table.columns[$0].heading.isUnit }
            .compactMap { table.columns[$0].texts }.filter { $0.count == 1 }.lazy.compactMap { UnitText($0.string(0)) }
        guard let unit = said.first ?? UnitLine.unit(of: form.remarks) else { return }
        columns.take(unit)
    }

    /// The power of ten that a column says, as SDMX has it.
    ///
    /// - Throws: Where rows have different ones: their figures don't compare.
    mutating func takeMultiplier() throws(Reason) {
        let table = scanned.table
        guard columns.measures.allSatisfy({ $0.multiplier == 0 }) else { return }
        for place in table.places(.attribute) where table.columns[place].heading.isMultiplier {
            let column = table.columns[place]
            guard let texts = column.texts else { continue }
            guard texts.count == 1, let power = Int(FieldText.withoutWhitespace(texts.string(0))),
                Measure.multipliers.contains(power)
            else {
                let odd = min(1, texts.count - 1)
                throw Reason(
                    "`\(column.title)` is no power of ten that holds for all rows",
                    line: line(ofRow: texts.firstRows[odd]), column: column.place + 1, found: texts.string(odd),
                    expected: "one whole number from 0 to 18 throughout",
                    remedy: "Bring all figures to one unit, and drop the file again")
            }
            for measure in columns.measures.indices { columns.measures[measure].multiplier = power }
        }
    }
}
