import Annals

/// The dimensions of a PX file: its variables, those in front of the rows before those above the columns.
struct PXDimensions {
    private(set) var dimensions: [CubeDimension] = []
    /// How many of them stand in front of the rows.
    private(set) var stubCount: Int
    private(set) var findings: [Finding] = []

    /// - Throws: What is missing, stands twice or contradicts itself.
    init(_ metadata: PXMetadata, limit: Int) throws(Reason) {
        let stub = try metadata.first("STUB").map { (statement) throws(Reason) in try statement.list() } ?? []
        let heading = try metadata.first("HEADING").map { (statement) throws(Reason) in try statement.list() } ?? []
        stubCount = stub.count
        guard !stub.isEmpty || !heading.isEmpty else {
            throw Self.missing("STUB or HEADING", "says which variables the table has", line: metadata.dataLine)
        }
        for (place, name) in (stub + heading).enumerated() {
            guard !dimensions.contains(where: { $0.name == name }) else {
                throw Reason(
                    "The variable `\(name)` stands twice in STUB and HEADING", line: metadata.line("STUB"), found: name,
                    expected: "each variable once", remedy: "Correct the file")
            }
            guard dimensions.count < Self.most else {
                throw Reason(
                    "More variables than the limit", line: metadata.line("STUB"), expected: "at most \(Self.most)",
                    remedy: "Export a part of the table")
            }
            dimensions.append(try Self.dimension(name, isInStub: place < stub.count, metadata, limit: limit))
        }
        try takeContents(metadata)
        try takeTimes(metadata)
        takeHierarchies(metadata)
    }

    private static let most = 64

    static func missing(_ keyword: String, _ why: String, line: Int) -> Reason {
        Reason(
            "The keyword \(keyword), which \(why), is missing", line: line, expected: keyword,
            remedy: "Export the file again")
    }

    private static func dimension(
        _ name: String, isInStub: Bool, _ metadata: PXMetadata, limit: Int
    ) throws(Reason) -> CubeDimension {
        guard let statement = metadata.first("VALUES", name) else {
            throw missing("VALUES(\"\(name)\")", "says what the variable holds", line: metadata.dataLine)
        }
        let labels = try statement.list()
        guard labels.count <= limit else {
            throw Reason(
                "The variable `\(name)` has more values than the limit", line: statement.line,
                found: "\(labels.count) values", expected: "at most \(limit)", remedy: "Export a part of the table")
        }
        guard let coded = metadata.first("CODES", name) else {
            return CubeDimension(
                name: name, label: name, role: nil, categories: labels.map { Category(code: "", label: $0) },
                isInStub: isInStub, line: statement.line)
        }
        let codes = try coded.list()
        guard codes.count == labels.count else {
            throw Reason(
                "The variable `\(name)` has \(labels.count) values and \(codes.count) codes", line: coded.line,
                found: "\(codes.count) codes", expected: "\(labels.count) codes, as in line \(statement.line)",
                remedy: "Correct the file: look for a comma that is missing between two texts")
        }
        return CubeDimension(
            name: name, label: name, role: nil, categories: zip(codes, labels).map { Category(code: $0, label: $1) },
            isInStub: isInStub, line: statement.line)
    }

    // MARK: Contents

    /// What PC-Axis calls the variable that it adds for percentages beside figures: one of contents, though not said so.
    static let percentages = "$$SORT"

    private mutating func takeContents(_ metadata: PXMetadata) throws(Reason) {
        let statement = metadata.first("CONTVARIABLE")
        let name = statement?.value ?? Self.percentages
        guard let place = dimensions.firstIndex(where: { $0.name == name }) else {
            guard let statement else { return }
            throw Reason(
                "CONTVARIABLE names a variable that the table doesn't have", line: statement.line, found: name,
                expected: "one of \(dimensions.map(\.name).joined(separator: ", "))", remedy: "Correct the file")
        }
        dimensions[place].role = .contents
    }

    // MARK: Times

    private mutating func takeTimes(_ metadata: PXMetadata) throws(Reason) {
        for statement in metadata.all("TIMEVAL") {
            guard let name = statement.subkeys.first, let place = dimensions.firstIndex(where: { $0.name == name })
            else {
                findings.append(
                    Finding(
                        "keyword-of-nothing",
                        "TIMEVAL is of `\(statement.subkeys.first ?? "")`, which the table doesn't have",
                        line: statement.line))
                continue
            }
            guard dimensions[place].role != .contents else {
                throw Reason(
                    "The variable `\(name)` is of time and of contents at once", line: statement.line, found: name,
                    expected: "one of the two", remedy: "Correct the file")
            }
            dimensions[place].role = .time
            let times = try PXTimes(statement, name: name, first: dimensions[place].categories[0].label).times
            guard !times.isEmpty else { continue }
            guard times.count == dimensions[place].categories.count else {
                throw Reason(
                    "TIMEVAL lists \(times.count) times, and `\(name)` has \(dimensions[place].categories.count) values",
                    line: statement.line, found: "\(times.count) times",
                    expected: "\(dimensions[place].categories.count) times", remedy: "Correct the file")
            }
            dimensions[place].times = times
        }
    }

    // MARK: Hierarchies

    private static let parent = "parent"

    /// The code above each code, as an attribute, where HIERARCHIES gives it one.
    private mutating func takeHierarchies(_ metadata: PXMetadata) {
        for statement in metadata.all("HIERARCHIES") {
            guard let name = statement.subkeys.first, let place = dimensions.firstIndex(where: { $0.name == name }),
                dimensions[place].role == nil, dimensions[place].hasCodes, dimensions[place].attributes.isEmpty
            else { continue }
            var parents: [String: String] = [:]
            var isTree = true
            let tokens = statement.tokens
            for index in tokens.indices.dropFirst(2) {
                guard case .text(let child) = tokens[index], case .colon = tokens[index - 1],
                    case .text(let above) = tokens[index - 2]
                else { continue }
                if let other = parents.updateValue(above, forKey: child), other != above { isTree = false }
            }
            guard isTree, !parents.isEmpty else {
                findings.append(
                    Finding(
                        "hierarchy-left-out",
                        "HIERARCHIES of `\(name)` is left out: it \(isTree ? "is empty" : "has a code below two others")",
                        line: statement.line))
                continue
            }
            dimensions[place].attributes = [Self.parent]
            for index in dimensions[place].categories.indices {
                let code = dimensions[place].categories[index].code
                dimensions[place].categories[index].attributes = [parents[code] ?? ""]
            }
        }
    }
}
