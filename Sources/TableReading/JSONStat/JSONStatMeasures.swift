import Annals

/// What a dataset of JSON-stat counts: one measure a category of its `metric` dimension, else one.
struct JSONStatMeasures {
    private(set) var measures: [Measure] = []
    /// *Shape:* one a measure: whether the file says its decimals.
    private(set) var areDeclared: [Bool] = []

    /// - Throws: A unit that says two things.
    init(_ dataset: JSONStatDataset) throws(Reason) {
        let decimals = dataset.root.at("extension", "px", "decimals").flatMap { Self.decimals($0) }
        guard let contents = dataset.contents else {
            measures = [Measure(code: Measure.unnamedCode, decimals: decimals ?? 0)]
            areDeclared = [decimals != nil]
            return
        }
        let units = dataset.described(contents).at("category", "unit")
        for category in dataset.dimensions[contents].categories {
            var measure = Measure(code: category.code, label: category.label)
            let unit = units?[category.code]
            if let unit, unit.isObject { try Self.take(unit, &measure) }
            if let text = unit?.text { Self.take(text, &measure) }
            let own = unit?["decimals"].flatMap { Self.decimals($0) } ?? decimals
            measure.decimals = own ?? 0
            measures.append(measure)
            areDeclared.append(own != nil)
        }
    }

    private static func decimals(_ value: JSONValue) -> Int? {
        value.whole.flatMap { (0...18).contains($0) ? $0 : nil }
    }

    /// `{"label": "thousands of persons", "base": "people", "multiplier": 3}`, `{"base": "antal"}`, `{"symbol": "%"}`.
    private static func take(_ unit: JSONValue, _ measure: inout Measure) throws(Reason) {
        func text(_ key: String) -> String? {
            unit[key]?.text.map(FieldText.collapsed).flatMap { $0.isEmpty ? nil : $0 }
        }
        let printed = text("label") ?? text("base") ?? text("symbol")
        let said = printed.flatMap(UnitText.init)
        if let value = unit["multiplier"], !value.isNull {
            guard let multiplier = value.whole, Measure.multipliers.contains(multiplier) else {
                throw value.reason(
                    "The multiplier of `\(measure.label)` is no power of ten",
                    expected: "a whole number, 3 for thousands",
                    remedy: JSONStatDataset.remedy)
            }
            if let said, said.multiplier != 0, said.multiplier != multiplier {
                throw value.reason(
                    "The unit of `\(measure.label)` is called `\(printed ?? "")`, and its multiplier is \(multiplier)",
                    expected: "\(said.multiplier)", remedy: JSONStatDataset.remedy)
            }
            measure.multiplier = multiplier
            // With a multiplier the base is the unit; a label may hold both.
            let base = text("base")
            measure.unit = base.map { UnitText($0)?.unit ?? $0 } ?? (said.map(\.unit) ?? printed)
            measure.kind = base.flatMap(UnitText.init)?.kind ?? said?.kind
            return
        }
        guard let printed else { return }
        take(printed, &measure)
    }

    /// A unit in words, the multiplier among them.
    private static func take(_ text: String, _ measure: inout Measure) {
        guard let said = UnitText(text) else {
            measure.unit = text
            return
        }
        (measure.unit, measure.multiplier, measure.kind) = (said.unit, said.multiplier, said.kind)
    }
}
