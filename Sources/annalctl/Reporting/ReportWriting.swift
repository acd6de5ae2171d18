import Annals
import ControlAPI

/// Puts a report together, section by section.
struct ReportWriting {
    let source: ReportSource
    /// As it was asked for.
    let year: String
    /// How many changes are named on each axis.
    let top: Int

    /// How many cells of a kind are named.
    static let mostCells = 20

    /// - Throws: `ControlProblem`: no such dataset or year.
    func report() async throws -> ReleaseReport {
        let history = try await source.answer(["years", year, "vintages"], as: HistoryReport.self)
        let years = try await source.answer(["years"], as: YearsReport.self)
        guard let current = history.vintages.first(where: \.current) else {
            throw ControlProblem(.noSuchYear, "\(source.dataset) has no year \(year) yet.")
        }
        let heading = try await heading(of: history.year)
        let before = years.years.last { $0.year < history.year }
        var sections = [try await arrivals(history), audits(heading, history.year)]
        if !heading.findings.isEmpty { sections.append(findings(heading, history.year)) }
        if let before { sections += try await changes(from: before.year, to: history.year, heading) }
        if let earlier = current.byPublished?.against {
            sections += try await revision(of: history, from: earlier, to: current, heading)
        }
        sections.append(try await breaks(in: history, current, heading))
        return ReleaseReport(
            dataset: source.dataset, year: history.year, title: heading.title, head: history.head, sections: sections)
    }

    /// What a table says besides its cells, of which one is asked for.
    private func heading(of year: Int) async throws -> ReportHeading {
        let path = ["years", "\(year)"]
        let dimensions = try await source.dimensions()
        let cell = try await source.firstRow(path, as: ReportCell.self)
        let query = zip(dimensions, cell?.at ?? []).map { (name: "where", value: "\($0)=\($1)") }
        return try await source.answer(path, query)
    }

    // MARK: What arrived, and whether it holds

    private func arrivals(_ history: HistoryReport) async throws -> ReleaseReport.Section {
        var section = ReleaseReport.Section(title: "What arrived")
        var table = ReleaseReport.Table(columns: [
            .init("version", isFigure: true), .init("published"), .init("recorded"), .init("file"), .init("outcome"),
            .init("why"), .init("changed"),
        ])
        for vintage in history.vintages {
            let why = [vintage.kind, vintage.stage, vintage.reason].compactMap(\.self).joined(separator: "; ")
            table.rows.append([
                "\(vintage.version)", vintage.published.description, vintage.recorded.description, vintage.source.file,
                vintage.outcome, why, vintage.changed?.description ?? vintage.uncompared ?? "",
            ])
            let name = "Version \(vintage.version)"
            if vintage.current { section.lines.append("\(name) is current.") }
            if let version = vintage.revertsTo {
                section.lines.append("\(name) has the figures of version \(version) again.")
            }
            if let confirmed = vintage.confirmed {
                section.lines.append("\(name) was confirmed as \(confirmed.stage), published \(confirmed.published).")
            }
            section.lines += Self.differences(of: vintage).map { Self.sentence("\(name): \($0)") }
            section.lines += (vintage.findings ?? []).map { Self.sentence("\(name): \($0.message)") }
        }
        section.table = table
        section.commands = [source.command("history", source.dataset, "\(history.year)")]
        let quarantined = try await source.quarantined().filter { $0.year == nil || $0.year == history.year }
        section.lines += quarantined.map { Self.sentence("In quarantine: \($0.file), \($0.reason.sentence)") }
        if !quarantined.isEmpty { section.commands.append("annalctl quarantine list") }
        return section
    }

    /// With a full stop, unless it has one.
    private static func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    /// In sentences how much a version changed, and whether that matters.
    private static func differences(of vintage: HistoryReport.Entry) -> [String] {
        let changed = (vintage.difference?.sentences ?? []).map { "\($0), against version \(vintage.against ?? 0)" }
        return changed + [vintage.material?.sentence].compactMap(\.self)
    }

