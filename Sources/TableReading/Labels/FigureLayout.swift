import Annals
import Definitions

/// What the headings above the figure columns say: years, measures, or the other side of a matrix.
struct FigureLayout {
    private(set) var measures: [Measure]
    /// The dimension of the headings, where they are more than years and one measure.
    private(set) var extra: Dimension?
    /// *Shape:* one a figure column.
    private(set) var measureIndices: [Int]
    /// *Shape:* one a figure column; the category of ``extra``.
    private(set) var extraIndices: [Int]
    /// *Shape:* one a figure column, nil for one that belongs to every year; nil where the headings name no years.
    private(set) var headings: [YearHeading?]?
    private(set) var findings: [Finding] = []

    /// One measure, or none that has a name: all columns count the same.
    private init(measure: Measure, columns: Int) {
        measures = [measure]
        measureIndices = [Int](repeating: 0, count: columns)
        extraIndices = measureIndices
    }

    /// Headings that name measures, each once; a measure dimension where there is more than one.
    private init(names: [String], definition: DatasetDefinition?, keepingYears: Bool = false) {
        var distinct: [String] = []
        var placeByName: [String: Int] = [:]
        let places = names.map { name in
            if let place = placeByName[name] { return place }
            placeByName[name] = distinct.count
            distinct.append(name)
            return distinct.count - 1
        }
        let headings = MeasureHeading.all(distinct, keepingYears: keepingYears)
        let categories = CategoryCodes.categories(of: headings.map(\.name))
        if definition?.measures.count ?? 0 <= 1, let (dimension, measure) = TotalColumns.split(headings) {
            self.init(measure: definition?.measures.first ?? measure, columns: names.count)
            extraIndices = places
            extra = dimension
            return
        }
        self.init(measure: Measure(code: Measure.unnamedCode), columns: names.count)
        measures = []
        for (heading, category) in zip(headings, categories) {
            let code = distinct.count == 1 && heading.isGeneric ? Measure.unnamedCode : category.code
            if let declared = Self.declared(heading, code: category.code, only: distinct.count == 1, definition) {
                measures.append(heading.completed(declared))
                if heading.contradicts(declared) { findings.append(Self.unitDiffers(heading, declared)) }
            } else {
                measures.append(heading.measure(code: code))
            }
        }
        guard distinct.count > 1 else { return }
        measureIndices = places
        extraIndices = places
        let renamed = zip(categories, measures).map { Category(code: $1.code, label: $0.label) }
        extra = Dimension(id: "measure", label: "Measure", categories: renamed, isMeasure: true)
    }

    private static func declared(
        _ heading: MeasureHeading, code: String, only: Bool, _ definition: DatasetDefinition?
    ) -> Measure? {
        guard let measures = definition?.measures, !measures.isEmpty else { return nil }
        if let match = measures.first(where: { $0.code == code }) { return match }
        if let match = measures.first(where: { measure in
            [heading.name, heading.text].contains { ColumnName.areSame(measure.label, $0) }
        }) {
            return match
        }
        return only && measures.count == 1 ? measures[0] : nil
    }

    private static func unitDiffers(_ heading: MeasureHeading, _ declared: Measure) -> Finding {
        Finding(
            "unit-differs",
            "The heading `\(heading.text)` prints another unit than the definition, which counts: "
                + (declared.printedUnit ?? "none"))
    }

    /// Headings that name years, and perhaps measures.
    ///
    /// - Parameters:
    ///   - headings: *Shape:* one a name; nil for one that names no year.
    ///   - names: As printed.
    ///   - definition: The dataset's.
    /// - Returns: The measures, or one that has no name.
    static func years(_ headings: [YearHeading?], names: [String], definition: DatasetDefinition?) -> FigureLayout {
        let measures = zip(headings, names).map { $0?.remainder ?? $1 }
        var layout: FigureLayout
        if Set(measures) == [""] {
            let measure = definition.flatMap { $0.measures.count == 1 ? $0.measures[0] : nil } ?? Measure(code: "value")
            layout = FigureLayout(measure: measure, columns: names.count)
        } else {
            layout = FigureLayout(names: measures.map { $0.isEmpty ? "value" : $0 }, definition: definition)
        }
        layout.headings = headings
        let marked = zip(headings, names).filter { !($0.0?.footnotes.isEmpty ?? true) }.map { "`\($0.1)`" }
        if !marked.isEmpty {
            layout.findings.append(
                Finding(
                    "heading-footnote", "A footnote stands at the year in \(marked.prefix(5).joined(separator: ", "))"))
        }
        return layout
    }

    /// Headings that name what is counted.
    ///
    /// - Parameters:
    ///   - names: The headings.
    ///   - definition: The dataset's.
    ///   - keepingYears: Whether years in them are parts of the names.
    /// - Returns: The measures.
    static func named(_ names: [String], definition: DatasetDefinition?, keepingYears: Bool) -> FigureLayout {
        FigureLayout(
            names: names.map { $0.isEmpty ? "value" : $0 }, definition: definition, keepingYears: keepingYears)
    }

    /// Headings that are the other side of a matrix.
    ///
    /// - Parameters:
    ///   - names: The headings.
    ///   - line: Where they stand.
    ///   - known: Codes of the labels of both sides.
    ///   - definition: The dataset's.
    ///   - limit: The most categories.
    /// - Returns: One measure and the headings' dimension.
    /// - Throws: Where two headings are the same category.
    static func matrix(
        _ names: [String], line: Int, known: LabelCodes, definition: DatasetDefinition?, limit: Int
    ) throws(Reason) -> FigureLayout {
        let heading = definition?.heading
        let mentions = names.map { PageCategories.Mention(text: $0, line: line) }
        let side = try PageCategories(mentions, known: known, definition: heading, limit: limit)
        guard side.categories.count == names.count else {
            throw Reason(
                "Two columns are the same category", line: line, found: names.joined(separator: ", "),
                expected: "each category once", remedy: "Rename or remove one of the columns")
        }
        var layout = FigureLayout(measure: definition?.measures.first ?? Measure(code: "value"), columns: names.count)
        layout.extraIndices = side.indices.map(Int.init)
        layout.findings = side.findings + known.twins()
        let total = heading?.totalCode.flatMap { code in side.categories.contains { $0.code == code } ? code : nil }
        layout.extra = Dimension(
            id: heading?.id ?? "column", label: heading?.label ?? "column", categories: side.categories,
            totalCode: total)
        return layout
    }

    /// Whether headings are the other side of a matrix: most of them stand in the stub too, or all begin with a code.
    static func isMatrix(_ names: [String], stub: [String]) -> Bool {
        guard names.count > 1 else { return false }
        let inStub = Set(stub.map(LabelText.folded))
        let codesInStub = Set(stub.compactMap { CodedLabel($0)?.code })
        let shared = names.filter {
            inStub.contains(LabelText.folded($0)) || codesInStub.contains(CodedLabel($0)?.code ?? $0)
        }
        if shared.count >= 2, shared.count * 2 >= names.count { return true }
        let coded = names.compactMap(CodedLabel.init)
        let others = names.filter { CodedLabel($0) == nil }
        return coded.count > 1 && CodedLabel.areLabels(coded) && others.allSatisfy(TotalLabel.matches)
    }
}
