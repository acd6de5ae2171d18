import Annals
import Definitions
import Testing

@testable import TableReading

/// Reads text as a dropped file.
func read(
    _ text: String, name: String = "figures-2011.csv", sidecar: Sidecar? = nil, subdirectory: String? = nil,
    presumed: String? = nil, definitions: Definitions = .builtIn, limits: ReadingLimits = ReadingLimits()
) throws(Reason) -> ReadDocument {
    try TableReading.read(
        SourceDocument(
            name: name, bytes: Array(text.utf8), subdirectory: subdirectory.flatMap { DatasetID($0) },
            presumed: presumed.flatMap { DatasetID($0) }, sidecar: sidecar),
        definitions: definitions, limits: limits)
}

/// The reason for which a text is refused; records an issue where it isn't.
func refusal(
    of text: String, name: String = "figures-2011.csv", sidecar: Sidecar? = nil, definitions: Definitions = .builtIn,
    limits: ReadingLimits = ReadingLimits(), sourceLocation: SourceLocation = #_sourceLocation
) -> Reason? {
    do throws(Reason) {
        let document = try read(text, name: name, sidecar: sidecar, definitions: definitions, limits: limits)
        Issue.record("read as \(document.facts.dataset)", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

/// A definition as an office would write it.
func definitions(_ yaml: String) throws -> Definitions {
    try Definitions.load(directory: [("datasets.d/test.yaml", yaml)])
}

extension Table {
    /// A cell as text: its figure, or its status; `absent` where there is none.
    func shown(_ codes: String...) -> String {
        guard let cell = cell(at: codes) else { return "absent" }
        let mark = cells.mark(at: cell)
        let decimals = measure(atOrdinal: ordinal(ofCell: cell)).decimals
        let figure =
            mark.status == .value ? ScaledDecimal.text(cells.values[cell], decimals: decimals) : mark.status.code
        return ([figure] + mark.flags.codes).joined(separator: " ")
    }

    var dimensionIDs: [String] { keySpace.dimensions.map(\.id) }

    func codes(_ dimension: String) -> [String] {
        keySpace.dimensionIndex(dimension).map { keySpace.dimensions[$0].categories.map(\.code) } ?? []
    }
}
