/// Things that are put together, two by two, until it is asked which belong together.
struct DisjointSets {
    private var parents: [Int] = []

    /// A new set of one.
    mutating func make() -> Int {
        parents.append(parents.count)
        return parents.count - 1
    }

    /// The one that stands for the whole set.
    mutating func root(of member: Int) -> Int {
        var member = member
        while parents[member] != member {
            parents[member] = parents[parents[member]]
            member = parents[member]
        }
        return member
    }

    mutating func join(_ first: Int, _ second: Int) { parents[root(of: first)] = root(of: second) }
}
