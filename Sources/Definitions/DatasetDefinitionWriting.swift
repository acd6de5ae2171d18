import Annals

extension DatasetDefinition {
    /// The definition as the text of a file of `datasets.d/`, from which ``parse(_:file:)`` reads an equal one.
    ///
    /// True of every definition that was parsed; the parser drops a byte order mark at a text's beginning.
    ///
    /// - Parameter comments: What stands above a key, by the keys that lead to it: `dataset`, `columns.year`.
    /// - Returns: YAML; what has its default isn't written.
    package func yaml(comments: [String: String] = [:]) -> String {
        let bare = written(comments, barePatterns: true)
        // Where something else in the text keeps stars from being read, they are escaped.
        return (try? Self.parse(bare, file: file)) == self ? bare : written(comments, barePatterns: false)
    }

    private func written(_ comments: [String: String], barePatterns: Bool) -> String {
        var writer = YAMLWriter(comments: comments)
        var entries = WrittenEntries()
        entries.add("dataset", .word(dataset.slug))
        entries.add("title", title)
        entries.add("match", block: matchEntries(barePatterns: barePatterns))
        entries.add("dialect", dialect)
        entries.add("encoding", encoding.map { .word($0.rawValue) })
        entries.add("period", periodKind.map { .word($0.rawValue) })
        entries.add(layout)
        entries.add("columns", block: columns.written)
        entries.add("numbers", mapping: numbers.written)
        entries.add("units", mapping: units.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
        if joinsLostZeros { entries.add("codes", .mapping([("leading-zeros", .word("join"))])) }
        entries.add("dimensions", list: dimensions.map(\.written))
        entries.add("measures", list: measures.map(\.written))
        entries.add("antisymmetric", antisymmetric.map { .texts([$0.row, $0.column]) })
        entries.add("audits", list: audits.map(\.written))
        if let rounding {
            let method = WrittenYAML.word(rounding.method.rawValue)
            entries.add("rounding", .mapping([("base", .word(rounding.base.text)), ("method", method)]))
        }
        if let concordance { entries.add("concordance", concordance.written) }
        if onFailedAudit != .quarantine { entries.add("on-failed-audit", .word(onFailedAudit.rawValue)) }
        if let tolerance { entries.add("material", mapping: tolerance.written) }
        writer.write(entries.all)
        return writer.text
    }

    private func matchEntries(barePatterns: Bool) -> [(key: String, value: WrittenYAML)] {
        var entries = WrittenEntries()
        entries.add("title", texts: match.titles)
        let files = match.files.map { barePatterns && Self.isBare($0) ? WrittenYAML.word($0) : .text($0) }
        if files.count == 1 { entries.add("file", files[0]) } else { entries.add("file", list: files) }
        entries.add("agency-id", texts: match.agencyIDs)
        return entries.all
    }

    /// Whether a pattern is of letters, digits and the like, with a star in it.
    private static func isBare(_ pattern: String) -> Bool {
        guard let first = pattern.utf8.first, pattern.utf8.contains(UInt8(ascii: "*")) else { return false }
        return first != UInt8(ascii: "-")
            && pattern.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789_.-*".unicodeScalars.contains($0))
            }
    }
}

/// The entries of a mapping that is being put together; what is absent or empty isn't added.
private struct WrittenEntries {
    var all: [(key: String, value: WrittenYAML)] = []

    mutating func add(_ key: String, _ value: WrittenYAML?) {
        if let value { all.append((key, value)) }
    }

    mutating func add(_ key: String, _ text: String?) { add(key, text.map { WrittenYAML.text($0) }) }

    mutating func add(_ key: String, texts: [String]) { add(key, list: texts.map { .text($0) }) }

    mutating func add(_ key: String, list: [WrittenYAML]) {
        if !list.isEmpty { all.append((key, .list(list))) }
    }

    mutating func add(_ key: String, mapping: [(key: String, value: WrittenYAML)]) {
        if !mapping.isEmpty { all.append((key, .mapping(mapping))) }
    }

    mutating func add(_ key: String, block: [(key: String, value: WrittenYAML)]) {
        if !block.isEmpty { all.append((key, .block(block))) }
    }

    mutating func add(_ layout: DatasetDefinition.Layout) {
        add("sheet", layout.sheet)
        add("table", layout.table)
        switch layout.header {
        case .found: break
        case .none: add("header", .word("none"))
        case .lines(let count): add("header", .mapping([("lines", .word("\(count)"))]))
        case .line(let number): add("header", .mapping([("line", .word("\(number)"))]))
        }
        add("names", texts: layout.names)
        if layout.skip != 0 { add("skip", .word("\(layout.skip)")) }
        add("positions", mapping: layout.positions.map { ($0.name, .word("\($0.first)-\($0.last)")) })
    }
}

extension DatasetDefinition.Layout {
    /// As a line of a definition or a sidecar, for a remedy that says it in backticks: `sheet: Table 1`.
    package static func line(sheet: String) -> String {
        String(WrittenYAML.mapping([("sheet", .text(sheet))]).flow.dropFirst().dropLast())
    }
}

