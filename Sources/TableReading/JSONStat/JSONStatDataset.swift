import Annals
import Definitions

/// A dataset of JSON-stat but for its figures: what it is called, its dimensions, and where its values stand.
struct JSONStatDataset {
    let root: JSONValue
    /// In the order over which the values are row-major.
    let dimensions: [CubeDimension]
    /// *Shape:* one a dimension.
    let counts: [Int]
    /// How many combinations there are.
    let size: Int
    let values: JSONValue
    let status: JSONValue?
    let notes: [String]
    /// By the category of the dimension of time.
    let notesOfTime: [Int: [String]]
    private let own: [JSONValue]

    /// - Parameters:
    ///   - root: The dataset.
    ///   - limits: For categories and cells.
    /// - Throws: Where identifiers, sizes and categories don't fit one another.
    init(_ root: JSONValue, limits: ReadingLimits) throws(Reason) {
        self.root = root
        guard let dimension = root["dimension"], let values = root["value"] else {
            throw root.reason(
                "The dataset has no `dimension` or no `value`", expected: "both", remedy: "Ask for the whole dataset")
        }
        self.values = values
        status = root["status"].flatMap { $0.isNull ? nil : $0 }
        let id = try Self.array("id", root, dimension)
        let sizes = try Self.array("size", root, dimension)
        let names = try Self.names(id)
        counts = try Self.counts(sizes, names: names, limits: limits)
        let roles = Self.roles(root["role"] ?? dimension["role"])
        var own: [JSONValue] = []
        var dimensions: [CubeDimension] = []
        for (place, name) in names.enumerated() {
            guard let value = dimension[name], value.isObject else {
                throw dimension.reason(
                    "The dimension `\(name)` is named and not described", found: name,
                    expected: "a member `\(name)` of `dimension`", remedy: "Ask for the whole dataset")
            }
            own.append(value)
            var made = CubeDimension(
                name: name, label: value["label"]?.text ?? name, role: roles[name],
                categories: try JSONStatCategories.all(value, name: name, count: counts[place]), line: value.line)
            if made.role == nil { try JSONStatHierarchy.take(value, &made) }
            dimensions.append(made)
        }
        for name in roles.keys.sorted() where !names.contains(name) {
            throw dimension.reason(
                "A role is given to `\(name)`, which is no dimension", found: name,
                expected: "one of \(names.joined(separator: ", "))", remedy: "Ask for the whole dataset")
        }
        self.dimensions = dimensions
        self.own = own
        size = try CubeTable.combinations(
            counts, limit: values.isObject ? Int.max : limits.cells, line: sizes.line)
        (notes, notesOfTime) = Self.notes(root, own, dimensions)
    }

    // MARK: Dimensions

    /// `id` and `size`: members of the dataset in 2.0, of its `dimension` in 1.x.
    private static func array(_ name: String, _ root: JSONValue, _ dimension: JSONValue) throws(Reason) -> JSONValue {
        if let value = root[name], value.isArray { return value }
        if let value = dimension[name], value.isArray { return value }
        throw root.reason(
            "The dataset has no `\(name)`", expected: "an array `\(name)`, one element a dimension",
            remedy: "Ask for the whole dataset")
    }

    private static func names(_ id: JSONValue) throws(Reason) -> [String] {
        var names: [String] = []
        for element in id.elements {
            guard let name = element.text else {
                throw element.reason(
                    "The name of a dimension is \(element.described)", expected: "a text", remedy: remedy)
            }
            guard !names.contains(name) else {
                throw element.reason("The dimension `\(name)` is named twice", expected: "each once", remedy: remedy)
            }
            guard names.count < mostDimensions else {
                throw element.reason(
                    "The dataset has more than \(mostDimensions) dimensions", expected: "at most \(mostDimensions)",
                    remedy: remedy)
            }
            names.append(name)
        }
        guard !names.isEmpty else {
            throw id.reason("The dataset has no dimensions", expected: "one at least", remedy: remedy)
        }
        return names
    }

    static let remedy = "Correct the file, or ask the agency for it again"
    /// An agency's table has ten.
    private static let mostDimensions = 100

