import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import ControlServer

// What changes something.
extension DaemonBackend {
    func retryQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer {
        let catalog = archive.catalog
        let sha256 = catalog.quarantined(id: id)?.claim.sha256
        try await decide { $0.retry(quarantineID: id) }
        _ = try await sync(since: catalog.head.sequence, timeout: .seconds(60))
        // Other files may have arrived meanwhile.
        let entries = archive.catalog.drops(since: catalog.head.sequence).filter { $0.claim.sha256 == sha256 }
        return QuarantineAnswer(id: id, action: .retried, drops: entries.map { DropReport($0) })
    }

    func discardQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer {
        try await decide { $0.discard(quarantineID: id) }
        return QuarantineAnswer(id: id, action: .discarded)
    }

    func reload() async throws(ControlProblem) -> ReloadReport { try await reloading.reload() }

    private func decide(
        _ work: @escaping @Sendable (IntakeLoop) -> Result<Void, ControlProblem>
    ) async throws(ControlProblem) {
        let result: Result<Void, ControlProblem>? = await mailbox.ask { loop, reply in reply(work(loop)) }
        guard let result else { throw Self.stopping }
        try result.get()
    }
}
