import Annals
import Definitions

/// The roles of a reading plan, as a definition writes them.
extension DefinitionDraft {
    private static let commentedAtMost = 60
    private static let figuresAtMost = 12
    /// More headings of figures than a person would keep in a list.
    private static let valuesAtMost = 100

    /// Writes down the plan's roles, where the definition in force says none.
    mutating func takeColumns(_ document: ReadDocument) {
        let plan = document.plan
        // A page has sides, no columns that a definition could name.
        guard !plan.columns.isEmpty, document.facts.reader != PageTextReader().name else { return }
        var left: [String] = []
        if definition.columns.year == nil, let name = plan.names(.year).first, !name.isEmpty {
            definition.columns.year = .init(column: name)
        }
        takeKeys(plan, &left)
        takeBeside(plan, &left)
        if definition.columns.values.isEmpty { takeValues(document, &left) }
        let lines = Self.lines(plan) + left
        let isBare = definition.columns == DatasetDefinition.Columns()
        if isBare {
            comments["dataset", default: ""] += "\n" + lines.joined(separator: "\n")
        } else {
            comments["columns"] = lines.joined(separator: "\n")
        }
    }

    /// A line for each column; of many columns of figures the first ones stand for all.
    private static func lines(_ plan: ReadingPlan) -> [String] {
        let figures = plan.columns.filter { $0.role == .measure }
        let others = Set(figures.dropFirst(figuresAtMost).map(\.number))
        let shown = plan.columns.filter { !others.contains($0.number) }
        return shown.prefix(commentedAtMost).map(line)
            + (others.isEmpty ? [] : ["and \(others.count) more columns of figures"])
    }

    private static func line(_ column: ReadingPlan.Column) -> String {
        let name = column.name.isEmpty ? "column \(column.number)" : "`\(column.name)`"
        return "\(name): \(column.role.rawValue)\(column.of.map { " of `\($0)`" } ?? ""); it \(column.why)"
    }

    /// All keys, each with its label; none where one of them has no heading to be named by.
    private mutating func takeKeys(_ plan: ReadingPlan, _ left: inout [String]) {
        let keys = plan.names(.key)
        guard definition.columns.keys.isEmpty else { return }
        guard !keys.contains("") else {
            left.append("The keys aren't listed: one of them has no heading")
            return
        }
        let declared = definition.dimensions.contains { if case .column = $0.role { true } else { false } }
        definition.columns.keys = keys.map { key in
            let label = plan.columns.first { $0.role == .label && $0.of == key && !$0.name.isEmpty }
            let isFree = label.map { label in !definition.columns.labels.contains { $0.label == label.name } } ?? false
            // The id of a dimension that is defined goes on; else the column's name makes it.
            let id = declared ? dimensionID(of: key) : nil
            return .init(id: id, columns: [key], label: isFree ? label?.name : nil)
        }
    }

    private func dimensionID(of column: String) -> String? {
        definition.dimensions.first { if case .column(column) = $0.role { true } else { false } }?.id
    }

    /// Labels of what is no key, attributes, flags, and what is left out.
    private mutating func takeBeside(_ plan: ReadingPlan, _ left: inout [String]) {
        let columns = definition.columns
        var said = Set(columns.attributes + columns.ignored + columns.labels.map(\.label) + columns.keyNames)
        said.formUnion(columns.keys.compactMap(\.label) + columns.flags.flatMap(\.columns))
        var flags: [String?: [String]] = [:]
        for column in plan.columns where !column.name.isEmpty && !said.contains(column.name) {
            if Self.namesYear(column.name), column.role == .attribute {
                left.append("`\(column.name)` isn't listed: its heading names a year, and the next file's another")
                continue
            }
            if column.why == FlagChoice.emptyThroughout {
                left.append("`\(column.name)` isn't listed: it is empty, and what the next file has in it isn't known")
                continue
            }
            switch column.role {
            case .label:
                if let of = column.of, plan.columns.contains(where: { $0.name == of }) {
                    definition.columns.labels.append(.init(code: of, label: column.name))
                }
            case .attribute: definition.columns.attributes.append(column.name)
            case .flag: flags[column.of, default: []].append(column.name)
            case .index, .ignored: definition.columns.ignored.append(column.name)
            case .year, .key, .measure: continue
            }
        }
        guard columns.flags.isEmpty else { return }
        if let all = flags[nil] {
            definition.columns.flags = [.init(columns: all)]
        } else {
            definition.columns.flags = flags.sorted { ($0.key ?? "") < ($1.key ?? "") }
                .map { .init(value: $0.key, columns: $0.value) }
        }
    }

    /// The headings of figures without their years, where they name measures.
    private mutating func takeValues(_ document: ReadDocument, _ left: inout [String]) {
        let names = document.plan.names(.measure)
        let dimensions = document.tables.first?.keySpace.dimensions.filter { !$0.isMeasure } ?? []
        guard dimensions.count <= definition.columns.keys.count || names.count == 1 else {
            left.append("The headings of the figures are categories, and aren't listed")
            return
        }
        let years = Set(document.tables.map(\.period.year))
        let found = FigureChoice.yearHeadings(names, claimed: years)
        // Where the file is of other years, those above are parts of names.
        let areYears = years.isSuperset(of: found.compactMap { $0?.mention.year })
        let headings =
            definition.columns.year == nil && areYears ? found : names.map { _ in nil as YearHeading? }
        var values: [String] = []
        for (name, heading) in zip(names, headings) {
            let value = heading.map { MeasureHeading($0.remainder).name } ?? name
            if !values.contains(value) { values.append(value) }
        }
        guard !values.contains(""), values.count <= Self.valuesAtMost else {
            left.append("The headings of the figures aren't listed: \(values.contains("") ? "years" : "they are many")")
            return
        }
        definition.columns.values = values
    }

    private static func namesYear(_ name: String) -> Bool { !YearMentions(in: name).occurrences.isEmpty }
}
