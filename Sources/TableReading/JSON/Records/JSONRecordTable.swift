import Annals

/// Flat records as a table of values: names of columns, and one value a record and column.
///
/// Programs write a table as JSON in a handful of forms, all of which come to this:
///
///     [{"region": "North", "births": 12}, …]                     R's jsonlite; pandas `orient="records"`
///     {"region": "North", "births": 12} ⏎ …                      JSON lines
///     {"data": […]}, {"schema": {…}, "data": […]}                 the same in an envelope; pandas `orient="table"`
///     {"columns": […], "index": […], "data": [[…], …]}            pandas `orient="split"`
///     {"region": {"0": "North", …}, "births": {"0": 12, …}}       pandas `orient="columns"`
///     [["region", "births"], ["North", 12], …]                    the API of the US Census
struct JSONRecordTable {
    let document: JSONDocument
    private(set) var names: [String] = []
    /// Places on the document's tape; 0, where the root stands, for a value that a record doesn't have.
    ///
    /// *Shape:* records × columns, row-major.
    private(set) var cells: [UInt32] = []
    /// Places of the records on the tape; of their first values where they aren't together.
    private(set) var records: [UInt32] = []
    private(set) var findings: [Finding] = []

    /// Names of the members that hold the records of an envelope.
    private static let envelopes: Set<String> = ["data", "records", "rows", "value", "values", "results", "items"]
    /// What may stand beside them and says nothing of the figures.
    private static let besides: Set<String> = ["schema", "@odata.context", "odata.metadata"]

    /// - Throws: What the file is instead, or the first record that isn't like the others.
    init(_ document: JSONDocument) throws(Reason) {
        self.document = document
        let roots = document.roots
        if roots.count > 1 {
            try takeObjects(roots)
            return
        }
        let root = roots[0]
        if let other = JSONLikeness.refusal(of: root) { throw other }
        if root.isArray {
            try takeArray(root)
            return
        }
        guard root.isObject else {
            throw root.reason(
                "The JSON text is \(root.described), no table", expected: "an array of records, or JSON-stat",
                remedy: Self.remedy)
        }
        if let columns = root["columns"], let data = root["data"] {
            try takeSplit(root, columns, data)
        } else if let data = try Self.envelope(root) {
            try takeArray(data)
        } else if !root.members.isEmpty, root.members.allSatisfy({ $0.value.isObject }) {
            try takeColumns(root)
        } else if root.members.allSatisfy({ !$0.value.isObject && !$0.value.isArray }) {
            throw root.reason(
                "The file is one object of plain values, and no table",
                found: root.members.prefix(6).map(\.key).joined(separator: ", "), expected: "an array of records",
                remedy: "Put the record into an array where it is the only row: `[{…}]`")
        } else {
            throw root.reason(
                "The JSON object is neither JSON-stat nor an envelope of records",
                found: root.members.prefix(6).map(\.key).joined(separator: ", "),
                expected: "JSON-stat, or an array of flat records", remedy: Self.remedy)
        }
    }

    static let remedy =
        "Export the table as JSON-stat, or as an array of flat records: `[{\"region\": \"North\", \"births\": 12}, …]`"

    /// The array of an object that holds nothing else; nil where it is none.
    private static func envelope(_ root: JSONValue) throws(Reason) -> JSONValue? {
        let arrays = root.members.filter { $0.value.isArray }
        guard arrays.count == 1, envelopes.contains(arrays[0].key) else { return nil }
        for member in root.members where !member.value.isArray && !besides.contains(member.key) {
            throw member.name.reason(
                "`\(member.key)` stands beside the records, and may say that they are a part or something else",
                expected: "an envelope of records alone",
                remedy: "Keep the array of `\(arrays[0].key)` alone, where it has all records")
        }
        return arrays[0].value
    }

    // MARK: Forms

