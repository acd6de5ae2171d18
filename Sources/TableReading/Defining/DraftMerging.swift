import Annals
import Definitions

extension DefinitionDraft {
    /// Takes in the draft of another file, so that one definition reads both.
    ///
    /// What only one of them has and needs no definition is left out, to be found in the file that has it.
    ///
    /// - Returns: What the two files can't have in one definition, a sentence each; empty where there is one for both.
    package mutating func merge(_ other: DefinitionDraft) -> [String] {
        var differences: [String] = []
        func differ(_ what: String, _ left: String, _ right: String) {
            if left != right {
                differences.append("\(what): \(left.isEmpty ? "none" : left), and \(right.isEmpty ? "none" : right)")
            }
        }
        let (own, others) = (definition, other.definition)
        differ("the dataset", own.dataset.slug, others.dataset.slug)
        differ("the dialect", own.dialect ?? "", others.dialect ?? "")
        differ("the column of the year", own.columns.year?.column ?? "", others.columns.year?.column ?? "")
        differ("the keys", Self.keys(own), Self.keys(others))
        let roles = Self.roles(others.columns)
        for (name, role) in Self.roles(own.columns).sorted(by: { $0.key < $1.key }) {
            if let second = roles[name], second != role { differ("the role of `\(name)`", role, second) }
        }
        for measure in own.measures {
            guard let second = others.measures.first(where: { $0.code == measure.code }) else { continue }
            differ("the unit of `\(measure.code)`", measure.printedUnit ?? "", second.printedUnit ?? "")
        }
        definition.match.files += others.match.files.filter { !own.match.files.contains($0) }
        if own.title != others.title {
            var titles = own.match.titles.isEmpty ? own.title.map { [$0] } ?? [] : own.match.titles
            titles += others.title.map { [$0] } ?? []
            definition.match.titles = titles
        }
        mergeColumns(others.columns)
        definition.measures += others.measures.filter { measure in !own.measures.contains { $0.code == measure.code } }
        return differences
    }

    private mutating func mergeColumns(_ others: DatasetDefinition.Columns) {
        let own = definition.columns
        definition.columns.attributes = own.attributes.filter(others.attributes.contains)
        definition.columns.ignored = own.ignored.filter(others.ignored.contains)
        definition.columns.labels = own.labels.filter(others.labels.contains)
        if own.flags != others.flags { definition.columns.flags = [] }
        if Set(own.values) != Set(others.values) { definition.columns.values = [] }
        for index in own.keys.indices where !others.keys.contains(own.keys[index]) {
            definition.columns.keys[index].label = nil
        }
    }

    private static func keys(_ definition: DatasetDefinition) -> String {
        definition.columns.keys.map { $0.columns.joined(separator: "+") }.sorted().joined(separator: ", ")
    }

    private static func roles(_ columns: DatasetDefinition.Columns) -> [String: String] {
        var roles: [String: String] = [:]
        for name in columns.attributes { roles[name] = "attribute" }
        for name in columns.values { roles[name] = "measure" }
        for name in columns.keyNames { roles[name] = "key" }
        for name in columns.labels.map(\.label) + columns.keys.compactMap(\.label) { roles[name] = "label" }
        for name in columns.flags.flatMap(\.columns) { roles[name] = "flag" }
        for name in columns.ignored { roles[name] = "ignored" }
        return roles
    }
}

extension ReadDocument {
    /// What differs in the tables of the same file, read in another way; nil where nothing does.
    package func difference(from other: ReadDocument) -> String? {
        if facts.dataset != other.facts.dataset { return "the dataset is \(facts.dataset), not \(other.facts.dataset)" }
        let (own, others) = (tables.map(\.period.label), other.tables.map(\.period.label))
        if own != others {
            return "the years are \(own.joined(separator: ", ")), not \(others.joined(separator: ", "))"
        }
        for (table, second) in zip(tables, other.tables) {
            let year = table.period.label
            // A definition may say of more columns that they belong to a category.
            if (table.withoutAttributes ?? table).keySpace != (second.withoutAttributes ?? second).keySpace {
                func shape(_ table: Table) -> String {
                    table.keySpace.dimensions.map { "\($0.categories.count) \($0.id)" }.joined(separator: " × ")
                }
                return "\(year) has the categories \(shape(table)), not \(shape(second))"
            }
            if table.measures != second.measures { return "\(year) has other measures" }
            if table.presence != second.presence || table.cells != second.cells { return "\(year) has other cells" }
            if table.notes != second.notes { return "\(year) has other notes" }
        }
        return nil
    }
}
