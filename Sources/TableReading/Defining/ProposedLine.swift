package import Definitions

/// A line of YAML that a remedy proposes, to be pasted into a definition or a sidecar.
package struct ProposedLine: Hashable, Sendable {
    /// Where it belongs.
    package enum Place: Hashable, Sendable {
        case definition, sidecar
    }

    package var place: Place
    package var yaml: String

    private static let ofDefinitions = [
        "columns", "dimensions", "numbers", "units", "codes", "header", "names", "skip", "positions", "measures",
        "dialect",
    ]
    private static let ofSidecars = ["dataset", "year", "sheet", "table"]

    /// The lines that stand in backticks in a remedy, in order, each once; one with a gap (`…`) is none.
    package static func all(in remedy: String) -> [ProposedLine] {
        var lines: [ProposedLine] = []
        for (index, part) in remedy.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        where index % 2 == 1 {
            guard let colon = part.firstIndex(of: ":") else { continue }
            let value = part[part.index(after: colon)...]
            guard value.contains(where: { $0 != " " }), !value.contains("…") else { continue }
            let place: Place
            switch String(part[..<colon]) {
            case let key where ofDefinitions.contains(key): place = .definition
            case let key where ofSidecars.contains(key): place = .sidecar
            default: continue
            }
            let line = ProposedLine(place: place, yaml: String(part))
            if !lines.contains(line) { lines.append(line) }
        }
        return lines
    }
}

extension DefinitionDraft {
    /// The draft with a line that a remedy proposes; what the line says goes before what stood there.
    ///
    /// - Throws: Where the line can't be read, or contradicts the rest.
    package func applying(_ line: ProposedLine) throws(DefinitionError) -> DefinitionDraft {
        let own = definition
        let proposed = try DatasetDefinition.parse("dataset: \(own.dataset)\n\(line.yaml)\n", file: "the proposal")
        var draft = self
        draft.definition.columns = own.columns.taking(proposed.columns)
        draft.definition.dialect = proposed.dialect ?? own.dialect
        if proposed.numbers != DatasetDefinition.Numbers() { draft.definition.numbers = proposed.numbers }
        if proposed.layout != DatasetDefinition.Layout() {
            draft.definition.layout = proposed.layout
            draft.definition.layout.sheet = proposed.layout.sheet ?? own.layout.sheet
            draft.definition.layout.table = proposed.layout.table ?? own.layout.table
        }
        draft.definition.units.merge(proposed.units) { $1 }
        draft.definition.joinsLostZeros = own.joinsLostZeros || proposed.joinsLostZeros
        if !proposed.dimensions.isEmpty { draft.definition.dimensions = proposed.dimensions }
        if !proposed.measures.isEmpty { draft.definition.measures = proposed.measures }
        // What was put together must be what a person could have written.
        draft.definition = try DatasetDefinition.parse(draft.yaml, file: "the definition with the proposal")
        draft.definition.file = ""
        return draft
    }
}

extension DatasetDefinition.Columns {
    /// These roles with others over them: a column that gets another one loses its own.
    fileprivate func taking(_ other: DatasetDefinition.Columns) -> DatasetDefinition.Columns {
        let named = Set(
            other.attributes + other.values + other.ignored + other.keyNames + other.labels.map(\.label)
                + other.flags.flatMap(\.columns) + other.keys.compactMap(\.label)
                + [other.year?.column].compactMap(\.self))
        func isFree(_ name: String) -> Bool { !named.contains(name) }
        var columns = self
        columns.year = other.year ?? (year.map { isFree($0.column) } == true ? year : nil)
        columns.keys = other.keys.isEmpty ? keys.filter { $0.columns.allSatisfy(isFree) } : other.keys
        for index in columns.keys.indices where other.keys.isEmpty {
            if let label = columns.keys[index].label, !isFree(label) { columns.keys[index].label = nil }
        }
        columns.labels = labels.filter { isFree($0.label) } + other.labels
        columns.attributes = attributes.filter(isFree) + other.attributes
        columns.values = values.filter(isFree) + other.values
        columns.flags = flags.filter { $0.columns.allSatisfy(isFree) } + other.flags
        columns.ignored = ignored.filter(isFree) + other.ignored
        return columns
    }
}