extension DatasetDefinition.Columns {
    /// As a line of a definition, for a remedy that says it in backticks: `columns: {keys: [region, age]}`.
    package var line: String {
        String(WrittenYAML.mapping([("columns", .mapping(written))]).flow.dropFirst().dropLast())
    }

    fileprivate var written: [(key: String, value: WrittenYAML)] {
        var entries = WrittenEntries()
        if let day = year?.day {
            entries.add("year", .mapping([("column", .text(year?.column ?? "")), ("day", .word(day))]))
        } else {
            entries.add("year", year?.column)
        }
        entries.add("keys", list: keys.map(\.written))
        entries.add("labels", mapping: labels.map { ($0.code, .text($0.label)) })
        entries.add("attributes", texts: attributes)
        entries.add("values", texts: values)
        if flags.contains(where: { $0.value != nil }) {
            entries.add("flags", mapping: flags.map { ($0.value ?? "", .texts($0.columns)) })
        } else {
            entries.add("flags", texts: flags.flatMap(\.columns))
        }
        entries.add("ignore", texts: ignored)
        return entries.all
    }
}

extension DatasetDefinition.Columns.Key {
    fileprivate var written: WrittenYAML {
        if id == nil, label == nil, columns.count == 1 { return .text(columns[0]) }
        var entries = WrittenEntries()
        entries.add("id", id)
        entries.add("of", texts: columns)
        entries.add("label", label)
        if !join.isEmpty { entries.add("join", join) }
        return .mapping(entries.all)
    }
}

extension DatasetDefinition.Numbers {
    /// As a line of a definition: `numbers: {decimal-mark: comma}`.
    package var line: String {
        String(WrittenYAML.mapping([("numbers", .mapping(written))]).flow.dropFirst().dropLast())
    }

    fileprivate var written: [(key: String, value: WrittenYAML)] {
        var entries = WrittenEntries()
        entries.add("decimal-mark", decimalMark.map { .word($0.rawValue) })
        if let separators = thousandsSeparators {
            var words: [String] = []
            if !separators.isDisjoint(with: Dialect.spaces) { words.append("spaces") }
            if !separators.isDisjoint(with: Dialect.apostrophes) { words.append("apostrophe") }
            if separators.contains(",") { words.append("comma") }
            if separators.contains(".") { words.append("point") }
            entries.add("thousands-separators", .texts(words))
        }
        return entries.all
    }
}

extension Tolerance {
    fileprivate var written: [(key: String, value: WrittenYAML)] {
        var entries = WrittenEntries()
        entries.add("absolute", absolute.map { .word($0.text) })
        entries.add("relative", relative.map { .word($0.text) })
        return entries.all
    }
}

extension ConcordanceBinding {
    fileprivate var written: WrittenYAML {
        if dimensions.isEmpty { return .text(name) }
        return .mapping([("name", .text(name)), ("dimensions", .texts(dimensions))])
    }
}

extension DatasetDefinition.DimensionDefinition {
    fileprivate var written: WrittenYAML {
        var entries = WrittenEntries()
        entries.add("id", id)
        if label != id { entries.add("label", label) }
        switch role {
        case .stub: entries.add("role", .word("stub"))
        case .heading: entries.add("role", .word("heading"))
        case .column(let column): entries.add("column", column)
        }
        if hasNoTotal { entries.add("total", .word(Self.noTotal)) }
        if let totalCode {
            var total = WrittenEntries()
            total.add("code", totalCode)
            total.add("labels", texts: totalLabels)
            entries.add("total", mapping: total.all)
        }
        return .mapping(entries.all)
    }
}

extension Measure {
    fileprivate var written: WrittenYAML {
        var entries = WrittenEntries()
        entries.add("code", code)
        if label != code { entries.add("label", label) }
        entries.add("unit", unit)
        if multiplier != 0 { entries.add("multiplier", .word("\(multiplier)")) }
        if decimals != 0 { entries.add("decimals", .word("\(decimals)")) }
        entries.add("kind", kind.map { .word($0.rawValue) })
        entries.add("additive", isAdditive.map { .word($0 ? "true" : "false") })
        return .mapping(entries.all)
    }
}

extension Identity {
    fileprivate var written: WrittenYAML {
        switch self {
        case .total(let dimension, let code):
            .mapping([("total", .mapping([("dimension", .text(dimension)), ("code", .text(code))]))])
        case .zeroSum(let over, let dimension, let code):
            .mapping([
                (
                    "zero-sum",
                    .mapping([("over", .text(over)), ("dimension", .text(dimension)), ("code", .text(code))])
                )
            ])
        case .sum(let dimension, let code, let parts):
            .mapping([
                (
                    "sum",
                    .mapping([("dimension", .text(dimension)), ("code", .text(code)), ("of", .texts(parts))])
                )
            ])
        case .nonNegative(nil): .word("non-negative")
        case .nonNegative(let measure?): .mapping([("non-negative", .mapping([("measure", .text(measure))]))])
        case .antisymmetric(let row, let column):
            .mapping([("antisymmetric", .mapping([("row", .text(row)), ("column", .text(column))]))])
        }
    }
}
