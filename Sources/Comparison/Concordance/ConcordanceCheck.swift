package import Annals

/// What in a concordance can't be, or should be looked at.
package enum ConcordanceCheck {
    /// What is found, by line: `overlap`, `gap` and `cycle` are mistakes; `begins-again` may be meant.
    package static func findings(in concordance: Concordance) -> [Finding] {
        let found = overlaps(concordance) + gaps(concordance) + cycles(concordance) + returns(concordance)
        return found.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
    }

    /// Whether a finding says that the concordance is wrong.
    package static func isMistake(_ finding: Finding) -> Bool { mistakes.contains(finding.code) }

    private static let mistakes: Set = ["overlap", "gap", "cycle"]

    /// Codes that it mentions and a list doesn't have, each with its line.
    package static func codes(of concordance: Concordance, missingIn known: Set<String>) -> [Finding] {
        var seen = known
        return concordance.links.flatMap { link in
            [link.from, link.to].filter { seen.insert($0).inserted }.map {
                Finding("unknown-code", "no table of the bound datasets has \($0)", line: link.line)
            }
        }
    }

    // MARK: On one day

    /// The links of one code on one day, those to itself left out.
    private struct Departure {
        let links: [Concordance.Link]
        let saysItGoesOn: Bool
    }

    private static func departures(_ concordance: Concordance) -> [Departure] {
        let byDay = Dictionary(grouping: concordance.links) { "\($0.validFrom) \($0.from)" }
        return byDay.values.map { links in
            Departure(links: links.filter { !$0.isToItself }, saysItGoesOn: links.contains(where: \.isToItself))
        }.filter { !$0.links.isEmpty }
    }

    private static func overlaps(_ concordance: Concordance) -> [Finding] {
        var findings: [Finding] = []
        for departure in departures(concordance) {
            let links = departure.links
            var targets: Set<String> = []
            for link in links where !targets.insert(link.to).inserted {
                findings.append(
                    Finding("overlap", "\(link.from) goes to \(link.to) twice on \(link.validFrom)", line: link.line))
            }
            if let whole = links.first(where: { $0.scope == .whole }) {
                for link in links where link.to != whole.to {
                    findings.append(
                        Finding(
                            "overlap",
                            "all of \(link.from) goes to \(whole.to) on \(link.validFrom), and besides to \(link.to)",
                            line: link.line))
                }
            }
            if let sum = shares(of: links), sum > one {
                findings.append(
                    Finding(
                        "overlap", "the shares of \(links[0].from) on \(links[0].validFrom) are more than 1",
                        line: links[0].line))
            }
        }
        return findings
    }

    private static let one = ScaledDecimal.powerOfTen(Concordance.Link.shareDecimals)

    /// What the shares add up to; nil where one isn't known.
    private static func shares(of links: [Concordance.Link]) -> Int64? {
        let shares = links.compactMap(\.shareBillionths)
        return shares.count == links.count ? shares.reduce(0) { $0 &+ $1 } : nil
    }

    // MARK: From day to day

    private static func gaps(_ concordance: Concordance) -> [Finding] {
        let validity = CodeValidity(concordance.links)
        var findings: [Finding] = []
        for departure in departures(concordance) {
            let links = departure.links
            let goesOn =
                departure.saysItGoesOn
                || validity.goesOn(links[0].from, after: links[0].validFrom, isInLaterTable: false)
            if !goesOn, let sum = shares(of: links), sum < one {
                findings.append(
                    Finding(
                        "gap", "\(links[0].from) ends on \(links[0].validFrom), and its shares are less than 1",
                        line: links[0].line))
            }
        }
        for link in concordance.links {
            let events = validity.events(of: link.from)
            guard let place = events.firstIndex(where: { $0.day == link.validFrom }), place > 0 else { continue }
            let before = events[place - 1]
            if before.hasMainOutflow, !before.hasInflow, !before.saysItGoesOn {
                findings.append(
                    Finding(
                        "gap",
                        "\(link.from) leaves on \(link.validFrom), but ended on \(before.day) and didn't come again",
                        line: link.line))
            }
        }
        return findings
    }

    /// Chains of codes that end and lead back to their beginning; codes that are exchanged on one day are none.
    private static func cycles(_ concordance: Concordance) -> [Finding] {
        let links = concordance.links.filter { !$0.isToItself && $0.scope != .part }
        return CodeCycles(links).cycles.compactMap { members in
            let inside = links.filter { members.contains($0.from) && members.contains($0.to) }
            guard let first = inside.first, inside.contains(where: { $0.validFrom != first.validFrom }) else {
                return nil
            }
            return Finding("cycle", "\(first.from) leads back to itself", line: first.line)
        }
    }

    /// Codes that ended and are used for something once more.
    private static func returns(_ concordance: Concordance) -> [Finding] {
        let validity = CodeValidity(concordance.links)
        return concordance.links.compactMap { link in
            guard !link.isToItself,
                let ending = validity.events(of: link.to).last(where: { $0.day < link.validFrom }),
                ending.hasMainOutflow, !ending.hasInflow, !ending.saysItGoesOn
            else { return nil }
            return Finding(
                "begins-again", "\(link.to) ended on \(ending.day) and begins again on \(link.validFrom)",
                line: link.line)
        }
    }
}
