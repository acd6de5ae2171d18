import Annals

extension Identity {
    static func parse(
        _ value: YAMLValue, file: String, dimensions: [DatasetDefinition.DimensionDefinition]
    ) throws(DefinitionError) -> Identity {
        if case .scalar("non-negative", _) = value { return .nonNegative(measure: nil) }
        let outer = try YAMLMapping(
            value, file: file, what: "an audit",
            allowed: ["total", "zero-sum", "antisymmetric", "sum", "non-negative"])
        guard outer.keys.count == 1, let name = outer.keys.first?.name, let inner = outer.value(name) else {
            throw DefinitionError(
                file: file, line: outer.line,
                message: "an audit is one of total, zero-sum, antisymmetric, sum and non-negative")
        }
        let known = dimensions.map(\.id)
        switch name {
        case "total":
            let mapping = try YAMLMapping(inner, file: file, what: "`total`", allowed: ["dimension", "code"])
            return .total(
                dimension: try mapping.dimension("dimension", among: known),
                code: try mapping.required("code", of: name))
        case "zero-sum":
            let mapping = try YAMLMapping(
                inner, file: file, what: "`zero-sum`", allowed: ["over", "dimension", "code"])
            return .zeroSum(
                over: try mapping.dimension("over", among: known),
                dimension: try mapping.dimension("dimension", among: known),
                code: try mapping.required("code", of: name))
        case "sum":
            let mapping = try YAMLMapping(inner, file: file, what: "`sum`", allowed: ["dimension", "code", "of"])
            let (code, parts) = (try mapping.required("code", of: name), try mapping.texts("of"))
            guard !parts.isEmpty, !parts.contains(code), Set(parts).count == parts.count else {
                throw mapping.error(
                    "of", "`of` must name the codes that `\(code)` is the sum of, each once, and not itself",
                    remedy: "write sum: {dimension: region, code: NO, of: [NO1, NO2]}")
            }
            return .sum(dimension: try mapping.dimension("dimension", among: known), code: code, parts: parts)
        case "non-negative":
            let mapping = try YAMLMapping(inner, file: file, what: "`non-negative`", allowed: ["measure"])
            return .nonNegative(measure: try mapping.required("measure", of: name))
        default:
            let mapping = try YAMLMapping(inner, file: file, what: "`antisymmetric`", allowed: ["row", "column"])
            return .antisymmetric(
                row: try mapping.dimension("row", among: known), column: try mapping.dimension("column", among: known))
        }
    }
}

extension YAMLMapping {
    fileprivate func dimension(_ key: String, among known: [String]) throws(DefinitionError) -> String {
        let id = try required(key, of: "an audit")
        guard known.contains(id) else {
            throw error(
                key, "`\(id)` is no dimension of the definition",
                remedy: "dimensions are \(known.joined(separator: ", "))")
        }
        return id
    }

    /// How figures were rounded.
    func rounding() throws(DefinitionError) -> DeclaredRounding? {
        guard let value = value("rounding") else { return nil }
        let mapping = try YAMLMapping(value, file: file, what: "`rounding`", allowed: ["base", "method"])
        let known = DeclaredRounding.Method.allCases.map(\.rawValue).joined(separator: " or ")
        guard let base = try mapping.decimal("base"), base.scaled > 0,
            let method = try mapping.choice("method", as: DeclaredRounding.Method.self)
        else {
            throw error(
                "rounding", "`rounding` needs a base above 0 and a method",
                remedy: "write rounding: {base: 5, method: nearest}; methods are \(known)")
        }
        return DeclaredRounding(base: base, method: method)
    }

    /// Which changes are material.
    func tolerance() throws(DefinitionError) -> Tolerance? {
        guard let value = value("material") else { return nil }
        let mapping = try YAMLMapping(value, file: file, what: "`material`", allowed: ["absolute", "relative"])
        let tolerance = Tolerance(
            absolute: try mapping.decimal("absolute"), relative: try mapping.decimal("relative"))
        guard tolerance != Tolerance() else {
            throw error("material", "`material` says nothing", remedy: "give `absolute`, `relative` or both")
        }
        return tolerance
    }
}
