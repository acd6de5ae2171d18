import Annals

/// What a PX file counts, and what it says of it besides.
enum PXMeasures {
    /// One a value of the dimension of contents; one where there is none.
    static func all(_ metadata: PXMetadata, contents: CubeDimension?) -> [Measure] {
        let unit = metadata.text("UNITS")
        guard let contents else {
            return [measure(of: withoutComma(metadata.text("CONTENTS") ?? ""), unit: unit)]
        }
        let slugs = CategoryCodes.categories(of: contents.categories.map(\.label))
        return zip(contents.categories, slugs).map { category, slug in
            var measure = Measure(code: category.code.isEmpty ? slug.code : category.code, label: category.label)
            let own = metadata.first("UNITS", category.label) ?? metadata.first("UNITS", category.code)
            if let own {
                take(FieldText.collapsed(own.values.joined(separator: " ")), &measure)
            } else if let said = UnitText(category.label), said.kind == .percent {
                // Percentages that PC-Axis added beside the figures that UNITS is of.
                (measure.unit, measure.kind) = (said.unit, said.kind)
            } else if let unit {
                take(unit, &measure)
            }
            return measure
        }
    }

    /// What CONTENTS says is counted, in the unit that UNITS says.
    ///
    /// A power of ten in brackets, `Population (1000)` in `persons`, is what UNITS leaves out; another unit in them stays part
    /// of the name.
    private static func measure(of text: String, unit: String?) -> Measure {
        let heading = MeasureHeading(text)
        let slug = Slug.name(heading.name)
        var measure = heading.measure(code: heading.isGeneric || slug.isEmpty ? Measure.unnamedCode : slug)
        guard let unit else { return measure }
        take(unit, &measure)
        guard let printed = heading.unit else { return measure }
        let isSameUnit =
            printed.unit == nil
            || UnitText.canonical(printed.unit ?? "") == UnitText.canonical(measure.unit ?? "")
        let said = UnitText(unit)
        if isSameUnit, printed.kind == nil || printed.kind == said?.kind {
            if said?.multiplier ?? 0 == 0 { measure.multiplier = printed.multiplier }
            if measure.multiplier == printed.multiplier { return measure }
        }
        (measure.code, measure.label) = (Slug.name(text), text)
        return measure
    }

    private static func withoutComma(_ text: String) -> String {
        var text = Substring(text)
        while let last = text.last, ",;: ".contains(last) { text.removeLast() }
        return String(text)
    }

    private static func take(_ text: String, _ measure: inout Measure) {
        guard !text.isEmpty else { return }
        if let unit = UnitText(text) {
            measure.unit = unit.unit
            measure.multiplier = unit.multiplier
            measure.kind = unit.kind
        } else {
            (measure.unit, measure.multiplier, measure.kind) = (text, 0, nil)
        }
        let folded = LabelText.folded(text)
        guard measure.kind == nil else { return }
        let isBased = folded.contains("=100") || folded.contains("= 100")
        if isBased || indices.contains(where: { folded.hasPrefix($0) }) { measure.kind = .index }
    }

    /// How units of indices begin.
    private static let indices = ["index", "indeks", "indeksi", "indice"]

    /// How many decimals the figures are stored with; nil where the file doesn't say.
    static func decimals(_ metadata: PXMetadata) throws(Reason) -> Int? {
        guard let statement = metadata.first("DECIMALS") else { return nil }
        guard let decimals = Int(statement.value), (0...15).contains(decimals) else {
            throw Reason(
                "DECIMALS is no number of decimals", line: statement.line, found: statement.value,
                expected: "a whole number from 0 to 15", remedy: "Correct the file")
        }
        return decimals
    }

    // MARK: Stock, flow and average

    /// What the figures of all contents stand for; nil where the file doesn't say, or they differ.
    static func periodKind(_ metadata: PXMetadata, _ measures: [Measure]) -> Period.Kind? {
        let kinds = measures.map { Self.kinds[metadata.text("STOCKFA", of: [$0.label, $0.code])?.uppercased() ?? ""] }
        guard let first = kinds.first, kinds.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    private static let kinds: [String: Period.Kind] = ["S": .stock, "F": .flow, "A": .average]

    // MARK: What is said of the figures

    /// Reference period, base, prices and adjustments, each as a note; of one of several contents with its name in front.
    static func notes(_ metadata: PXMetadata, _ measures: [Measure]) -> [String] {
        var notes: [String] = []
        for (keyword, words) in Self.words {
            let said = measures.map { words(metadata.text(keyword, of: [$0.label, $0.code]) ?? "") }
            if let first = said.first, said.allSatisfy({ $0 == first }) {
                if let first { notes.append(first) }
            } else {
                for (measure, text) in zip(measures, said) {
                    if let text { notes.append("\(measure.label): \(text)") }
                }
            }
        }
        if measures.count > 1, periodKind(metadata, measures) == nil {
            for measure in measures {
                let kind = Self.kinds[metadata.text("STOCKFA", of: [measure.label, measure.code])?.uppercased() ?? ""]
                if let kind { notes.append("\(measure.label): \(kind.rawValue)") }
            }
        }
        return notes
    }

    private static let words: [(keyword: String, words: @Sendable (String) -> String?)] = [
        ("REFPERIOD", { $0.isEmpty ? nil : "Reference period: \($0)" }),
        ("BASEPERIOD", { $0.isEmpty ? nil : "Base period: \($0)" }),
        ("CFPRICES", { ["C": "Current prices", "F": "Fixed prices"][$0.uppercased()] }),
        ("DAYADJ", { $0.uppercased() == "YES" ? "Adjusted for working days" : nil }),
        ("SEASADJ", { $0.uppercased() == "YES" ? "Seasonally adjusted" : nil }),
    ]
}
