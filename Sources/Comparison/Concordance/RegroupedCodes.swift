import Annals

/// The groups as one of the two tables sees them.
struct RegroupedCodes {
    private let groups: [ConcordanceOutcome.Group]
    private let placeByCode: [String: Int]
    private let isFirst: Bool
    /// Labels of the second table's codes.
    private let labels: [String: String]

    /// - Parameters:
    ///   - groups: All of them.
    ///   - isFirst: Whether for the first table or for the second.
    ///   - labels: Of the codes that groups are named by.
    init(_ groups: [ConcordanceOutcome.Group], isFirst: Bool, labels: [String: String]) {
        self.groups = groups
        self.isFirst = isFirst
        self.labels = labels
        var places: [String: Int] = [:]
        for (place, group) in groups.enumerated() {
            for code in isFirst ? group.from : group.to { places[code] = place }
        }
        placeByCode = places
    }

    func place(of code: String) -> Int? { placeByCode[code] }

    func code(_ group: Int) -> String { groups[group].code }

    /// Those that the table should have.
    func members(of group: Int) -> [String] { isFirst ? groups[group].from : groups[group].to }

    /// The groups of which the table should have a code and hasn't any, while the other table has one.
    func codes(withoutAnyOf known: Set<String>, butIn other: Set<String>) -> Set<String> {
        let missing = groups.filter { group in
            let (own, others) = isFirst ? (group.from, group.to) : (group.to, group.from)
            return !own.isEmpty && known.isDisjoint(with: own) && !other.isDisjoint(with: others)
        }
        return Set(missing.map(\.code))
    }

    func isJoined(_ group: Int) -> Bool { groups[group].from.count > 1 || groups[group].to.count > 1 }

    /// The category of a group; one that is unchanged keeps its own.
    func category(_ group: Int, of category: Category) -> Category {
        let code = groups[group].code
        if category.code == code { return category }
        let parts = groups[group].to.isEmpty ? groups[group].from : groups[group].to
        return Category(code: code, label: parts.map { labels[$0] ?? $0 }.joined(separator: " + "))
    }
}
