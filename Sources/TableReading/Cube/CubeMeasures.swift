import Annals
import Definitions

/// What a cube counts: as the file says it, completed and overruled by a definition.
struct CubeMeasures {
    /// *Shape:* one a category of the dimension of contents; decimals are those of the figures.
    private(set) var measures: [Measure]
    /// The dimension of contents, where there is more than one measure.
    private(set) var dimension: Dimension?
    private(set) var findings: [Finding] = []

    /// - Throws: Where two measures have one code, or the definition names one that isn't there.
    init(_ cube: Cube, contents: CubeDimension?, definition: DatasetDefinition?) throws(Reason) {
        measures = []
        for (place, own) in cube.measures.enumerated() {
            var measure = own
            if let declared = Self.declared(own, isOnly: cube.measures.count == 1, definition) {
                measure = DeclaredMeasure.completed(declared, by: own)
                measure.label = declared.label == declared.code ? own.label : declared.label
                if DeclaredMeasure.contradicts(declared, own) {
                    findings.append(
                        Finding(
                            "unit-differs",
                            "The file says that `\(own.label)` is in \(own.printedUnit ?? "no unit"), and the definition "
                                + "counts: \(declared.printedUnit ?? "none")"))
                }
                measure.kind = declared.kind ?? own.kind
                measure.isAdditive = declared.isAdditive ?? own.isAdditive
            }
            measure.decimals = max(measure.decimals, cube.figures.decimals[place])
            measures.append(measure)
        }
        try refuseMissing(definition?.columns.values ?? [])
        guard let contents, measures.count > 1 else { return }
        let categories = measures.map { Category(code: $0.code, label: $0.label) }
        if let twice = Dictionary(grouping: measures, by: \.code).first(where: { $0.value.count > 1 }) {
            let names = twice.value.map { "`\($0.label)`" }.joined(separator: " and ")
            throw Reason(
                "Two measures have the code `\(twice.key)`: \(names)", line: contents.line, found: twice.key,
                expected: "each code once", remedy: "Correct the file, or the measures of the definition")
        }
        dimension = Dimension(id: "measure", label: contents.label, categories: categories, isMeasure: true)
    }

    private static func declared(_ own: Measure, isOnly: Bool, _ definition: DatasetDefinition?) -> Measure? {
        guard let measures = definition?.measures, !measures.isEmpty else { return nil }
        return measures.first { $0.code == own.code }
            ?? measures.first { ColumnName.areSame($0.label, own.label) || ColumnName.areSame($0.code, own.label) }
            ?? (isOnly && measures.count == 1 ? measures[0] : nil)
    }

    /// Of several measures, those that a definition names must be there.
    private func refuseMissing(_ values: [String]) throws(Reason) {
        guard measures.count > 1 else { return }
        for name in values where !measures.contains(where: { $0.code == name || ColumnName.areSame($0.label, name) }) {
            let found = measures.map(\.label).joined(separator: ", ")
            throw Reason(
                "The definition's value column `\(name)` is missing", found: found, expected: name,
                remedy: "Correct the definition: the file's measures are its columns of figures")
        }
    }
}
