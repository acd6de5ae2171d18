import Archive
import ArgumentParser
import ControlAPI
import ControlClient

/// Checks the log.
struct VerifyCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks every frame, digest and chain value of the log.",
        discussion: """
            Ends with 1 where something doesn't hold, or the history isn't the one that it is held against.

            EXAMPLES
              annalctl verify --against "$(cat head.txt)"
              annalctl verify --against /mnt/backup/annal.tar
              annalctl verify --offline /var/lib/annal
            """)

    @Option(
        help: ArgumentHelp(
            "A head that the history must have had, or a backup that it must go on from: a directory or what backup "
                + "wrote; repeatable.", valueName: "seq:hex|dir"))
    var against: [String] = []
    @Option(
        help: ArgumentHelp(
            "Reads the log in a state directory itself, of a stopped daemon, or in a backup.", valueName: "dir"))
    var offline: String?
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let heads = against.compactMap { Head($0) }
        let paths = against.filter { Head($0) == nil }
        if let offline { return try verify(StoredLog(at: offline), heads: heads, backups: paths, session) }
        let request = ControlRequest(
            .get, "/v1/log/verify", query: heads.map { (name: "against", value: $0.description) })
        var backups = try paths.map(StoredBackup.init)
        var report = try await session.work(request, "checking the log", as: VerificationReport.self)
        if backups.isEmpty { return try session.answer(report) }
        let client = try session.client(patience: Session.workPatience)
        try await client.lines(of: ControlRequest(.get, "/v1/log/chain"), as: ChainReport.self) { entry in
            for place in backups.indices { try backups[place].take(entry) }
        }
        report.backups = backups.indices.map { backups[$0].comparison() }
        return try session.answer(report)
    }

    private func verify(
        _ stored: StoredLog, heads: [Head], backups paths: [String], _ session: Session
    ) throws -> ControlAPI.ExitCode {
        var backups = try paths.map(StoredBackup.init)
        var report = try stored.verify(against: heads)
        var history = stored.history
        while let entry = try history.next() {
            for place in backups.indices { try backups[place].take(entry) }
        }
        if !backups.isEmpty { report.backups = backups.indices.map { backups[$0].comparison() } }
        return try session.answer(report)
    }
}

extension Session {
    /// Prints a report that was put together here.
    ///
    /// - Returns: Whether it is sound, as an exit code.
    fileprivate func answer(_ report: VerificationReport) throws -> ControlAPI.ExitCode {
        if options.format == .json {
            try StandardStreams.write(JSONWriter.bytes(of: report) + [0x0A])
        } else {
            try StandardStreams.write(VerificationLayout.text(report))
        }
        return report.isSound ? .done : .answerIsNo
    }
}
