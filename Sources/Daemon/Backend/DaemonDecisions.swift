import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import ControlServer

// What changes something.
extension DaemonBackend {
    func retryQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer {
        let catalog = archive.catalog
        let path = catalog.quarantined(id: id)?.claim.path
        let kept = try await decide { $0.retry(quarantineID: id) }
        let report = try await sync(since: catalog.head.sequence, timeout: .seconds(60))
        if let path, let held = report.held.first(where: { $0.file == EscapedName.text(path) }) {
            throw ControlProblem(
                .refused, "The file of \(id) lies in the inbox again, as \(held.file). \(held.reason.message).",
                remedy: held.reason.remedy)
        }
        // Other files may have arrived meanwhile.
        let entries = archive.catalog.drops(since: catalog.head.sequence).filter { $0.claim.path == path }
        return QuarantineAnswer(id: id, action: .retried, drops: entries.map { DropReport($0) }, kept: kept)
    }

    func discardQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer {
        let kept = try await decide { $0.discard(quarantineID: id) }
        return QuarantineAnswer(id: id, action: .discarded, kept: kept)
    }

    func reload() async throws(ControlProblem) -> ReloadReport { try await reloading.reload() }

    private func decide(
        _ work: @escaping @Sendable (IntakeLoop) -> Result<[String], ControlProblem>
    ) async throws(ControlProblem) -> [String] {
        let result: Result<[String], ControlProblem>? = await mailbox.ask { loop, reply in reply(work(loop)) }
        guard let result else { throw Self.stopping }
        return try result.get()
    }
}
