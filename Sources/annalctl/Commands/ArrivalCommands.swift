import ArgumentParser
import ControlAPI
import ControlClient

/// The log of arrivals.
struct DropsCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "drops", abstract: "The log of arrivals: what became of each file, year by year.",
        discussion: "EXAMPLE\n  annalctl drops --since 41 --outcome quarantined")

    enum Outcome: String, CaseIterable, ExpressibleByArgument {
        case new, revised, identical, quarantined
    }

    @Option(help: ArgumentHelp("Only entries after this number.", valueName: "seq")) var since: UInt64?
    @Option(help: "Only entries that ended so.") var outcome: Outcome?
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        var query: [(name: String, value: String)] = []
        if let since { query.append(("since", String(since))) }
        if let outcome { query.append(("outcome", outcome.rawValue)) }
        let request = ControlRequest(.get, "/v1/drops", query: query)
        try await session.ask(request, as: DropsReport.self, formats: [.table, .json, .ndjson]) { report in
            report.drops.isEmpty ? "No drops.\n" : Self.text(report.drops)
        }
        return .done
    }

    static func text(_ drops: [DropReport]) -> String {
        var table = TextTable([
            ("seq", .right), ("outcome", .left), ("dataset", .left), ("year", .left), ("version", .right),
            ("file", .left), ("remark", .left),
        ])
        for drop in drops {
            table.add([
                String(drop.seq), drop.outcome, drop.dataset ?? "", drop.year.map(String.init) ?? "",
                drop.version.map(String.init) ?? "", drop.file, drop.remark,
            ])
        }
        return table.text()
    }
}

/// Waits for the inbox.
struct SyncCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Scans the inbox, and returns when everything in it is committed or quarantined.",
        discussion: """
            Names what lies there and can't be taken, and sidecars that wait for their files. Ends with 1 where something
            can't be taken, or where --since is given and a drop after it was quarantined; with 6 where the inbox is gone,
            nothing can be recorded or the daemon stops; with 7 where it took longer than --timeout, 60 seconds by default.

            EXAMPLE
              annalctl sync --since 41 --timeout 30
            """)

    @Option(
        help: ArgumentHelp(
            "Lists the entries after this number, and ends with 1 where one was quarantined.", valueName: "seq"))
    var since: UInt64?
    @OptionGroup var options: GlobalOptions

    /// How long it may take where nothing is said, in seconds.
    private static let usualTimeout = 60.0
    /// What the way there and back may take besides, in seconds.
    static let grace = 15.0

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        let timeout = options.timeout ?? Self.usualTimeout
        var query = [(name: "timeout", value: String(timeout))]
        if let since { query.append(("since", String(since))) }
        let request = ControlRequest(
            .post, "/v1/sync", query: query, timeout: .seconds(timeout) + .seconds(Self.grace))
        let report = try await session.ask(request, as: SyncReport.self) { report in
            // Without a place to begin, a person does not want every drop there ever was.
            let drops = since == nil ? [] : report.drops
            return "in step up to \(report.seq)\n" + (drops.isEmpty ? "" : DropsCommand.text(drops)) + Self.left(report)
        }
        guard let report else { return .done }
        return !report.held.isEmpty || since != nil && report.hasQuarantined ? .answerIsNo : .done
    }

    /// What lies in the inbox still; nothing where nothing does.
    private static func left(_ report: SyncReport) -> String {
        var table = TextTable([("", .left), ("", .left)])
        for file in report.held { table.add(["not taken", "\(file.file): \(file.reason.sentence)"]) }
        for file in report.sidecars { table.add(["sidecar", "\(file.file): \(file.reason.sentence)"]) }
        return report.held.isEmpty && report.sidecars.isEmpty ? "" : table.text()
    }
}
