package import Annals
package import Definitions

/// The definition that pins how a file is read: what a person saves in `datasets.d/`.
///
/// The roles are those of the reading plan, by the headings of the file. What a definition can't name, a column without a
/// heading, or what it had better not, a year, is left to be found as it was; a comment says so.
package struct DefinitionDraft: Sendable {
    package internal(set) var definition: DatasetDefinition
    /// What stands above a key, by the keys that lead to it.
    var comments: [String: String]

    /// Of a file that was read.
    ///
    /// What a definition in force says already is kept; the plan completes it.
    package init(_ document: ReadDocument, fileName: String) {
        let base = document.definition
        definition = base ?? DatasetDefinition(dataset: document.facts.dataset)
        definition.file = ""
        comments = ["dataset": Self.heading(fileName, document.facts.dataset)]
        if document.facts.dialect != Definitions.genericDialect { definition.dialect = document.facts.dialect }
        if base == nil {
            takeEvidence(title: document.facts.title, fileName: fileName)
            definition.match.agencyIDs = document.agencyID.map { [$0] } ?? []
        }
        takeColumns(document)
        if definition.dimensions.isEmpty { definition.dimensions = Self.sides(document) }
        if definition.measures.isEmpty { takeMeasures(document.tables) }
    }

    /// Of a file that was refused: which files it is about, and no more; nil where nothing names the dataset.
    ///
    /// - Parameters:
    ///   - fileName: Without folders.
    ///   - dataset: Where a sidecar or a folder says it.
    ///   - definitions: In which the file's name may find one already.
    package init?(refused fileName: String, dataset: DatasetID?, definitions: Definitions) {
        let found = definitions.definitions(title: nil, fileName: fileName, agencyID: nil)
        let known = dataset.map { definitions.definition(of: $0) } ?? (found.count == 1 ? found[0] : nil)
        if let known {
            definition = known
            definition.file = ""
            comments = [:]
            return
        }
        let name = FileName(fileName)
        guard let dataset = dataset ?? name.title.flatMap(DatasetID.init(title:)) else { return nil }
        definition = DatasetDefinition(dataset: dataset, title: name.title)
        comments = ["dataset": Self.heading(fileName, dataset)]
        takeEvidence(title: name.title ?? name.stem, fileName: fileName)
    }

    /// As it is saved.
    package var yaml: String { definition.yaml(comments: comments) }

    private static func heading(_ fileName: String, _ dataset: DatasetID) -> String {
        "How \(fileName) is read; for datasets.d/\(dataset).yaml"
    }

    // MARK: Which files

    /// Takes another file of the same dataset in.
    package mutating func takeMatch(of other: DefinitionDraft) {
        definition.match.files += other.definition.match.files.filter { !definition.match.files.contains($0) }
    }

    /// The title where the file has one, else the file's name with anything in the place of its year.
    private mutating func takeEvidence(title: String, fileName: String) {
        let name = FileName(fileName)
        definition.title = title
        let hasOwnTitle = title != name.title ?? name.stem && !Slug.make(title).isEmpty
        guard !hasOwnTitle else { return }
        if let pattern = Self.pattern(fileName) {
            definition.match.files = [pattern]
        } else {
            comments["title"] =
                "The file's name says a year and no more: drop such files into a folder `\(definition.dataset)`"
        }
    }

    /// The name with a star for each year, day or range of years; nil where little else is left.
    private static func pattern(_ fileName: String) -> String? {
        let mentions = YearMentions(in: fileName)
        guard !mentions.occurrences.isEmpty else { return fileName }
        var pattern = String.UnicodeScalarView()
        var index = 0
        for range in mentions.occurrences.map(\.range) where range.lowerBound >= index {
            pattern.append(contentsOf: mentions.scalars[index..<range.lowerBound])
            pattern.append("*")
            index = range.upperBound
        }
        pattern.append(contentsOf: mentions.scalars[index...])
        return FileName(fileName).title == nil ? nil : String(pattern)
    }

    // MARK: Measures and dimensions

    /// The two sides of a page's table, so that a person can name them.
    private static func sides(_ document: ReadDocument) -> [DatasetDefinition.DimensionDefinition] {
        let dimensions = document.tables.first?.keySpace.dimensions.filter { !$0.isMeasure } ?? []
        guard document.facts.reader == PageTextReader().name, dimensions.map(\.id) == ["row", "column"] else {
            return []
        }
        return zip(dimensions, [.stub, .heading]).map {
            DatasetDefinition.DimensionDefinition(id: $0.id, label: $0.label, role: $1)
        }
    }

    /// What is counted, as far as the file says it; how many decimals is left to each file.
    private mutating func takeMeasures(_ tables: [Table]) {
        var measures: [Measure] = []
        for var measure in tables.flatMap(\.measures) where !measures.contains(where: { $0.code == measure.code }) {
            measure.decimals = 0
            measures.append(measure)
        }
        let saysNothing = measures.allSatisfy {
            $0.code == Measure.unnamedCode && $0.unit == nil && $0.kind == nil && $0.multiplier == 0
        }
        let hint = "Where unit and kind are known: `{code: …, unit: persons, kind: count}`"
        if saysNothing {
            comments["dataset", default: ""] +=
                "\nThe file doesn't say what it counts: `measures: [{code: …, unit: …, kind: …}]`"
            return
        }
        definition.measures = measures
        if measures.contains(where: { $0.unit == nil && $0.kind == nil }) { comments["measures"] = hint }
    }
}
