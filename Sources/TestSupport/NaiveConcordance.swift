package import Annals

/// The rules of a concordance in the plainest code: a relation that is carried from day to day, and sets that are joined
/// until none have anything in common.
package struct NaiveConcordance {
    /// Codes that can be compared only as a sum.
    package struct Group: Hashable {
        package var earlier: Set<String>
        package var later: Set<String>

        package init(earlier: Set<String>, later: Set<String>) {
            self.earlier = earlier
            self.later = later
        }
    }

    private let links: [Concordance.Link]

    /// - Parameter links: In the order of days.
    package init(links: [Concordance.Link]) { self.links = links }

    /// The groups of the codes of two days, and the links that aren't followed.
    package func groups(
        from start: CalendarDay, to end: CalendarDay, earlier: [String], later: [String], minor: Concordance.Minor
    ) -> (groups: Set<Group>, ignored: Set<Concordance.Link>) {
        var relation = earlier.map { (origin: $0, code: $0) }
        var mentioned: Set<String> = []
        var unnamed = 0
        var ignored: Set<Concordance.Link> = []
        for day in Set(links.map(\.validFrom)).sorted() where start < day && day <= end {
            let today = links.filter { $0.validFrom == day }
            for code in Set(today.map(\.from)) where !relation.contains(where: { $0.code == code }) {
                unnamed += 1
                relation.append((mentioned.contains(code) ? "#\(unnamed)" : code, code))
            }
            var next: [(origin: String, code: String)] = []
            for (origin, code) in relation {
                let outgoing = today.filter { $0.from == code && $0.to != code }
                let stays = outgoing.isEmpty || goesOn(code, day, today, later)
                let kept = followed(outgoing, stays, minor)
                ignored.formUnion(Set(outgoing).subtracting(kept))
                if stays { next.append((origin, code)) }
                next += kept.map { (origin, $0.to) }
            }
            for code in Set(today.map(\.to)) where !next.contains(where: { $0.code == code }) {
                unnamed += 1
                next.append(("#\(unnamed)", code))
            }
            mentioned.formUnion(today.flatMap { [$0.from, $0.to] })
            relation = next
        }
        for code in later where !relation.contains(where: { $0.code == code }) {
            unnamed += 1
            relation.append(("#\(unnamed)", code))
        }
        return (joined(relation, earlier, later, mentioned), ignored)
    }

    private func goesOn(_ code: String, _ day: CalendarDay, _ today: [Concordance.Link], _ later: [String]) -> Bool {
        if today.contains(where: { $0.from == code && $0.to == code }) { return true }
        if today.contains(where: { $0.from == code && $0.scope != .part }) { return false }
        return links.contains { $0.validFrom > day && ($0.from == code || $0.to == code) }
            || today.contains { $0.to == code } || later.contains(code)
    }

    private func followed(
        _ outgoing: [Concordance.Link], _ stays: Bool, _ minor: Concordance.Minor
    ) -> Set<Concordance.Link> {
        if minor == .merge { return Set(outgoing) }
        let parts = outgoing.filter { $0.scope == .part }
        var kept = Set(outgoing.filter { $0.scope != .part })
        if !stays, kept.isEmpty, let most = parts.map({ $0.size! }).max() {
            kept.insert(parts.first { $0.size == most }!)
        }
        return kept
    }

    private func joined(
        _ relation: [(origin: String, code: String)], _ earlier: [String], _ later: [String], _ mentioned: Set<String>
    ) -> Set<Group> {
        var sets = relation.map { Group(earlier: [$0.origin], later: [$0.code]) }
        var isChanged = true
        while isChanged {
            isChanged = false
            for first in sets.indices {
                for second in sets.indices where second > first {
                    guard
                        !sets[first].earlier.isDisjoint(with: sets[second].earlier)
                            || !sets[first].later.isDisjoint(with: sets[second].later)
                    else { continue }
                    if sets[second] != sets[first] { isChanged = true }
                    sets[first].earlier.formUnion(sets[second].earlier)
                    sets[first].later.formUnion(sets[second].later)
                    sets[second] = sets[first]
                }
            }
        }
        return Set(
            sets.map { set in
                Group(
                    earlier: set.earlier.filter { !$0.hasPrefix("#") },
                    later: set.later.filter { later.contains($0) || mentioned.contains($0) })
            }.filter { !$0.earlier.isDisjoint(with: earlier) || !$0.later.isDisjoint(with: later) })
    }
}

/// A made-up history of codes, one change after another.
package struct RandomCodes {
    /// In the order of days.
    package private(set) var links: [Concordance.Link] = []
    /// *Shape:* one a year from ``firstYear`` on.
    package private(set) var codesByYear: [[String]] = []
    /// Nothing has changed yet.
    package static let firstYear = 2000

    /// That many years from ``firstYear`` on.
    package init(years: Int, using generator: inout some RandomNumberGenerator) {
        var codes = (0..<6).map { "a\($0)" }
        var fresh = 0
        codesByYear.append(codes)
        for year in Self.firstYear + 1..<Self.firstYear + years {
            let day = CalendarDay(startOf: year)
            // A code takes part in one change a day.
            var idle = codes.shuffled(using: &generator)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                guard idle.count > 2 else { break }
                let code = idle.removeLast()
                fresh += 1
                let new = "b\(fresh)"
                switch Int.random(in: 0..<4, using: &generator) {
                case 0:
                    let other = idle.removeLast()
                    links += [code, other].map { Concordance.Link(day, $0, new, .whole) }
                    codes = codes.filter { $0 != code && $0 != other } + [new]
                case 1:
                    let target = idle.removeLast()
                    links.append(Concordance.Link(day, code, target, .part, size: 1))
                    links.append(Concordance.Link(day, code, code, .part))
                case 2:
                    links.append(Concordance.Link(day, code, new, .split, size: 2))
                    links.append(Concordance.Link(day, code, new + "x", .split, size: 3))
                    codes = codes.filter { $0 != code } + [new, new + "x"]
                default:
                    let target = idle.removeLast()
                    links.append(Concordance.Link(day, code, new, .part, size: .random(in: 1...5, using: &generator)))
                    links.append(
                        Concordance.Link(day, code, target, .part, size: .random(in: 1...5, using: &generator)))
                    codes = codes.filter { $0 != code } + [new]
                }
            }
            codesByYear.append(codes)
        }
    }
}
