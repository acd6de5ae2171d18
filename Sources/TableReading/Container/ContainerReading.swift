import Annals

/// Reads what a container holds: each member as a file of its own, and all of them as one drop.
///
/// All or none: a member that can't be read refuses the container, unless it is for people (a licence, a picture). A year
/// comes from one member alone, and all members have the columns of the first.
struct ContainerReading {
    typealias Result = TableReading.Result
    /// What reads a file that stands alone.
    typealias Reader = (SourceDocument, ReadingPlan?) throws(Reason) -> TableReading.Outcome

    /// A member, and what it says.
    private typealias Part = (member: ContainerMember, result: Result)

    let document: SourceDocument
    let limits: ReadingLimits
    let read: Reader

    /// - Returns: What its members say together.
    /// - Throws: Where the container, or a member of it, can't be read whole.
    func run(_ form: ContainerForm, bound: ReadingPlan?) throws(Reason) -> Result {
        var unpacking = Unpacking(of: document, limits: limits)
        let members = try unpacking.members(form)
        if members.count == 1, let member = members.first {
            var result = try self.result(member, bound: bound)
            result.reading.findings.insert(
                Finding("container", "Read is `\(member.path)`, which is packed by \(form.rawValue)"), at: 0)
            return result
        }
        return try merged(try parts(members, bound: bound), of: members)
    }

    // MARK: Reading

    private func parts(_ members: [ContainerMember], bound: ReadingPlan?) throws(Reason) -> [Part] {
        var parts: [Part] = []
        var plan = bound
        for member in members where !member.isDocument {
            let result: Result
            switch try outcome(member, bound: plan) {
            case .read(let read): result = read
            case .declined where member.mayBeWords: continue
            case .declined(let reason): throw Self.reason(reason, in: member)
            }
            if let first = parts.first, first.result.reading.dataset != result.reading.dataset {
                throw Self.severalDatasets(first, (member, result))
            }
            plan = plan ?? result.reading.plan.recorded
            parts.append((member, result))
        }
        guard !parts.isEmpty else {
            throw Reason(
                "No file in the container is a table", found: members.map(\.path).joined(separator: ", "),
                expected: "a table", remedy: "Pack the table itself")
        }
        return parts
    }

    private func result(_ member: ContainerMember, bound: ReadingPlan?) throws(Reason) -> Result {
        switch try outcome(member, bound: bound) {
        case .read(let result): return result
        case .declined(let reason): throw Self.reason(reason, in: member)
        }
    }

    private func outcome(_ member: ContainerMember, bound: ReadingPlan?) throws(Reason) -> TableReading.Outcome {
        var file = document
        file.name = member.name
        file.bytes = member.bytes
        file.container = document.name
        do throws(Reason) {
            return try read(file, bound)
        } catch {
            throw Self.reason(error, in: member)
        }
    }

    private static func reason(_ reason: Reason, in member: ContainerMember) -> Reason {
        Reason(
            "`\(member.path)` in the container: \(reason.message)", line: reason.line, column: reason.column,
            found: reason.found, expected: reason.expected, remedy: reason.remedy)
    }

    private static func severalDatasets(_ first: Part, _ other: Part) -> Reason {
        let (one, two) = (first.result.reading.dataset, other.result.reading.dataset)
        return Reason(
            "The container holds tables of more than one dataset: `\(first.member.path)` of \(one), "
                + "`\(other.member.path)` of \(two)",
            found: two.slug, expected: one.slug,
            remedy: "Unpack it, and drop each table as a file of its own; where all are of one dataset, say `dataset:` "
                + "in a sidecar")
    }

    // MARK: Together

    private func merged(_ parts: [Part], of members: [ContainerMember]) throws(Reason) -> Result {
        var owners: [Int: String] = [:]
        var years: [(table: Table, origins: CellOrigins?)] = []
        for (member, result) in parts {
            if let table = result.reading.tables.first, let first = parts[0].result.reading.tables.first,
                let difference = YearsOfOneFile.difference(table, first)
            {
                throw Reason(
                    "`\(member.path)` in the container holds \(difference.what), beside `\(parts[0].member.path)`",
                    found: difference.here, expected: difference.there,
                    remedy: "Drop each table as a file of its own")
            }
            for (index, table) in result.reading.tables.enumerated() {
                if let other = owners.updateValue(member.path, forKey: table.period.year) {
                    throw Reason(
                        "`\(other)` and `\(member.path)` in the container both have figures of \(table.period.label)",
                        found: member.path, expected: "each year once",
                        remedy: "Pack one of them, or drop one after the other")
                }
                let origins = result.reading.origins
                years.append((table, index < origins.count ? origins[index] : nil))
            }
        }
        try refuseTooMuch(years.map(\.table))
        years.sort { $0.table.period.year < $1.table.period.year }
        var whole = parts[parts.count - 1].result
        whole.reading.tables = years.map(\.table)
        whole.reading.origins = years.compactMap(\.origins)
        whole.reading.findings = Self.findings(parts, of: members)
        whole.reading.published = parts.compactMap(\.result.reading.published).max()
        whole.reader = Self.each(parts.map(\.result.reader))
        whole.encoding = Self.each(parts.map(\.result.encoding))
        return whole
    }

    /// The limits of a file hold for what it contains.
    private func refuseTooMuch(_ tables: [Table]) throws(Reason) {
        var cells = 0
        for table in tables { cells += table.cells.count }
        guard cells <= limits.cells, tables.count <= limits.years else {
            throw Reason(
                "The files in the container have more cells or years than the limit",
                found: "\(cells) cells, \(tables.count) years",
                expected: "at most \(limits.cells) cells and \(limits.years) years",
                remedy: "Drop them one by one, or raise the limit")
        }
    }

    private static func findings(_ parts: [Part], of members: [ContainerMember]) -> [Finding] {
        var findings: [Finding] = []
        for (member, result) in parts {
            let years = result.reading.tables.map(\.period.label).joined(separator: ", ")
            findings.append(Finding("container", "\(years): read is `\(member.path)` in the container"))
            findings += result.reading.findings.map {
                Finding($0.code, "`\(member.path)`: \($0.message)", line: $0.line)
            }
        }
        let read = Set(parts.map(\.member.path))
        let others = members.map(\.path).filter { !read.contains($0) }
        guard !others.isEmpty else { return findings }
        return findings + [
            Finding("container", "Passed over, being no tables: \(others.map { "`\($0)`" }.joined(separator: ", "))")
        ]
    }

    /// Different ones, in the order of the files.
    private static func each(_ names: [String]) -> String {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.joined(separator: ", ")
    }
}
