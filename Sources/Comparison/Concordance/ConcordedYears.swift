import Annals

/// The codes of several tables that belong together through all of them.
///
/// From each table to the next as a delta of the two would group them; what is in one group anywhere is one here.
struct ConcordedYears {
    /// Codes outside of their years without a figure but zero, in the order of the tables.
    private(set) var notInUse: [String] = []
    private(set) var ignored: [Concordance.Link] = []
    private var sets = DisjointSets()
    /// Of each table, what stands for each of its codes, and of those that it should have.
    private var nodes: [[String: Int]] = []
    /// The same codes in order.
    private var codes: [[String]] = []
    private let idle: [Set<String>]

    /// - Parameters:
    ///   - tables: At least one, ascending by year.
    ///   - dimensions: Ids of those that the concordance is for.
    ///   - choice: The concordance.
    /// - Throws: `unknownSizes`.
    init(_ tables: [Table], dimensions: [String], by choice: ConcordanceChoice) throws(ComparisonRefusal) {
        let links = choice.concordance.links
        let validity = CodeValidity(links)
        let inventories = tables.map { ConcordedSides.inventory(of: $0, dimensions, validity) }
        let days = zip(tables, inventories).map { table, inventory in
            CodeDay(of: table.period.year, codes: inventory.used, links: links, validity: validity).day
        }
        idle = inventories.map(\.idle)
        for inventory in inventories {
            codes.append([])
            nodes.append([:])
            for code in inventory.used { add(code, to: codes.count - 1) }
            notInUse += inventory.codes.filter { inventory.idle.contains($0) && !notInUse.contains($0) }
        }
        for second in tables.indices.dropFirst() {
            let (earlier, later) = days[second - 1] <= days[second] ? (second - 1, second) : (second, second - 1)
            let grouping = try CodeGrouping(
                choice.concordance, from: days[earlier], to: days[later], earlier: codes[earlier], later: codes[later],
                minor: choice.minor)
            for group in grouping.groups { join(group, earlier, later) }
            ignored += grouping.ignored.filter { !ignored.contains($0) }
        }
    }

    private mutating func add(_ code: String, to table: Int) {
        guard nodes[table][code] == nil else { return }
        nodes[table][code] = sets.make()
        codes[table].append(code)
    }

    private mutating func join(_ group: CodeGrouping.Group, _ earlier: Int, _ later: Int) {
        // A code that the later table lacks and no link took away is in force still.
        let next = group.later.isEmpty ? group.earlier : group.later
        for code in group.earlier { add(code, to: earlier) }
        for code in next { add(code, to: later) }
        let members = group.earlier.compactMap { nodes[earlier][$0] } + next.compactMap { nodes[later][$0] }
        for member in members.dropFirst() { sets.join(members[0], member) }
    }

    /// The codes of each table that belong to a code of any of them, or to a group by its code; nil where none has it.
    mutating func members(of code: String) -> [[String]]? {
        guard let root = root(of: code) else { return nil }
        var found: [[String]] = []
        for table in codes.indices {
            var own: [String] = []
            for code in codes[table] {
                if let node = nodes[table][code], sets.root(of: node) == root { own.append(code) }
            }
            found.append(own)
        }
        return found
    }

    /// The last table that has it counts.
    private mutating func root(of code: String) -> Int? {
        for table in nodes.indices.reversed() {
            if let node = nodes[table][code] { return sets.root(of: node) }
        }
        // A group of several is called after its codes in the last table.
        let first = code.split(separator: "+").first.map(String.init) ?? code
        guard let node = nodes.last?[first] else { return nil }
        let root = sets.root(of: node)
        var joined: [String] = []
        for other in codes.last ?? [] {
            if let node = nodes.last?[other], sets.root(of: node) == root { joined.append(other) }
        }
        return joined.joined(separator: "+") == code ? root : nil
    }

    /// Whether a link that wasn't followed is about one of these codes.
    func ignores(_ codes: [[String]]) -> Bool {
        let codes = Set(codes.joined())
        return ignored.contains { codes.contains($0.from) || codes.contains($0.to) }
    }

    /// Whether a table has a code, and in use.
    func uses(_ code: String, in dimension: Dimension, of table: Int) -> Bool {
        !idle[table].contains(code) && dimension.index(of: code) != nil
    }
}