    private func audits(_ heading: ReportHeading, _ year: Int) -> ReleaseReport.Section {
        var section = ReleaseReport.Section(title: "Audits")
        var table = ReleaseReport.Table(columns: [
            .init("audit"), .init("result"), .init("checked", isFigure: true), .init("unchecked", isFigure: true),
            .init("failed", isFigure: true), .init("origin"),
        ])
        for audit in heading.audits {
            table.rows.append([
                audit.name, audit.result, "\(audit.checked)", "\(audit.unchecked)", "\(audit.failed)", audit.origin,
            ])
            section.lines += audit.findings.map { Self.sentence("\(audit.name): \($0)") }
        }
        if heading.audits.isEmpty { section.lines.append("No identity is declared, and the figures prove none.") }
        section.table = table
        section.commands = [source.command("show", source.dataset, "\(year)")]
        return section
    }

    private func findings(_ heading: ReportHeading, _ year: Int) -> ReleaseReport.Section {
        ReleaseReport.Section(
            title: "What was noticed", lines: heading.findings.map { Self.sentence($0.message) },
            commands: [source.command("show", source.dataset, "\(year)")])
    }

    // MARK: Against the year before

    private func changes(
        from: Int, to: Int, _ heading: ReportHeading
    ) async throws -> [ReleaseReport.Section] {
        let axis = ReportAxis(
            query: [("from", "\(from)"), ("to", "\(to)")], words: ["\(from)..\(to)"], from: "\(from)", to: "\(to)",
            isExplained: true)
        var sections = try await movers(axis, heading, title: "Largest changes since \(from)")
        let codes = codes(of: try await self.heading(of: from), heading, from: from)
        if !codes.isEmpty {
            sections.append(
                .init(
                    title: "Codes that appeared or vanished since \(from)", lines: codes,
                    commands: [
                        source.command(
                            "delta", source.dataset, "\(from)..\(to)", "--concordance", "none",
                            piped: "grep -wE 'appeared|vanished'")
                    ]))
        }
        return sections
    }

    /// A line a dimension whose codes differ.
    private func codes(of earlier: ReportHeading, _ later: ReportHeading, from: Int) -> [String] {
        later.dimensions.flatMap { dimension in
            let before = earlier.dimensions.first { $0.id == dimension.id }?.categories ?? []
            let (known, now) = (Set(before.map(\.code)), Set(dimension.categories.map(\.code)))
            func line(_ categories: [ReportDimension.Category], _ verb: String) -> [String] {
                let names = categories.map { $0.label == $0.code ? $0.code : "\($0.code) \($0.label)" }
                let more = names.count > Self.mostCells ? " and \(names.count - Self.mostCells) more" : ""
                let list = names.prefix(Self.mostCells).joined(separator: ", ")
                return names.isEmpty ? [] : ["\(dimension.id): \(list)\(more) \(verb)."]
            }
            return line(dimension.categories.filter { !known.contains($0.code) }, "appeared")
                + line(before.filter { !now.contains($0.code) }, "vanished")
        }
    }

    // MARK: Against the version before

    private func revision(
        of history: HistoryReport, from earlier: Int, to current: HistoryReport.Entry, _ heading: ReportHeading
    ) async throws -> [ReleaseReport.Section] {
        let range = "\(history.year):\(earlier)..\(current.version)"
        let axis = ReportAxis(
            query: [
                ("year", "\(history.year)"), ("from_version", "\(earlier)"), ("to_version", "\(current.version)"),
            ], words: ["--vintage", range], from: "version \(earlier)", to: "version \(current.version)",
            isExplained: false)
        return try await movers(axis, heading, title: "Largest revisions since version \(earlier)")
    }

    // MARK: Both

