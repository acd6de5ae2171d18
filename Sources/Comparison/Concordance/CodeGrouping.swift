package import Annals

/// The finest partition to which the codes of two days can both be summed.
///
/// Goes through the days between, and keeps for every code that is in force what it shares figures with: where a link is
/// followed, the code that was and the code that comes belong together. A code that ends and a code of the same name that
/// begins on the same day are two. What belongs together at the end, with all codes of the earlier day that lead there,
/// is a group: links compose code by code, exact, perhaps coarser than the figures alone would allow.
///
/// Example: 19 and 20 became 54 in 2020, which a part of 18 joined; in 2024 54 was divided into 55 and 56. Between 2019
/// and 2025 {18, 19, 20} and {18, 55, 56} are a group; with minor links ignored {19, 20} and {55, 56}, and 18.
package struct CodeGrouping {
    /// Codes of both days that can be compared only as a sum; each in its table's order, those that it lacks behind.
    package struct Group: Hashable {
        package var earlier: [String]
        package var later: [String]
    }

    /// By their first codes in the later table's order, then those that only the earlier has.
    package private(set) var groups: [Group] = []
    /// The links that weren't followed, by day and codes.
    package private(set) var ignored: [Concordance.Link] = []

    private let validity: CodeValidity
    private let minor: Concordance.Minor
    private let laterCodes: Set<String>
    private var sets = DisjointSets()
    /// What stands for each code that is in force on the day that has been reached.
    private var inForce: [String: Int] = [:]
    /// The codes of the first day, with those that should be there and aren't.
    private var origins: [(code: String, node: Int)] = []
    /// Codes that a link mentioned on the way.
    private var mentioned: Set<String> = []
    /// Links that aren't followed, with what stands for their two codes.
    private var skipped: [(link: Concordance.Link, nodes: [Int])] = []

    /// - Parameters:
    ///   - concordance: The facts.
    ///   - start: Links of this day and before are over.
    ///   - end: Links of this day and before count.
    ///   - earlier: The codes that the earlier table has in use.
    ///   - later: The later table's.
    ///   - minor: Whether links of parts are followed.
    /// - Throws: `unknownSizes` where the largest of several parts must be told.
    package init(
        _ concordance: Concordance, from start: CalendarDay, to end: CalendarDay, earlier: [String], later: [String],
        minor: Concordance.Minor
    ) throws(ComparisonRefusal) {
        validity = CodeValidity(concordance.links)
        self.minor = minor
        laterCodes = Set(later)
        for code in earlier where inForce[code] == nil { origins.append((code, begin(code))) }
        var rest = concordance.links.filter { start < $0.validFrom && $0.validFrom <= end }[...]
        while let day = rest.first?.validFrom {
            let batch = rest.prefix { $0.validFrom == day }
            rest = rest.dropFirst(batch.count)
            try advance(over: batch, on: day, in: concordance)
        }
        collect(earlier: earlier, later: later)
    }

    private mutating func begin(_ code: String) -> Int {
        let node = sets.make()
        inForce[code] = node
        return node
    }

    // MARK: One day

    private mutating func advance(
        over links: ArraySlice<Concordance.Link>, on day: CalendarDay, in concordance: Concordance
    ) throws(ComparisonRefusal) {
        for link in links where inForce[link.from] == nil {
            // A code that was never there was there at the start, and the table lacks it.
            let node = begin(link.from)
            if !mentioned.contains(link.from) { origins.append((link.from, node)) }
        }
        let before = inForce
        var (followed, left): ([Concordance.Link], [Concordance.Link]) = ([], [])
        for (code, outgoing) in Self.byOrigin(links) {
            let goesOn = validity.goesOn(code, after: day, isInLaterTable: laterCodes.contains(code))
            if !goesOn { inForce[code] = nil }
            let kept = try self.followed(outgoing, goesOn: goesOn, in: concordance)
            followed += kept
            left += outgoing.filter { !kept.contains($0) }
        }
        for link in links where inForce[link.to] == nil { _ = begin(link.to) }
        for link in followed {
            if let origin = before[link.from], let target = inForce[link.to] { sets.join(origin, target) }
        }
        skipped += left.map { link in (link, [before[link.from], inForce[link.to]].compactMap(\.self)) }
        for link in links { mentioned.formUnion([link.from, link.to]) }
    }

    /// The links of each code, those to itself left out, in the order of the first of each.
    private static func byOrigin(
        _ links: ArraySlice<Concordance.Link>
    ) -> [(code: String, links: [Concordance.Link])] {
        var places: [String: Int] = [:]
        var found: [(code: String, links: [Concordance.Link])] = []
        for link in links where !link.isToItself {
            if let place = places[link.from] {
                found[place].links.append(link)
            } else {
                places[link.from] = found.count
                found.append((link.from, [link]))
            }
        }
        return found
    }

    private func followed(
        _ links: [Concordance.Link], goesOn: Bool, in concordance: Concordance
    ) throws(ComparisonRefusal) -> [Concordance.Link] {
        let parts = links.filter { $0.scope == .part }
        guard minor == .ignore, !parts.isEmpty else { return links }
        let main = links.filter { $0.scope != .part }
        // Beside a link that says where the code went, a part is never the largest.
        if goesOn || !main.isEmpty { return main }
        guard let largest = Self.largest(of: parts) else {
            throw .unknownSizes(code: links[0].from, concordance: concordance.name)
        }
        return [largest]
    }

    /// The first of the largest; nil where sizes aren't known of all of several.
    private static func largest(of parts: [Concordance.Link]) -> Concordance.Link? {
        if parts.count == 1 { return parts[0] }
        let shares = parts.compactMap(\.shareBillionths)
        let sizes = shares.count == parts.count ? shares : parts.compactMap(\.size)
        guard sizes.count == parts.count, let most = sizes.max() else { return nil }
        return sizes.firstIndex(of: most).map { parts[$0] }
    }

    // MARK: What belongs together

    private mutating func collect(earlier: [String], later: [String]) {
        for code in later where inForce[code] == nil { _ = begin(code) }
        let (earlierCodes, laterCodes) = (Set(earlier), Set(later))
        // The order of the answer: what the later table has, what only the earlier has, what neither has.
        let absent = inForce.keys.filter { mentioned.contains($0) && !laterCodes.contains($0) }.sorted()
        var places: [Int: Int] = [:]
        var found: [Group] = []
        func group(of code: String, at node: Int, _ add: (inout Group) -> Void) {
            let root = sets.root(of: node)
            let place = places[root] ?? found.count
            if place == found.count {
                places[root] = place
                found.append(Group(earlier: [], later: []))
            }
            add(&found[place])
        }
        var seen: Set<String> = []
        for code in later where seen.insert(code).inserted {
            if let node = inForce[code] { group(of: code, at: node) { $0.later.append(code) } }
        }
        let missing = origins.filter { !earlierCodes.contains($0.code) }.sorted { $0.code < $1.code }
        for (code, node) in origins.filter({ earlierCodes.contains($0.code) }) + missing {
            group(of: code, at: node) { $0.earlier.append(code) }
        }
        for code in absent {
            if let node = inForce[code] { group(of: code, at: node) { $0.later.append(code) } }
        }
        let isKept = found.map { group in
            group.earlier.contains(where: earlierCodes.contains) || group.later.contains(where: laterCodes.contains)
        }
        groups = found.indices.filter { isKept[$0] }.map { found[$0] }
        for (link, nodes) in skipped
        where nodes.contains(where: { places[sets.root(of: $0)].map { isKept[$0] } ?? false }) {
            ignored.append(link)
        }
        ignored.sort { ($0.validFrom, $0.from, $0.to) < ($1.validFrom, $1.from, $1.to) }
    }
}
