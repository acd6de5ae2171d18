import Annals
import Archive
import ControlAPI
import ControlServer
import NIOPosix
import TableReading

// What changes something, and the places of cells.
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

    func places(of vintage: Vintage, in table: Table) async throws(ControlProblem) -> [Int: TableReport.Place] {
        let definitions = reloading.configuration.definitions
        do {
            return try await NIOThreadPool.singleton.runIfActive {
                let sidecar = Sidecar(dataset: vintage.dataset, dialect: vintage.dialect)
                let document = SourceDocument(
                    name: vintage.source.file, bytes: try archive.source(vintage), sidecar: sidecar)
                let tables = try TableReading.sourceTables(document, definitions: definitions)
                guard let source = tables.first(where: { $0.table.period.year == vintage.year }) else { return [:] }
                return Self.places(in: table, from: source)
            }
        } catch {
            throw ControlProblem(
                .failure, "The source of version \(vintage.version) can't be read again: \(error)",
                remedy: "Ask without the source; definitions may have changed since it was taken.")
        }
    }

    /// By ordinal; cells that were not printed are left out.
    private static func places(in table: Table, from source: TableReading.SourceTable) -> [Int: TableReport.Place] {
        var places: [Int: TableReport.Place] = [:]
        for cell in 0..<table.cells.count where !table.cells.mark(at: cell).flags.contains(.derived) {
            let ordinal = table.ordinal(ofCell: cell)
            guard let origin = source.origin(at: table.keySpace.codes(at: ordinal)) else { continue }
            places[ordinal] = TableReport.Place(line: origin.line, column: origin.column, text: origin.text)
        }
        return places
    }
}
