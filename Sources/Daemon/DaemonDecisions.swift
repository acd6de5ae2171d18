import Archive
import ControlAPI

// What changes something.
extension DaemonBackend {
    func retryQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer {
        let before = archive.catalog.head.sequence
        try await decide { $0.retry(quarantineID: id) }
        let report = try await sync(since: before, timeout: .seconds(60))
        return QuarantineAnswer(id: id, action: .retried, drops: report.drops)
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