    private mutating func takeArray(_ array: JSONValue) throws(Reason) {
        guard let first = array.elements.first(where: { _ in true }) else {
            throw array.reason("The array of records is empty", expected: "records", remedy: "Export the whole table")
        }
        guard first.isArray else { return try takeObjects(Array(array.elements)) }
        try takeHeading(first)
        try takeRows(array.elements.dropFirst(), index: nil)
    }

    /// The first of some rows, where it names the columns.
    private mutating func takeHeading(_ row: JSONValue) throws(Reason) {
        for value in row.elements {
            guard let name = value.text else {
                throw value.reason(
                    "The rows are arrays, and the first one doesn't name their columns",
                    expected: "a text that names the column", remedy: Self.remedy)
            }
            names.append(name)
        }
        try refuseTwins(row)
    }

    private func refuseTwins(_ row: JSONValue) throws(Reason) {
        var known = Set<String>()
        for (name, value) in zip(names, row.elements) where !known.insert(name).inserted {
            throw value.reason(
                "Two columns are called `\(name)`", expected: "a name of its own for each column",
                remedy: "Rename one of them")
        }
    }

    private mutating func takeSplit(_ root: JSONValue, _ columns: JSONValue, _ data: JSONValue) throws(Reason) {
        for member in root.members where !["columns", "index", "data"].contains(member.key) {
            throw member.name.reason(
                "`\(member.key)` stands beside columns and data", expected: "columns, index and data alone",
                remedy: Self.remedy)
        }
        for value in columns.elements {
            guard let name = value.printed else {
                throw value.reason("A column has no plain name", expected: "a text", remedy: Self.remedy)
            }
            names.append(name)
        }
        guard !names.isEmpty, data.isArray else {
            throw columns.reason("The table has no columns", expected: "an array of names", remedy: Self.remedy)
        }
        try refuseTwins(columns)
        let index = root["index"].map { Array($0.elements) }
        if index != nil { names.insert("", at: 0) }
        try takeRows(data.elements, index: index)
    }

    /// Rows as arrays, with what names each where that stands apart.
    private mutating func takeRows(_ rows: some Sequence<JSONValue>, index: [JSONValue]?) throws(Reason) {
        var count = 0
        for row in rows {
            records.append(UInt32(row.place))
            let own = row.elements.map(\.place)
            guard row.isArray, own.count == names.count - (index == nil ? 0 : 1),
                index.map({ count < $0.count }) ?? true
            else {
                throw row.reason(
                    "A row has \(own.count) values, the columns are \(names.count - (index == nil ? 0 : 1))",
                    expected: "one value a column, and a name of each row where there is an index",
                    remedy: "Export the table again")
            }
            if let index { cells.append(UInt32(try Self.flat(index[count], "index").place)) }
            for value in row.elements { cells.append(UInt32(try Self.flat(value, "row").place)) }
            count += 1
        }
        guard let index, index.count != count else { return }
        throw index[count].reason(
            "The index names \(index.count) rows, and \(count) are there", expected: "a row for each",
            remedy: "Export the table again")
    }

    /// Columns as objects, each with the same keys in the same order: the rows' index.
    private mutating func takeColumns(_ root: JSONValue) throws(Reason) {
        let columns = Array(root.members)
        func counts(_ keys: some Sequence<String>) -> Bool {
            var keys = keys.makeIterator()
            return keys.next() == "0" && ["1", nil].contains(keys.next())
        }
        let (isByRow, isByColumn) = (counts(columns.lazy.map(\.key)), counts(columns[0].value.members.lazy.map(\.key)))
        guard isByRow != isByColumn else {
            throw root.reason(
                "An object of objects may hold rows or columns, and nothing tells which",
                expected: "rows or columns numbered 0, 1, 2 …", remedy: Self.remedy)
        }
        if isByRow {
            try takeObjects(columns.map(\.value))
            return
        }
        let first = Array(columns[0].value.members)
        names = [""] + columns.map(\.key)
        records = first.map { UInt32($0.name.place) }
        cells = [UInt32](repeating: 0, count: records.count * names.count)
        for (row, member) in first.enumerated() { cells[row * names.count] = UInt32(member.name.place) }
        for (place, column) in columns.enumerated() {
            var row = 0
            for member in column.value.members {
                guard row < first.count, member.key == first[row].key else {
                    throw member.name.reason(
                        "The column `\(column.key)` has other rows than `\(columns[0].key)`",
                        expected: row < first.count ? first[row].key : "no more rows", remedy: Self.remedy)
                }
                cells[row * names.count + place + 1] = UInt32(try Self.flat(member.value, column.key).place)
                row += 1
            }
            guard row == first.count else {
                throw column.name.reason(
                    "The column `\(column.key)` has fewer rows than `\(columns[0].key)`",
                    expected: "\(first.count) rows", remedy: Self.remedy)
            }
        }
    }