    /// The largest changes of an axis, a section a measure where their units differ; then what changed status.
    private func movers(
        _ axis: ReportAxis, _ heading: ReportHeading, title: String
    ) async throws -> [ReleaseReport.Section] {
        var sections: [ReleaseReport.Section] = []
        var withTransitions: ReportDelta?
        var withBreaks: ReportDelta?
        for condition in heading.separateMeasures {
            let title = condition.map { "\(title): \($0.code)" } ?? title
            let words = ["delta", source.dataset] + axis.words + (condition.map { ["--where", $0.text] } ?? [])
            let options = ["--top", "\(top)"] + (axis.isExplained ? ["--explain"] : [])
            var query = axis.query + [("top", "\(top)")] + (condition.map { [("where", $0.text)] } ?? [])
            if axis.isExplained { query.append(("explain", "true")) }
            do {
                let delta = try await source.answer(["delta"], query, as: ReportDelta.self)
                if delta.summary.transitions > 0 { withTransitions = delta }
                if delta.summary.acrossBreak ?? 0 > 0 { withBreaks = delta }
                sections.append(
                    ReportMovers(delta, axis).section(title, command: source.command(words + options)))
            } catch let problem as ControlProblem where problem.kind == .deltaRefused {
                sections.append(
                    .init(
                        title: title, lines: ["It can't be told: \(problem.detail)"], commands: [source.command(words)])
                )
            }
        }
        if let withTransitions { sections.append(try await transitions(axis, in: withTransitions)) }
        if let withBreaks { sections.append(try await acrossBreaks(axis, in: withBreaks)) }
        return sections
    }

    /// Delta gives the names of codes and the measures.
    private func transitions(_ axis: ReportAxis, in delta: ReportDelta) async throws -> ReleaseReport.Section {
        let found = try await source.rows(
            ["delta"], axis.query + [("totals", "exclude")], holding: #""transition""#, atMost: Self.mostCells
        ) { (cell: ReportDelta.Cell) in cell.comparison == "transition" }
        var section = ReportMovers(delta, axis).transitions(found.rows)
        section.lines = ["\(found.count) cells, totals left out."]
        section.title = "Cells that became hidden or available since \(axis.from)"
        section.commands = [
            source.command(
                ["delta", source.dataset] + axis.words + ["--totals", "exclude"], piped: "grep -w transition")
        ]
        return section
    }

    /// Changes between figures of which the later can't be compared with the earlier.
    private func acrossBreaks(_ axis: ReportAxis, in delta: ReportDelta) async throws -> ReleaseReport.Section {
        let found = try await source.rows(
            ["delta"], axis.query + [("totals", "exclude")], holding: #""across_break":true"#, atMost: Self.mostCells
        ) { (cell: ReportDelta.Cell) in cell.acrossBreak == true }
        return ReleaseReport.Section(
            title: "Across a break since \(axis.from)",
            lines: [
                "\(found.count) cells, totals left out: their series has a break between the two, so that the change says "
                    + "little."
            ],
            table: ReportMovers(delta, axis).acrossBreaks(found.rows),
            commands: [
                source.command(
                    ["delta", source.dataset] + axis.words + ["--totals", "exclude"], piped: "grep '  across a break'")
            ])
    }

    private func breaks(
        in history: HistoryReport, _ current: HistoryReport.Entry, _ heading: ReportHeading
    ) async throws -> ReleaseReport.Section {
        var section = ReleaseReport.Section(title: "Breaks")
        let found = try await source.rows(
            ["years", "\(history.year)"], [], holding: #""break""#, atMost: Self.mostCells
        ) { (cell: ReportCell) in cell.flags.contains("break") }
        section.lines.append(
            found.count == 0 ? "No cell is flagged as a break." : "\(found.count) cells are flagged as breaks.")
        if !found.rows.isEmpty {
            var table = ReleaseReport.Table(
                columns: heading.dimensions.map { .init($0.id) } + [.init("flags")])
            table.rows = found.rows.map { heading.dimensions.names(of: $0.at) + [$0.flags.joined(separator: " ")] }
            section.table = table
        }
        section.lines += (current.altered ?? []).map {
            Self.sentence("Against version \(current.against ?? 0): \($0.message)")
        }
        section.commands = [
            source.command("show", source.dataset, "\(history.year)", "--format", "csv", piped: "grep -w break"),
            source.command("history", source.dataset, "\(history.year)"),
        ]
        return section
    }
}
