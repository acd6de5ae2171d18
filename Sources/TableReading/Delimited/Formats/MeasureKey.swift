import Annals
import Definitions

// A dimension that says what is counted, where the format has one: each of its categories is a measure.
extension DelimitedTable {
    /// Makes a measure of each category of that dimension, with the unit and the power of ten that follow from it.
    ///
    /// - Throws: The first category whose power of ten is none.
    mutating func splitMeasures() throws(Reason) {
        guard columns.measures.count == 1, columns.extra == nil, let (key, place) = measureKey else { return }
        let dimension = columns.keys[key].dimension
        func attribute(_ isIt: (ColumnName) -> Bool) -> Int? {
            dimension.attributes.firstIndex { isIt(ColumnName($0)) }
        }
        let (multiplier, unit) = (attribute(\.isMultiplier), attribute(\.isUnit))
        let declared = identity.definition?.measures ?? []
        var measures: [Measure] = []
        for category in dimension.categories {
            var measure = columns.measures[0]
            (measure.code, measure.label) = (category.code, category.label)
            if let unit, category.attributes.indices.contains(unit), let text = UnitText(category.attributes[unit]) {
                (measure.unit, measure.kind) = (text.unit, text.kind)
                measure.multiplier = text.multiplier
            }
            if let multiplier, category.attributes.indices.contains(multiplier) {
                measure.multiplier = try power(category, at: multiplier, of: place)
            }
            if let known = declared.first(where: { $0.code == category.code }) {
                let decimals = measure.decimals
                measure = DeclaredMeasure.completed(known, by: measure)
                measure.decimals = decimals
            }
            measures.append(measure)
        }
        columns.measures = measures
        columns.keys[key].dimension.isMeasure = true
        if columns.keys[key].dimension.id.hasPrefix("measure-") { columns.keys[key].dimension.id = "measure" }
    }

    /// The dimension among the keys, and the place of its column.
    private var measureKey: (key: Int, place: Int)? {
        let places = scanned.table.places(.key)
        guard let format = scanned.format, columns.keys.count == places.count,
            let key = places.firstIndex(where: { format.isOfMeasures(column: scanned.table.columns[$0].place) })
        else { return nil }
        return (key, places[key])
    }

    /// Whether a column follows from that dimension: it says something of each measure.
    func isSaidOfMeasures(_ column: PlanColumn) -> Bool {
        measureKey.map { columns.keys[$0.key].dimension.attributes.contains(column.title) } ?? false
    }

    private func power(_ category: Category, at attribute: Int, of key: Int) throws(Reason) -> Int {
        let text = FieldText.withoutWhitespace(category.attributes[attribute])
        if text.isEmpty { return 0 }
        guard let power = Int(text), Measure.multipliers.contains(power) else {
            let texts = scanned.table.columns[key].texts
            let row = texts.flatMap { texts in texts.strings.firstIndex(of: category.code).map(texts.firstRow) }
            throw Reason(
                "The power of ten of `\(category.code)` is none", line: row.map(line(ofRow:)), found: text,
                expected: "a whole number from -18 to 18", remedy: "Correct the rows, and drop the file again")
        }
        return power
    }
}