    private static func counts(
        _ sizes: JSONValue, names: [String], limits: ReadingLimits
    ) throws(Reason) -> [Int] {
        var counts: [Int] = []
        for element in sizes.elements {
            guard let count = element.whole, count >= 0 else {
                throw element.reason("A size is no whole number", expected: "a number of categories", remedy: remedy)
            }
            guard count > 0 else {
                throw element.reason(
                    "A dimension has no categories: the dataset is empty", expected: "one at least",
                    remedy: "Ask for the whole dataset")
            }
            guard count <= limits.categories else {
                throw element.reason(
                    "A dimension has more categories than the limit", expected: "at most \(limits.categories)",
                    remedy: "Ask for a part of the table")
            }
            counts.append(count)
        }
        guard counts.count == names.count else {
            throw sizes.reason(
                "`size` has \(counts.count) numbers, and there are \(names.count) dimensions",
                found: "\(counts.count)", expected: "\(names.count)", remedy: remedy)
        }
        return counts
    }

    /// What the file says that dimensions are of; `geo` and what else there may be says nothing of figures.
    private static func roles(_ value: JSONValue?) -> [String: CubeDimension.Role] {
        var roles: [String: CubeDimension.Role] = [:]
        for (name, role) in [("time", CubeDimension.Role.time), ("metric", .contents)] {
            guard let value = value?[name] else { continue }
            let names = value.isArray ? value.elements.compactMap(\.text) : [value.text].compactMap(\.self)
            for name in names { roles[name] = role }
        }
        return roles
    }

    /// Place of the dimension that says what is counted.
    var contents: Int? { dimensions.firstIndex { $0.role == .contents } }

    /// A dimension as the file describes it.
    func described(_ place: Int) -> JSONValue { own[place] }

    // MARK: What it is

    /// The label without what marks at its words refer to, with the agency's id.
    var titleLine: TitleLine? {
        let id = agencyID
        guard let label = root["label"]?.text, !FieldText.collapsed(label).isEmpty else {
            return id.map { TitleLine("", marks: [], agencyID: $0) }
        }
        return TitleLine(label, marks: TitleLine.marks(of: notes), agencyID: id)
    }

    /// The agency's own id of the table: PxWeb's `tableid` or `matrix`, the CSO's matrix, Eurostat's id.
    private var agencyID: String? {
        let found = [
            root.at("extension", "px", "tableid"), root.at("extension", "px", "matrix"),
            root.at("extension", "matrix"), root.at("extension", "id"),
        ]
        return found.lazy.compactMap { $0?.text }.first { !Slug.make($0).isEmpty }
    }

    /// The dialect of the program or agency that says itself who it is; nil for all others.
    var dialect: String? {
        if root.at("extension", "px") != nil { return "px" }
        let isOfEurostat = root["source"]?.text == "ESTAT" || root.at("extension", "agencyId")?.text == "ESTAT"
        return isOfEurostat ? "eurostat" : nil
    }

    /// When it was published, and a finding where that can't be read.
    var published: (instant: Instant?, finding: Finding?) {
        guard let value = root["updated"], !value.isNull else { return (nil, nil) }
        if let instant = value.text.flatMap({ Instant(iso8601: $0) }) { return (instant, nil) }
        let message = "`updated` is no date or instant: `\(value.printed ?? value.described)`"
        return (nil, Finding("updated-unread", message, line: value.line))
    }

    /// What the figures stand for, where PxWeb says the same of all of them.
    var periodKind: Period.Kind? {
        var kinds: Set<String> = []
        for dimension in own {
            guard let types = dimension.at("extension", "measuringType") else { continue }
            kinds.formUnion(types.members.map { $0.value.text?.lowercased() ?? "" })
        }
        return kinds.count == 1 ? kinds.first.flatMap(Period.Kind.init(rawValue:)) : nil
    }

    // MARK: Notes

    private static func notes(
        _ root: JSONValue, _ own: [JSONValue], _ dimensions: [CubeDimension]
    ) -> ([String], [Int: [String]]) {
        var notes = texts(root["note"])
        var ofTime: [Int: [String]] = [:]
        for (dimension, value) in zip(dimensions, own) {
            notes += texts(value["note"]).map { "\(dimension.label): \($0)" }
            guard let members = value.at("category", "note")?.members else { continue }
            for member in members {
                let key = member.key
                guard let place = dimension.categories.firstIndex(where: { $0.code == key }) else { continue }
                let label = dimension.categories[place].label
                let texts = texts(member.value).map { "\(label): \($0)" }
                if dimension.role == .time { ofTime[place, default: []] += texts } else { notes += texts }
            }
        }
        return (notes, ofTime)
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        guard let value else { return [] }
        let texts = value.isArray ? value.elements.compactMap(\.text) : [value.text].compactMap(\.self)
        return texts.map(FieldText.collapsed).filter { !$0.isEmpty }
    }
}
