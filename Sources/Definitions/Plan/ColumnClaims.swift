import Annals

/// The role that a definition gives to each column it names, so that none gets two.
///
/// Names are compared as written: `15-19` and `15+` would be the same slug soon enough.
struct ColumnClaims {
    /// What a column is for, in the words of the definition's keys.
    enum Role: String {
        case year, key, label, attribute, measure, flag, ignored
    }

    private let file: String
    private var roles: [String: (role: Role, line: Int)] = [:]
    /// In the order in which they were claimed.
    private(set) var names: [(name: String, line: Int)] = []

    init(file: String) { self.file = file }

    /// Gives a column its role.
    ///
    /// - Throws: Where it has one already, the same or another.
    mutating func claim(_ name: String, as role: Role, line: Int) throws(DefinitionError) {
        if let earlier = roles[name] {
            throw DefinitionError(
                file: file, line: line,
                message: earlier.role == role
                    ? "names the column `\(name)` twice as \(role.rawValue)"
                    : "gives the column `\(name)` two roles, \(earlier.role.rawValue) (line \(earlier.line)) and \(role.rawValue)",
                remedy: "leave one of them")
        }
        roles[name] = (role, line)
        names.append((name, line))
    }

    /// Checks that a column that is spoken of has no role, or one of these.
    func check(_ name: String, isOneOf allowed: [Role], as what: String, line: Int) throws(DefinitionError) {
        guard let earlier = roles[name], !allowed.contains(earlier.role) else { return }
        throw DefinitionError(
            file: file, line: line,
            message: "names the column `\(name)` as \(what), which is \(earlier.role.rawValue) (line \(earlier.line))")
    }

    /// Whether two names mean the same column, in one place of a definition and another.
    static func areSame(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        let slug = Slug.name(left)
        return !slug.isEmpty && slug == Slug.name(right)
    }
}
