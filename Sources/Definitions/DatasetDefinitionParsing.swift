import Annals

extension DatasetDefinition {
    /// Reads one file of `Config/datasets.d/`.
    ///
    /// - Throws: A ``DefinitionError`` with the line of what can't be.
    package static func parse(_ text: String, file: String) throws(DefinitionError) -> DatasetDefinition {
        guard let value = try YAMLValue.parse(PatternQuoting.quoted(text), file: file) else {
            throw DefinitionError(file: file, message: "holds no definition")
        }
        let mapping = try YAMLMapping(
            value, file: file, what: "a dataset definition",
            allowed: [
                "dataset", "title", "match", "dialect", "encoding", "period", "sheet", "table", "header", "names",
                "skip",
                "positions",
                "columns", "numbers", "units", "codes", "dimensions", "measures", "antisymmetric", "audits", "rounding",
                "concordance", "on-failed-audit", "material",
            ])
        _ = try mapping.required("dataset", of: "a dataset definition")
        guard let dataset = try mapping.dataset("dataset") else {
            throw DefinitionError(file: file, line: mapping.line, message: "a dataset definition lacks `dataset`")
        }
        var definition = DatasetDefinition(dataset: dataset, title: try mapping.text("title"), file: file)
        definition.match = try mapping.match()
        definition.dialect = try mapping.text("dialect")
        definition.encoding = try mapping.choice("encoding")
        definition.periodKind = try mapping.choice("period")
        for value in try mapping.list("dimensions") {
            definition.dimensions.append(try DimensionDefinition.parse(value, file: file))
        }
        for value in try mapping.list("measures") { definition.measures.append(try Measure.parse(value, file: file)) }
        definition.layout = try mapping.layout()
        try mapping.readColumns(into: &definition)
        definition.numbers = try mapping.numbers()
        definition.joinsLostZeros = try mapping.joinsLostZeros()
        definition.antisymmetric = try mapping.antisymmetry(of: definition.dimensions)
        for value in try mapping.list("audits") {
            definition.audits.append(try Identity.parse(value, file: file, dimensions: definition.dimensions))
        }
        definition.rounding = try mapping.rounding()
        definition.concordance = try mapping.concordance(among: definition.dimensions.map(\.id))
        definition.onFailedAudit = try mapping.choice("on-failed-audit") ?? .quarantine
        definition.tolerance = try mapping.tolerance()
        try mapping.checkUnique("dimensions", definition.dimensions.map(\.id))
        try mapping.checkUnique("measures", definition.measures.map(\.code))
        return definition
    }
}

extension DatasetDefinition.DimensionDefinition {
    fileprivate static func parse(_ value: YAMLValue, file: String) throws(DefinitionError) -> Self {
        let mapping = try YAMLMapping(
            value, file: file, what: "a dimension", allowed: ["id", "label", "role", "column", "total"])
        let id = try mapping.required("id", of: "a dimension")
        guard Slug.make(id) == id else {
            throw mapping.error("id", "a dimension's id is of a-z, 0-9 and single hyphens, not `\(id)`")
        }
        var dimension = Self(id: id, label: try mapping.text("label") ?? id, role: try role(mapping, id: id))
        guard let total = mapping.value("total") else { return dimension }
        if case .scalar(noTotal, _) = total {
            dimension.hasNoTotal = true
            return dimension
        }
        let description = try YAMLMapping(total, file: file, what: "`total`", allowed: ["code", "labels"])
        dimension.totalCode = try description.required("code", of: "`total`")
        dimension.totalLabels = try description.texts("labels")
        return dimension
    }

    /// What `total` says of a dimension that has none.
    static let noTotal = "none"

    private static func role(_ mapping: YAMLMapping, id: String) throws(DefinitionError) -> Role {
        let column = try mapping.text("column")
        switch (try mapping.text("role"), column) {
        case ("stub", nil): return .stub
        case ("heading", nil): return .heading
        case ("column", let column): return .column(column ?? id)
        case (nil, let column?): return .column(column)
        case (nil, nil):
            throw DefinitionError(
                file: mapping.file, line: mapping.line, message: "the dimension `\(id)` lacks `role`",
                remedy: "roles are stub, heading and column (with the name in `column`)")
        case (let role?, _):
            throw mapping.error("role", "`role` can't be `\(role)`", remedy: "roles are stub, heading and column")
        }
    }
}

extension Measure {
    fileprivate static func parse(_ value: YAMLValue, file: String) throws(DefinitionError) -> Measure {
        let mapping = try YAMLMapping(
            value, file: file, what: "a measure",
            allowed: ["code", "label", "unit", "multiplier", "decimals", "kind", "additive"])
        var measure = Measure(
            code: try mapping.required("code", of: "a measure"), label: try mapping.text("label"),
            unit: try mapping.text("unit"))
        measure.multiplier = try mapping.integer("multiplier", in: -18...18) ?? 0
        measure.decimals = try mapping.integer("decimals", in: 0...18) ?? 0
        measure.kind = try mapping.choice("kind")
        measure.isAdditive = try mapping.truth("additive")
        return measure
    }
}

extension YAMLMapping {
    fileprivate func match() throws(DefinitionError) -> DatasetDefinition.Match {
        guard let value = value("match") else { return DatasetDefinition.Match() }
        let mapping = try YAMLMapping(value, file: file, what: "`match`", allowed: ["title", "file", "agency-id"])
        return DatasetDefinition.Match(
            titles: try mapping.texts("title"), files: try mapping.texts("file"),
            agencyIDs: try mapping.texts("agency-id"))
    }

    fileprivate func antisymmetry(
        of dimensions: [DatasetDefinition.DimensionDefinition]
    ) throws(DefinitionError) -> DatasetDefinition.Antisymmetry? {
        let pair = try texts("antisymmetric")
        if pair.isEmpty { return nil }
        guard pair.count == 2, pair[0] != pair[1], pair.allSatisfy({ id in dimensions.contains { $0.id == id } }) else {
            throw error(
                "antisymmetric", "`antisymmetric` must name two dimensions of the definition",
                remedy: "write [row, column]; dimensions are \(dimensions.map(\.id).joined(separator: ", "))")
        }
        return DatasetDefinition.Antisymmetry(row: pair[0], column: pair[1])
    }

    func checkUnique(_ key: String, _ names: [String]) throws(DefinitionError) {
        var seen = Set<String>()
        for name in names where !seen.insert(name).inserted { throw error(key, "`\(key)` has `\(name)` twice") }
    }
}
