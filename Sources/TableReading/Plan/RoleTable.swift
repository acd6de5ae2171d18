import Annals

/// The columns of a file and the roles given so far; what has none yet is open.
struct RoleTable {
    /// A role, the column it belongs to, and why.
    struct Assigned {
        var role: ReadingPlan.Role
        var of: Int?
        var why: String
    }

    let columns: [PlanColumn]
    let rowCount: Int
    let headingLine: Int
    let lineOfRow: (Int) -> Int
    private var roles: [Assigned?]
    private(set) var findings: [Finding] = []

    init(_ columns: [PlanColumn], rowCount: Int, headingLine: Int, lineOfRow: @escaping (Int) -> Int) {
        self.columns = columns
        self.rowCount = rowCount
        self.headingLine = headingLine
        self.lineOfRow = lineOfRow
        roles = Array(repeating: nil, count: columns.count)
    }

    /// The column that a definition means by a name: as it is written, else the first that differs by spelling alone.
    func place(named name: String) -> Int? {
        columns.firstIndex { $0.name == name } ?? columns.firstIndex { ColumnNames.areSame($0.name, name) }
    }

    /// Places of the columns that have no role yet, in the order of the file.
    var open: [Int] { columns.indices.filter { roles[$0] == nil } }

    func role(_ column: Int) -> ReadingPlan.Role? { roles[column]?.role }

    /// The column that a label, an attribute or a flag belongs to.
    func owner(_ column: Int) -> Int? { roles[column]?.of }

    /// Places of the columns with a role, in the order of the file.
    func places(_ role: ReadingPlan.Role) -> [Int] { columns.indices.filter { roles[$0]?.role == role } }

    mutating func assign(_ column: Int, _ role: ReadingPlan.Role, of owner: Int? = nil, _ why: String) {
        roles[column] = Assigned(role: role, of: owner, why: why)
    }

    mutating func note(_ code: String, _ message: String, line: Int? = nil) {
        findings.append(Finding(code, message, line: line))
    }

    /// What was decided; a column without a role has none because nothing is left to decide.
    var plan: ReadingPlan {
        ReadingPlan(
            columns: columns.indices.map { column in
                let assigned = roles[column] ?? Assigned(role: .attribute, of: nil, why: "is empty")
                return ReadingPlan.Column(
                    name: columns[column].name, number: columns[column].place + 1, role: assigned.role,
                    of: assigned.of.map { columns[$0].title }, why: assigned.why)
            })
    }
}
