import Annals
import Definitions

/// The columns of a file and the roles given so far; what has none yet is open.
struct RoleTable {
    /// A role, the column it belongs to, and why.
    struct Assigned {
        var role: ReadingPlan.Role
        var of: Int?
        /// Whether marks are those of one column, and not of its measure in other years too.
        var isOfOwnerAlone = false
        /// Whether it would be a key, but that others were given.
        var isBesideKeys = false
        var why: String
    }

    let columns: [PlanColumn]
    let rowCount: Int
    let headingLine: Int
    let lineOfRow: (Int) -> Int
    /// The columns by their names.
    let named: NamedPlaces
    private var roles: [Assigned?]
    private var notes: [Finding] = []
    /// Columns of figures that belong to no year.
    private var leftOut: [String] = []
    /// *Shape:* column → each code of a key and the unit that follows from it, a line each.
    private(set) var units: [Int: String] = [:]
    /// Whether the years in headings of figures are parts of names, and not when the figures are of.
    var namesHaveYears = false

    init(_ columns: [PlanColumn], rowCount: Int, headingLine: Int, lineOfRow: @escaping (Int) -> Int) {
        self.columns = columns
        self.rowCount = rowCount
        self.headingLine = headingLine
        self.lineOfRow = lineOfRow
        named = columns.indices.reduce(into: NamedPlaces()) { named, place in
            named.add(columns[place].name, slug: columns[place].heading.comparable, place: place)
        }
        roles = Array(repeating: nil, count: columns.count)
    }

    /// The column that a definition means by a name: as it is written, else the first that differs by spelling alone.
    func place(named name: String) -> Int? {
        named.exactly(name).first ?? named.like(name).first
    }

    /// Places of the columns that have no role yet, in the order of the file.
    var open: [Int] { columns.indices.filter { roles[$0] == nil } }

    func role(_ column: Int) -> ReadingPlan.Role? { roles[column]?.role }

    /// Whether a column holds figures, as far as is known: nothing else was decided.
    func mayBeMeasure(_ column: Int) -> Bool {
        (role(column) ?? .measure) == .measure && FigureChoice.mayBeFigures(columns[column])
    }

    /// Whether another column may be of figures, or is declared to be.
    func hasFigures(besides column: Int) -> Bool {
        columns.indices.contains { $0 != column && (role($0) == .measure || mayBeMeasure($0)) }
    }

    /// The column that a label, an attribute or a flag belongs to.
    func owner(_ column: Int) -> Int? { roles[column]?.of }

    /// Whether a flag's heading is made of that of the column it belongs to: then it is of that column alone.
    func isCalledAfterOwner(_ column: Int) -> Bool {
        if roles[column]?.isOfOwnerAlone == true { return true }
        guard let owner = owner(column), !columns[owner].name.isEmpty else { return false }
        return columns[column].heading.flagged == columns[owner].heading.slug
            || columns[column].name.hasPrefix(columns[owner].name)
    }

    /// Places of the columns with a role, in the order of the file.
    func places(_ role: ReadingPlan.Role) -> [Int] { columns.indices.filter { roles[$0]?.role == role } }

    /// Places of the columns that prove how the file writes its figures: the measures, and figures that are left out.
    ///
    /// Not codes such as `1.1`, footnotes and row numbers, in whatever role they are.
    var figureColumns: [Int] {
        columns.indices.filter { column in
            switch roles[column]?.role {
            case .measure: true
            case .attribute:
                owner(column) == nil && columns[column].profile.isOfFigures && !columns[column].heading.isCode
                    && !columns[column].heading.isRemark
            default: false
            }
        }
    }

    mutating func assign(
        _ column: Int, _ role: ReadingPlan.Role, of owner: Int? = nil, isOfOwnerAlone: Bool = false, _ why: String
    ) {
        roles[column] = Assigned(role: role, of: owner, isOfOwnerAlone: isOfOwnerAlone, why: why)
    }

    mutating func note(_ code: String, _ message: String, line: Int? = nil) {
        notes.append(Finding(code, message, line: line))
    }

    /// Names a column of figures that belongs to no year, beside columns that do.
    mutating func noteLeftOut(_ title: String) { leftOut.append(title) }

    var findings: [Finding] {
        func line(_ title: String) -> String { "`\(DatasetDefinition.Columns(values: [title]).line)`" }
        guard leftOut.count > Self.namedOneByOne else {
            return notes
                + leftOut.map {
                    Finding(
                        "column-left-out",
                        "The column `\($0)` belongs to no year, and is left out; keep it by a definition: \(line($0))")
                }
        }
        let first = leftOut.prefix(Self.namedOneByOne).map { "`\($0)`" }.joined(separator: ", ")
        return notes + [
            Finding(
                "column-left-out",
                "\(leftOut.count) columns belong to no year, and are left out: \(first) …; keep one by a definition: "
                    + line(leftOut[0]))
        ]
    }

    private static let namedOneByOne = 8

    /// The text that stands in every row of an attribute of the table; nil where it differs, or the column has another role.
    func constant(_ column: Int) -> String? {
        guard rowCount > 1, role(column) == .attribute, owner(column) == nil, let texts = columns[column].texts,
            texts.count == 1
        else { return nil }
        let text = LabelText.normalized(texts.string(0))
        return text.isEmpty || text.utf8.count > Self.longestConstant ? nil : text
    }

    /// In bytes; longer texts are remarks.
    private static let longestConstant = 200

    /// What was decided; a column without a role has none because nothing is left to decide.
    var plan: ReadingPlan {
        ReadingPlan(
            columns: columns.indices.map { column in
                let assigned = roles[column] ?? Assigned(role: .attribute, of: nil, why: "is empty")
                return ReadingPlan.Column(
                    name: columns[column].name, number: columns[column].place + 1, role: assigned.role,
                    of: assigned.of.map { columns[$0].title },
                    text: constant(column) ?? emptiness(column) ?? units[column],
                    why: assigned.why)
            })
    }

    /// Keeps which unit follows from which code, while the rows are there to tell: a code that has another unit in the next
    /// file is another series.
    mutating func keepUnits() {
        for column in places(.attribute) where columns[column].heading.isUnit {
            guard let owner = owner(column), role(owner) == .key, let codes = columns[owner].texts,
                let own = columns[column].texts, own.count > 1, codes.count <= Self.mostUnits
            else { continue }
            let lines = ColumnRelations.leaders(codes, own).enumerated().compactMap { code, unit in
                unit == .max ? nil : codes.string(code) + "\t" + own.string(Int(unit))
            }
            units[column] = lines.sorted().joined(separator: "\n")
        }
    }

    private static let mostUnits = 200

    /// An empty text for a column in which nothing stands; nil for others.
    private func emptiness(_ column: Int) -> String? {
        columns[column].texts != nil && columns[column].profile.filled == 0
            && (role(column) ?? .attribute) == .attribute
            ? "" : nil
    }

    /// Whether a column would be a key, but that others were the keys of the dataset's latest file, or are a definition's.
    func isBesideKeys(_ column: Int) -> Bool { roles[column]?.isBesideKeys ?? false }

    /// Takes note of that.
    mutating func noteBesideKeys(_ column: Int) { roles[column]?.isBesideKeys = true }
}
