import Annals
import Definitions

/// What each dimension of a cube is for: a definition decides, else the roles of the dataset's latest file, else the file.
///
/// A dimension of a cube is to them what a column is in delimited text, so that a PX file goes on with a dataset that
/// began as CSV.
struct CubeRoles {
    /// What becomes of a dimension.
    enum Role: Equatable {
        case key
        case time
        case contents
        /// Has one category, and was said of the whole table before, or a definition says so: no dimension.
        case attribute
        /// The same, where a definition leaves it out.
        case ignored
    }

    /// *Shape:* one a dimension.
    private(set) var roles: [Role]
    /// *Shape:* one a dimension; the rest of a sentence that begins with its name.
    private(set) var reasons: [String]
    private let cube: Cube

    /// - Throws: Where the three contradict one another, or what they name is missing.
    init(_ cube: Cube, definition: DatasetDefinition?, bound: ReadingPlan?) throws(Reason) {
        self.cube = cube
        var given: [(role: Role, why: String)?] = cube.dimensions.map { dimension in
            switch dimension.role {
            case .key: (.key, "names a category")
            case .time: (.time, "is the file's dimension of time")
            case .contents: (.contents, "says what is counted")
            case nil: nil
            }
        }
        if let definition { try Self.take(definition.columns, of: definition, cube, &given) }
        if let bound { try Self.take(bound, cube, hasYear: definition?.columns.year != nil, &given) }
        if !given.contains(where: { $0?.role == .time }),
            let place = try CubeTime.place(cube, open: { given[$0] == nil })
        {
            given[place] = (.time, "holds a year in each category")
        }
        roles = given.map { $0?.role ?? .key }
        reasons = given.map { $0?.why ?? "names a category" }
        for role in [Role.time, .contents] where roles.count(where: { $0 == role }) > 1 {
            let names = roles.indices.filter { roles[$0] == role }.map { "`\(cube.dimensions[$0].name)`" }
            let what = role == .time ? "the reference period" : "what is counted"
            throw Reason(
                "More than one dimension says \(what): \(names.joined(separator: ", "))",
                line: cube.dimensions.first?.line, found: names.joined(separator: ", "), expected: "one dimension",
                remedy: role == .time
                    ? "Say which in a definition: `columns: {year: …}`" : "Export the table with one of them")
        }
    }

    /// The place of the only dimension with a role; nil where none has it.
    func place(_ role: Role) -> Int? { roles.firstIndex(of: role) }

    /// One column a dimension, and one a measure.
    var plan: ReadingPlan {
        var plan = ReadingPlan()
        for (place, dimension) in cube.dimensions.enumerated() {
            let text = dimension.categories.first?.label
            let column: (ReadingPlan.Role, String?)? =
                switch roles[place] {
                case .key: (.key, nil)
                case .time: (.year, nil)
                case .contents: nil
                case .attribute: (.attribute, text)
                case .ignored: (.ignored, nil)
                }
            guard let (role, said) = column else { continue }
            plan.columns.append(
                .init(name: dimension.name, number: place + 1, role: role, text: said, why: reasons[place]))
        }
        for (place, measure) in cube.measures.enumerated() {
            plan.columns.append(
                .init(
                    name: measure.label, number: cube.dimensions.count + place + 1, role: .measure,
                    why: "is what the figures count"))
        }
        return plan
    }

    // MARK: The dataset's latest file

    private static let bound = "had this role in the dataset's latest file"

    // `hasYear`: whether a definition says which dimension is of years.
    private static func take(
        _ plan: ReadingPlan, _ cube: Cube, hasYear: Bool, _ given: inout [(role: Role, why: String)?]
    ) throws(Reason) {
        let columns = plan.byName
        for (place, dimension) in cube.dimensions.enumerated() where given[place]?.why != declared {
            guard let column = columns[dimension.name], column.role != .year || !hasYear else { continue }
            switch (column.role, given[place]?.role) {
            case (.year, nil): given[place] = (.time, Self.bound)
            case (.key, nil): given[place] = (.key, Self.bound)
            case (.attribute, nil) where column.isConstant:
                try compare(dimension, column)
                given[place] = (.attribute, Self.bound)
            case (.year, .key), (.year, .contents), (.key, .time):
                throw Reason(
                    "ambiguous-dataset: the dimension `\(dimension.name)` was the \(column.role.rawValue) in the "
                        + "dataset's latest file, and the file says something else of it",
                    line: dimension.line, found: dimension.name, expected: column.role.rawValue,
                    remedy: "Where it is another table, name its own dataset in a sidecar (dataset: …)")
            default: continue
            }
        }
        try refuseGone(plan, cube)
    }

