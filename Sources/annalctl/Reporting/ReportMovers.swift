import Annals
import ControlAPI
import ControlClient

/// Two tables that a report compares.
struct ReportAxis {
    /// What the daemon is asked.
    var query: [(name: String, value: String)]
    /// The same on the command line.
    var words: [String]
    /// What heads the two columns.
    var from: String
    var to: String
    /// Whether each change is taken apart into what was published at first and what revisions added.
    var isExplained: Bool
}

/// The largest changes of a delta, laid out.
struct ReportMovers {
    private let delta: ReportDelta
    private let axis: ReportAxis

    init(_ delta: ReportDelta, _ axis: ReportAxis) {
        self.delta = delta
        self.axis = axis
    }

    func section(_ title: String, command: String) -> ReleaseReport.Section {
        var section = ReleaseReport.Section(title: title, commands: [command])
        section.lines = ["\(delta.from.name) → \(delta.to.name): \(delta.summary)."]
        if let concordance = delta.concordance {
            section.lines.append(Self.text(concordance, over: delta.cells))
        }
        if axis.isExplained, !delta.cells.isEmpty {
            let revised = delta.cells.count { cell in
                cell.explain.map { !$0.toRevision.isZero || !$0.fromRevision.isZero } ?? false
            }
            let unexplained = delta.cells.count { $0.change != nil && $0.explain == nil }
            section.lines.append(
                "\(revised) of these \(delta.cells.count) changes came in part by revisions"
                    + (unexplained > 0 ? "; of \(unexplained) that can't be told." : "."))
        }
        section.table = table
        return section
    }

    private static func text(_ concordance: ReportDelta.Concordance, over cells: [ReportDelta.Cell]) -> String {
        let (shown, otherSums, otherNames) = ConcordanceOutcome.shown(
            of: concordance.groups, in: Set(cells.flatMap(\.at)), atMost: ConcordanceOutcome.namedAtMost)
        let groups =
            shown.map { "\($0.code) from \($0.from.joined(separator: ", "))" }
            + ConcordanceOutcome.rest(sums: otherSums, names: otherNames)
        return "Compared by the concordance \(concordance.name)" + (concordance.approximate ? ", approximately" : "")
            + (groups.isEmpty ? "." : ": " + groups.joined(separator: "; ") + ".")
    }

    private var table: ReleaseReport.Table {
        let parts = axis.isExplained ? ["as published", "\(axis.to) revised", "\(axis.from) revised"] : []
        let figures = [axis.from, axis.to, "change", "relative"] + parts
        let hasBreaks = delta.cells.contains { $0.acrossBreak == true }
        var table = ReleaseReport.Table(
            columns: delta.dimensions.map { .init($0.id) } + figures.map { .init($0, isFigure: true) })
        if hasBreaks { table.columns.append(.init("remark")) }
        table.rows = delta.cells.map { cell in
            let decimals = decimals(of: cell)
            func text(_ figure: ReceivedFigure?) -> String { figure?.text(decimals: decimals) ?? "" }
            var row = delta.dimensions.names(of: cell.at)
            row += [text(cell.from), text(cell.to), Self.signed(cell.change, decimals), Self.percent(cell.relative)]
            if axis.isExplained {
                row += [cell.explain?.asPublished, cell.explain?.toRevision, cell.explain?.fromRevision].map {
                    Self.signed($0, decimals)
                }
            }
            return row + (hasBreaks ? [cell.acrossBreak == true ? "across a break" : ""] : [])
        }
        return table
    }

    /// Cells that can't be compared with those before a break, laid out.
    func acrossBreaks(_ cells: [ReportDelta.Cell]) -> ReleaseReport.Table {
        var table = ReleaseReport.Table(
            columns: delta.dimensions.map { .init($0.id) } + [
                .init(axis.from, isFigure: true), .init(axis.to, isFigure: true), .init("remark"),
            ])
        table.rows = cells.map { cell in
            let decimals = decimals(of: cell)
            return delta.dimensions.names(of: cell.at) + [
                cell.from?.text(decimals: decimals) ?? cell.fromStatus ?? "",
                cell.to?.text(decimals: decimals) ?? cell.toStatus ?? "", "across a break",
            ]
        }
        return table
    }

    /// Cells that became hidden or available, laid out.
    func transitions(_ cells: [ReportDelta.Cell]) -> ReleaseReport.Section {
        var table = ReleaseReport.Table(
            columns: delta.dimensions.map { .init($0.id) } + [
                .init(axis.from, isFigure: true), .init(axis.to, isFigure: true), .init("became"),
            ])
        table.rows = cells.map { cell in
            let decimals = decimals(of: cell)
            let became = cell.to != nil ? "available" : cell.from != nil ? "hidden" : "hidden otherwise"
            return delta.dimensions.names(of: cell.at) + [
                cell.from?.text(decimals: decimals) ?? cell.fromStatus ?? "",
                cell.to?.text(decimals: decimals) ?? cell.toStatus ?? "", became,
            ]
        }
        return ReleaseReport.Section(title: "", table: table)
    }

    private func decimals(of cell: ReportDelta.Cell) -> Int {
        let place = delta.dimensions.firstIndex { $0.measure == true }
        let code = place.flatMap { cell.at.indices.contains($0) ? cell.at[$0] : nil }
        let measure = code.flatMap { code in delta.measures.first { $0.code == code } } ?? delta.measures.first
        return measure?.decimals ?? 0
    }

    private static func signed(_ figure: ReceivedFigure?, _ decimals: Int) -> String {
        figure.map { ($0.isPositive ? "+" : "") + $0.text(decimals: decimals) } ?? ""
    }

    /// With one digit after the point, as the delta prints it.
    private static func percent(_ figure: ReceivedFigure?) -> String {
        figure?.micros.map(RelativeText.percent) ?? ""
    }
}

extension ReportHeading {
    /// Where changes in different units can't be ranked against one another: a condition a measure; else none.
    var separateMeasures: [(code: String, text: String)?] {
        guard let dimension = dimensions.first(where: { $0.measure == true }),
            Set(measures.map { [$0.unit, $0.multiplier.map(String.init)] }).count > 1
        else { return [nil] }
        return measures.map { ($0.code, "\(dimension.id)=\($0.code)") }
    }
}