    private mutating func takeObjects(_ objects: [JSONValue]) throws(Reason) {
        var places: [String: Int] = [:]
        var members = 0
        for object in objects {
            guard object.isObject else {
                throw object.reason(
                    "A record is \(object.described)", expected: "an object of names and values", remedy: Self.remedy)
            }
            for member in object.members {
                let key = member.key
                members += 1
                guard places[key] == nil else { continue }
                places[key] = names.count
                names.append(key)
            }
        }
        let size = objects.count.multipliedReportingOverflow(by: names.count)
        guard !names.isEmpty, !size.overflow, size.partialValue / Self.mostTimesMembers <= max(members, 1000) else {
            throw objects[0].reason(
                names.isEmpty ? "The records are empty" : "The records have hardly a name in common",
                found: "\(names.count) names in \(objects.count) records",
                expected: "the same names in all records", remedy: Self.remedy)
        }
        cells.reserveCapacity(size.partialValue)
        var lacking: (record: JSONValue, column: Int)?
        var lackingCount = 0
        var isOneWhole = false
        for object in objects {
            records.append(UInt32(object.place))
            let start = cells.count
            cells.append(contentsOf: repeatElement(0, count: names.count))
            var count = 0
            for member in object.members {
                guard let column = places[member.key] else { continue }
                cells[start + column] = UInt32(try Self.flat(member.value, member.key).place)
                count += 1
            }
            if count == names.count {
                isOneWhole = true
            } else {
                lackingCount += 1
                if lacking == nil { lacking = (object, cells[start...].firstIndex(of: 0).map { $0 - start } ?? 0) }
            }
        }
        guard let lacking else { return }
        try tolerate(lacking, count: lackingCount, isOneWhole: isOneWhole)
    }

    /// Records of many names that few of them have would take the memory of all combinations.
    private static let mostTimesMembers = 16

    /// R leaves out what is missing; a name that is spelled in two ways looks the same, but then no record has both.
    private mutating func tolerate(
        _ lacking: (record: JSONValue, column: Int), count: Int, isOneWhole: Bool
    ) throws(Reason) {
        let name = names[lacking.column]
        guard isOneWhole else {
            throw lacking.record.reason(
                "The record has no `\(name)`, which others have, and no record has all names", found: name,
                expected: "records of the same names",
                remedy: "Write `null` where a figure is missing; where two names mean one thing, spell them alike")
        }
        let line = document.position(of: lacking.record.offset).line
        findings.append(
            Finding(
                "missing-members",
                "\(count) \(count == 1 ? "record lacks" : "records lack") names that others have, first `\(name)`: taken "
                    + "for blanks", line: line))
    }

    private static func flat(_ value: JSONValue, _ name: String) throws(Reason) -> JSONValue {
        guard value.isObject || value.isArray else { return value }
        throw value.reason(
            "`\(name)` holds \(value.described), and records are flat", expected: "a text, a number or `null`",
            remedy: "Write each value of it as a member of its own; in R, `jsonlite::flatten`; in Python, "
                + "`pandas.json_normalize`")
    }
}
