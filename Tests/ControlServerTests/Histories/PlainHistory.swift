/// What a dataset went through: drops one after another, and what became of each, by the rules and nothing else.
struct PlainHistory {
    /// Microseconds, and how they are written.
    struct Moment {
        var microseconds: Int64
        var text: String

        init(microseconds: Int64, text: String) {
            self.microseconds = microseconds
            self.text = text
        }

        /// A day of January 2012.
        init(day: Int, hour: Int = 0) {
            microseconds = (1_325_376_000 + Int64(day - 1) * 86_400 + Int64(hour) * 3600) * 1_000_000
            text = "2012-01-\(Self.two(day))T\(Self.two(hour)):00:00Z"
        }

        /// The end of a day.
        init(endOfDay day: Int) {
            self.init(day: day + 1)
            microseconds -= 1
            text = "2012-01-\(Self.two(day))"
        }

        private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    }

    /// One file.
    struct Drop {
        var tables: [PlainTable]
        var published: Moment?
        var kind: String?
        var stage: String?
    }

    struct Confirmation {
        var sequence: Int
        var published: Int64
        var stage: String?
    }

    struct Vintage {
        var table: PlainTable
        var version: Int
        var sequence: Int
        var published: Int64
        var publishedText: String
        var kind: String?
        var ownStage: String?
        var outcome: String
        var revertsTo: Int?
        var confirmations: [Confirmation] = []

        /// What was said last.
        var stage: String? {
            let all = [Confirmation(sequence: sequence, published: published, stage: ownStage)] + confirmations
            return all.filter { $0.stage != nil }.max { ($0.published, $0.sequence) < ($1.published, $1.sequence) }?
                .stage
        }

        func isBefore(_ other: Vintage) -> Bool { (published, sequence) < (other.published, other.sequence) }
    }

    /// What of the history a question looks at.
    struct Limits {
        var asOf: Moment?
        var knownAt: Int?

        func admit(_ published: Int64, _ sequence: Int) -> Bool {
            published <= asOf?.microseconds ?? .max && sequence <= knownAt ?? .max
        }
    }

    let decimalsAreDeclared: Bool
    /// By year, in the order of arrival.
    private(set) var years: [Int: [Vintage]] = [:]
    private(set) var head = 0

    init(decimalsAreDeclared: Bool) { self.decimalsAreDeclared = decimalsAreDeclared }

    /// A file that was taken aside has a number, too.
    mutating func skip() { head += 1 }

    /// Takes a drop, whose recorded instant the clock gave; outcome and version of each of its years.
    mutating func take(_ drop: Drop, recorded: Moment) -> [(outcome: String, version: Int, sequence: Int)] {
        let published = drop.published ?? recorded
        return drop.tables.map { table in
            head += 1
            let known = years[table.year] ?? []
            func isSame(_ vintage: Vintage) -> Bool {
                vintage.table.saysTheSame(as: table, withDecimals: decimalsAreDeclared)
            }
            let current = known.filter { $0.published <= published.microseconds }.max { $0.isBefore($1) }
            if let current, isSame(current) {
                let confirmation = Confirmation(
                    sequence: head, published: published.microseconds, stage: drop.stage)
                years[table.year]![current.version - 1].confirmations.append(confirmation)
                return ("identical", current.version, head)
            }
            let outcome = known.isEmpty ? "new" : "revised"
            years[table.year, default: []].append(
                Vintage(
                    table: table, version: known.count + 1, sequence: head, published: published.microseconds,
                    publishedText: published.text, kind: drop.kind, ownStage: drop.stage, outcome: outcome,
                    revertsTo: known.last(where: isSame)?.version))
            return (outcome, known.count + 1, head)
        }
    }

    // MARK: What a question sees

    func vintages(_ year: Int, _ limits: Limits) -> [Vintage] {
        (years[year] ?? []).filter { limits.admit($0.published, $0.sequence) }.map { vintage in
            var vintage = vintage
            vintage.confirmations.removeAll { !limits.admit($0.published, $0.sequence) }
            return vintage
        }
    }

    /// In order of publication.
    func releases(_ year: Int, _ limits: Limits) -> [Vintage] {
        vintages(year, limits).sorted { $0.isBefore($1) }
    }

    func years(_ limits: Limits) -> [Int] { years.keys.sorted().filter { !vintages($0, limits).isEmpty } }

    func current(_ year: Int, _ limits: Limits) throws(PlainProblem) -> Vintage {
        try checkIsKnown(limits)
        guard let current = releases(year, limits).last else { throw PlainProblem("no-such-year") }
        return current
    }

    func vintage(_ year: Int, version: Int, _ limits: Limits) throws(PlainProblem) -> Vintage {
        _ = try current(year, limits)
        guard let vintage = vintages(year, limits).first(where: { $0.version == version }) else {
            throw PlainProblem("no-such-version")
        }
        return vintage
    }

    /// Before its first entry there was no such dataset.
    func checkIsKnown(_ limits: Limits) throws(PlainProblem) {
        let first = years.values.flatMap { $0.map(\.sequence) }.min() ?? .max
        if let knownAt = limits.knownAt, knownAt < first { throw PlainProblem("no-such-dataset") }
    }
}
