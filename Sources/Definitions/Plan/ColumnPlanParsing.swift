import Annals

extension YAMLMapping {
    /// What the columns are for, `columns` and `units`, held against the dimensions and the layout that were read before.
    ///
    /// - Throws: Where a column has two roles, or isn't one of those that the definition itself lists.
    func readColumns(into definition: inout DatasetDefinition) throws(DefinitionError) {
        var claims = ColumnClaims(file: file)
        if let value = value("columns") {
            let mapping = try YAMLMapping(
                value, file: file, what: "`columns`",
                allowed: ["year", "keys", "labels", "attributes", "values", "value", "flags", "ignore"])
            definition.columns = try mapping.columns(&claims)
            if definition.columns.year?.day != nil, let period = definition.periodKind, period != .stock {
                throw mapping.error(
                    "year", "`day` is the day of a stock, and `period` says \(period.rawValue)",
                    remedy: "leave one of them out")
            }
        }
        try reconcile(&definition, &claims)
        definition.units = try units(claims)
        let given = definition.layout.givenNames
        guard !given.isEmpty else { return }
        for (name, line) in claims.names where !given.contains(where: { ColumnClaims.areSame($0, name) }) {
            // A heading of figures may be said without its year.
            if definition.columns.values.contains(name) { continue }
            throw DefinitionError(
                file: file, line: line, message: "names the column `\(name)`, which the definition's own list lacks",
                remedy: "the columns are \(given.joined(separator: ", "))")
        }
    }

    private func columns(_ claims: inout ColumnClaims) throws(DefinitionError) -> DatasetDefinition.Columns {
        var columns = DatasetDefinition.Columns()
        columns.year = try year()
        if let year = columns.year { try claims.claim(year.column, as: .year, line: line(of: "year")) }
        for value in values("keys") { columns.keys.append(try key(value, &claims)) }
        try checkUnique("keys", columns.keys.compactMap(\.id))
        columns.attributes = try claimed("attributes", as: .attribute, &claims)
        if self.value("value") != nil, self.value("values") != nil {
            throw error("value", "`value` and `values` stand side by side", remedy: "write all of them in `values`")
        }
        columns.values =
            try claimed("values", as: .measure, &claims)
            + (try text("value") == nil ? [] : claimed("value", as: .measure, &claims))
        columns.ignored = try claimed("ignore", as: .ignored, &claims)
        columns.labels = try labels(&claims)
        columns.flags = try flags(&claims)
        return columns
    }

    /// The texts of a key, each given the role.
    private func claimed(
        _ key: String, as role: ColumnClaims.Role, _ claims: inout ColumnClaims
    ) throws(DefinitionError) -> [String] {
        var names: [String] = []
        for value in values(key) {
            let name = try text(of: value, key: key)
            try claims.claim(name, as: role, line: value.line)
            names.append(name)
        }
        return names
    }

    /// `year: time`, or `year: {column: period, day: 12-31}`.
    private func year() throws(DefinitionError) -> DatasetDefinition.Columns.Year? {
        guard case .mapping(_, _)? = value("year"), let value = value("year") else {
            return try text("year").map { DatasetDefinition.Columns.Year(column: $0) }
        }
        let mapping = try YAMLMapping(value, file: file, what: "`year`", allowed: ["column", "day"])
        let column = try mapping.required("column", of: "`year`")
        guard let day = try mapping.text("day") else { return DatasetDefinition.Columns.Year(column: column) }
        guard Self.isDay(day) else {
            throw mapping.error(
                "day", "`\(day)` is no day that every year has", remedy: "write month and day, as in 12-31")
        }
        return DatasetDefinition.Columns.Year(column: column, day: day)
    }

