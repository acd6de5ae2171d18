import Annals

extension YAMLMapping {
    /// Where a file's columns begin: `sheet`, `table`, `header`, `names`, `skip` and `positions`.
    func layout() throws(DefinitionError) -> DatasetDefinition.Layout {
        var layout = DatasetDefinition.Layout(header: try header(), names: try texts("names"))
        layout.skip = try integer("skip", in: 0...Self.maximumLine) ?? 0
        layout.positions = try positions()
        layout.sheet = try text("sheet")
        layout.table = try text("table")
        if value("names") != nil {
            guard layout.header == .none else {
                throw error(
                    "names", "`names` stands without `header: none`",
                    remedy:
                        "where a line of the file names the columns its names count; say `header: none` where none does"
                )
            }
            guard !layout.names.isEmpty, layout.names.count <= Self.maximumColumns else {
                throw error("names", "`names` holds 1 to \(Self.maximumColumns) names, not \(layout.names.count)")
            }
            guard layout.positions.isEmpty else {
                throw error("names", "`names` stands beside `positions`, which name the columns already")
            }
            try checkUnique("names", layout.names)
        }
        if case .line = layout.header, value("skip") != nil {
            throw error(
                "skip", "`skip` stands beside `header: {line: …}`, which counts from the file's first line",
                remedy: "leave `skip` out")
        }
        return layout
    }

    private static var maximumLine: Int { 100_000 }
    private static var maximumHeaderLines: Int { 16 }
    private static var maximumColumns: Int { 10_000 }
    private static var maximumPosition: Int { 1_000_000 }

    private func header() throws(DefinitionError) -> DatasetDefinition.Layout.Header {
        guard let value = value("header") else { return .found }
        if case .scalar("none", _) = value { return .none }
        let remedy = "write none, {lines: 2} for two lines together, or {line: 5} for the file's fifth line"
        guard case .mapping = value else {
            throw error("header", "`header` can't be \(value.kind)", remedy: remedy)
        }
        let mapping = try YAMLMapping(value, file: file, what: "`header`", allowed: ["lines", "line"])
        switch (
            try mapping.integer("lines", in: 1...Self.maximumHeaderLines),
            try mapping.integer("line", in: 1...Self.maximumLine)
        ) {
        case (let lines?, nil): return .lines(lines)
        case (nil, let line?): return .line(line)
        default: throw error("header", "`header` must say one of `lines` and `line`", remedy: remedy)
        }
    }

    /// The columns of fixed width, each behind the one before.
    private func positions() throws(DefinitionError) -> [DatasetDefinition.Layout.Position] {
        guard let value = value("positions") else { return [] }
        let mapping = try YAMLMapping(value, file: file, what: "`positions`", allowed: [])
        guard !mapping.keys.isEmpty, mapping.keys.count <= Self.maximumColumns else {
            throw error("positions", "`positions` holds 1 to \(Self.maximumColumns) columns, not \(mapping.keys.count)")
        }
        var positions: [DatasetDefinition.Layout.Position] = []
        for (name, _) in mapping.keys {
            _ = try mapping.text(of: .scalar(name, line: mapping.line(of: name)), key: "positions")
            let position = try mapping.position(name)
            if let before = positions.last, position.first <= before.last {
                throw mapping.error(
                    name,
                    position.last < before.first
                        ? "the column `\(name)` stands before `\(before.name)`"
                        : "the columns `\(before.name)` and `\(name)` overlap",
                    remedy: "write the columns from left to right, each with its first and last character")
            }
            positions.append(position)
        }
        return positions
    }

    /// `4-6`, or `4` for a column of one character.
    private func position(_ name: String) throws(DefinitionError) -> DatasetDefinition.Layout.Position {
        let text = try required(name, of: "`positions`")
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
            (1...Self.maximumPosition).contains(first), (1...Self.maximumPosition).contains(last)
        else {
            throw error(
                name, "the column `\(name)` can't stand at `\(text)`",
                remedy: "write its first and last character, counted from 1, as in 4-6")
        }
        guard first <= last else {
            throw error(name, "the column `\(name)` ends before it begins: `\(text)`")
        }
        return DatasetDefinition.Layout.Position(name: name, first: first, last: last)
    }
}