    /// - Throws: Where the dimension says something else than the same column did throughout.
    private static func compare(_ dimension: CubeDimension, _ column: ReadingPlan.Column) throws(Reason) {
        let said = LabelText.folded(column.text ?? "")
        if dimension.categories.count == 1, let only = dimension.categories.first,
            said == LabelText.folded(only.label) || said == LabelText.folded(only.code)
                || said == LabelText.folded("\(only.code) \(only.label)")
        {
            return
        }
        let labels = dimension.categories.prefix(3).map(\.label).joined(separator: ", ")
        throw Reason(
            "ambiguous-dataset: the dimension `\(dimension.name)` says `\(labels)`, and the dataset's latest file said "
                + "`\(column.text ?? "")` throughout",
            line: dimension.line, found: labels, expected: column.text,
            remedy: "Where it is another table, name its own dataset in a sidecar (dataset: …)")
    }

    /// Of men alone, the column said before: that nothing says it now may make other figures of the table.
    private static func refuseGone(_ plan: ReadingPlan, _ cube: Cube) throws(Reason) {
        for column in plan.columns where column.isConstant {
            guard let text = column.text, !TotalLabel.matches(text), ColumnName(column.name).isDimension,
                !cube.dimensions.contains(where: { ColumnName.areSame($0.name, column.name) })
            else { continue }
            throw Reason(
                "ambiguous-dataset: the column `\(column.name)`, which said `\(text)` in every row of the dataset's "
                    + "latest file, is gone",
                found: cube.dimensions.map(\.name).joined(separator: ", "), expected: column.name,
                remedy: "Where it is another table, name its own dataset in a sidecar (dataset: …)")
        }
    }

    // MARK: A definition

    private static let declared = "is named in the definition"

    private static func take(
        _ columns: DatasetDefinition.Columns, of definition: DatasetDefinition, _ cube: Cube,
        _ given: inout [(role: Role, why: String)?]
    ) throws(Reason) {
        if let year = columns.year {
            let place = try place(named: year.column, as: "year", cube)
            for other in given.indices where given[other]?.role == .time { given[other] = nil }
            try give(.time, to: place, cube, &given)
        }
        for key in columns.keys {
            guard key.columns.count == 1 else {
                throw Reason(
                    "The definition joins the columns \(key.columns.joined(separator: ", ")), and this file has "
                        + "dimensions with codes of their own",
                    found: cube.dimensions.map(\.name).joined(separator: ", "), expected: "one dimension a key",
                    remedy: "Name each dimension as a key of its own in the definition")
            }
            try give(.key, to: try place(named: key.columns[0], as: "key", cube), cube, &given)
        }
        for dimension in definition.dimensions {
            guard case .column(let name) = dimension.role else { continue }
            try give(.key, to: try place(named: name, as: "key", cube), cube, &given)
        }
        // Columns beside the keys are those of another format: only what is a dimension here is meant.
        for (names, role) in [(columns.attributes, Role.attribute), (columns.ignored, .ignored)] {
            for name in names {
                guard let place = cube.place(named: name) else { continue }
                let dimension = cube.dimensions[place]
                guard dimension.categories.count == 1 else {
                    throw Reason(
                        "The definition says of `\(dimension.name)` that it is no dimension, and it has "
                            + "\(dimension.categories.count) categories",
                        line: dimension.line,
                        found: dimension.categories.prefix(3).map(\.label).joined(separator: ", "),
                        expected: "one category",
                        remedy: "Take `\(dimension.name)` out of `attributes` and `ignore` in the definition")
                }
                try give(role, to: place, cube, &given)
            }
        }
    }

    private static func give(
        _ role: Role, to place: Int, _ cube: Cube, _ given: inout [(role: Role, why: String)?]
    ) throws(Reason) {
        let dimension = cube.dimensions[place]
        // A dimension of contents is one of measures, whether somebody calls it a key or not.
        if dimension.role == .contents, role == .key { return }
        guard dimension.role != .contents else {
            throw Reason(
                "The definition gives `\(dimension.name)` another role, and it says what is counted",
                line: dimension.line, found: dimension.name, expected: "a dimension of categories",
                remedy: "Take `\(dimension.name)` out of the definition")
        }
        given[place] = (role, declared)
    }

    private static func place(named name: String, as role: String, _ cube: Cube) throws(Reason) -> Int {
        if let place = cube.place(named: name) { return place }
        throw Reason(
            "The definition's \(role) column `\(name)` is missing", line: cube.dimensions.first?.line,
            found: cube.dimensions.map(\.name).joined(separator: ", "), expected: name,
            remedy: "Correct the definition: the file's dimensions are its columns")
    }
}

extension Cube {
    /// The dimension of a name: as it is written, else the first that differs by spelling alone, or is called so for people.
    func place(named name: String) -> Int? {
        dimensions.firstIndex { $0.name == name }
            ?? dimensions.firstIndex { ColumnName.areSame($0.name, name) || ColumnName.areSame($0.label, name) }
    }
}