    /// Whether a text is the month and the day of a day that every year has: `02-28`, never `02-29`.
    private static func isDay(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: "-"), let month = Int(text.prefix(2)),
            let day = Int(text.suffix(2)), bytes[0] != UInt8(ascii: "+"), bytes[3] != UInt8(ascii: "+")
        else { return false }
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
    }

    /// `sex`, or `{id: county, of: [STATE, COUNTY], label: CTYNAME, join: "-"}`.
    private func key(
        _ value: YAMLValue, _ claims: inout ColumnClaims
    ) throws(DefinitionError) -> DatasetDefinition.Columns.Key {
        guard case .mapping = value else {
            let name = try text(of: value, key: "keys")
            try claims.claim(name, as: .key, line: value.line)
            return DatasetDefinition.Columns.Key(columns: [name])
        }
        let mapping = try YAMLMapping(value, file: file, what: "a key", allowed: ["id", "of", "label", "join"])
        let columns = try mapping.claimed("of", as: .key, &claims)
        guard !columns.isEmpty else {
            throw DefinitionError(
                file: file, line: mapping.line, message: "a key lacks `of`, the columns that it is made of")
        }
        var key = DatasetDefinition.Columns.Key(id: try mapping.text("id"), columns: columns)
        if let id = key.id, Slug.make(id) != id {
            throw mapping.error("id", "a dimension's id is of a-z, 0-9 and single hyphens, not `\(id)`")
        }
        if columns.count > 1, key.id == nil {
            throw DefinitionError(
                file: file, line: mapping.line, message: "a key of several columns lacks `id`, the dimension's name")
        }
        if let join = try mapping.textOrEmpty("join") {
            guard columns.count > 1 else {
                throw mapping.error("join", "`join` stands at a key of one column, which has nothing to join")
            }
            guard join.utf8.count <= 16, !join.contains(where: \.isNewline), !join.contains("\t") else {
                throw mapping.error("join", "`join` has at most 16 bytes of one line")
            }
            key.join = join
        }
        key.label = try mapping.text("label")
        if let label = key.label { try claims.claim(label, as: .label, line: mapping.line(of: "label")) }
        return key
    }

    /// `labels: {STATE: STNAME}`.
    private func labels(_ claims: inout ColumnClaims) throws(DefinitionError) -> [DatasetDefinition.Columns.Label] {
        guard let value = value("labels") else { return [] }
        let mapping = try YAMLMapping(value, file: file, what: "`labels`", allowed: [])
        var labels: [DatasetDefinition.Columns.Label] = []
        for (code, line) in mapping.keys {
            _ = try mapping.text(of: .scalar(code, line: line), key: "labels")
            let label = try mapping.required(code, of: "`labels`")
            try claims.claim(label, as: .label, line: mapping.value(code)?.line ?? line)
            labels.append(DatasetDefinition.Columns.Label(code: code, label: label))
        }
        for label in labels {
            try claims.check(
                label.code, isOneOf: [.key, .attribute], as: "codes with a label", line: mapping.line(of: label.code))
        }
        return labels
    }

    /// `flags: [STATUS]`, or `flags: {OBS_VALUE: [OBS_STATUS, CONF_STATUS]}`.
    private func flags(_ claims: inout ColumnClaims) throws(DefinitionError) -> [DatasetDefinition.Columns.Flags] {
        guard case .mapping? = value("flags"), let value = value("flags") else {
            let columns = try claimed("flags", as: .flag, &claims)
            return columns.isEmpty ? [] : [DatasetDefinition.Columns.Flags(columns: columns)]
        }
        let mapping = try YAMLMapping(value, file: file, what: "`flags`", allowed: [])
        var flags: [DatasetDefinition.Columns.Flags] = []
        for (heading, line) in mapping.keys {
            _ = try mapping.text(of: .scalar(heading, line: line), key: "flags")
            let columns = try mapping.claimed(heading, as: .flag, &claims)
            guard !columns.isEmpty else {
                throw mapping.error(heading, "`\(heading)` has no column of flags")
            }
            flags.append(DatasetDefinition.Columns.Flags(value: heading, columns: columns))
        }
        for flags in flags {
            guard let heading = flags.value else { continue }
            try claims.check(
                heading, isOneOf: [.measure], as: "figures with flags", line: mapping.line(of: heading))
        }
        return flags
    }

    /// Holds the dimensions' columns against the keys.
    ///
    /// A dimension `{id: county, role: column}` beside a key `{id: county, of: […]}` is found in that key's columns.
    private func reconcile(
        _ definition: inout DatasetDefinition, _ claims: inout ColumnClaims
    ) throws(DefinitionError) {
        let places = value("dimensions").map { _ in values("dimensions").map(\.line) } ?? []
        for (index, line) in zip(definition.dimensions.indices, places) {
            let dimension = definition.dimensions[index]
            let key = definition.columns.keys.first { $0.id == dimension.id }
            guard case .column(var column) = dimension.role else {
                if key == nil { continue }
                throw DefinitionError(
                    file: file, line: line,
                    message:
                        "the dimension `\(dimension.id)` stands beside or above the figures, and `columns` has a key of that id",
                    remedy: "leave the key out, or say `role: column`")
            }
            if let key, column == dimension.id, !key.columns.contains(column) {
                column = key.columns[0]
                definition.dimensions[index].role = .column(column)
            }
            guard let owner = definition.columns.keys.first(where: { $0.columns.contains(column) }) else {
                if let key {
                    throw DefinitionError(
                        file: file, line: line,
                        message:
                            "the dimension `\(dimension.id)` is in the column `\(column)` and, by `columns`, in \(key.columns.map { "`\($0)`" }.joined(separator: ", "))"
                    )
                }
                try claims.claim(column, as: .key, line: line)
                continue
            }
            guard (owner.id ?? dimension.id) == dimension.id else {
                throw DefinitionError(
                    file: file, line: line,
                    message:
                        "the column `\(column)` is of the dimension `\(dimension.id)` and of the key `\(owner.id ?? "")`",
                    remedy: "give both one id")
            }
        }
    }

    /// `units: {BIRTHS: persons}`.
    private func units(_ claims: ColumnClaims) throws(DefinitionError) -> [String: String] {
        guard let value = value("units") else { return [:] }
        let mapping = try YAMLMapping(value, file: file, what: "`units`", allowed: [])
        var units: [String: String] = [:]
        for (heading, line) in mapping.keys {
            _ = try mapping.text(of: .scalar(heading, line: line), key: "units")
            try claims.check(heading, isOneOf: [.measure], as: "figures with a unit", line: line)
            units[heading] = try mapping.required(heading, of: "`units`")
        }
        return units
    }
}
