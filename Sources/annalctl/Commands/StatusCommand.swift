import ArgumentParser
import ControlAPI
import ControlClient

/// How the daemon is.
struct StatusCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How the daemon is: state, inbox, counters, log, last drops.",
        discussion: "EXAMPLE\n  annalctl status --format json")

    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try await session.ask(ControlRequest(.get, "/v1/status"), as: StatusReport.self, text: Self.text)
        return .done
    }

    static func text(_ status: StatusReport) -> String {
        var table = TextTable([("", .left), ("", .left)])
        table.add(["state", status.state.rawValue])
        table.add(["inbox", "\(status.inbox.path) (\(status.inbox.mode)), \(status.inbox.pending) pending"])
        let drops = status.drops
        table.add([
            "drops",
            "\(drops.new) new, \(drops.revised) revised, \(drops.identical) identical, \(drops.quarantined) quarantined",
        ])
        table.add(["datasets", "\(status.datasets), with \(status.vintages) vintages"])
        table.add(["log", "\(status.log.commits) commits, \(status.log.bytes) bytes, \(status.log.condition)"])
        table.add(["head", status.log.head])
        table.add(["annald", "\(status.version), pid \(status.pid), since \(status.started)"])
        for file in status.inbox.waiting { table.add(["waiting", "\(file.file): \(file.reason.sentence)"]) }
        for file in status.inbox.refused { table.add(["refused", "\(file.file): \(file.reason.sentence)"]) }
        for file in status.inbox.sidecars { table.add(["sidecar", "\(file.file): \(file.reason.sentence)"]) }
        if let progress = status.progress { table.add(["progress", progress.text]) }
        for problem in status.problems { table.add(["problem", problem]) }
        return table.text() + (status.lastDrops.isEmpty ? "" : "\nlast drops\n" + DropsCommand.text(status.lastDrops))
    }
}
