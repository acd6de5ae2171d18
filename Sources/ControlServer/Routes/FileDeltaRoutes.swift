import Archive
import ControlAPI
import Hummingbird
import TableReading

/// A file before release against what is recorded: it is sent along, read as a drop would be, and gone.
struct FileDeltaRoutes: Sendable {
    let backend: any ControlBackend

    /// The only route that takes a body of any length.
    static let path = "/v1/datasets/{dataset}/delta"
    /// Files are read beside one another, so that one that takes long doesn't hold up all.
    private static let readers = BlockingWork(threads: 2, waiting: UploadTurns.mostAtOnce)

    func add(to routes: inout RouteTable) {
        routes.add(.post, Self.path, FileDeltaQuestion.parameters + ["format"]) { call in
            try await UploadTurns.shared.run { try await delta(call) }
        }
    }

    private func delta(_ call: Call) async throws -> Response {
        let format = try AnswerFormat.choice(for: call.request, call.query)
        // One look at them: a reload may come between two.
        let (archive, definitions, limits) = (backend.archive, backend.definitions, backend.readingLimits)
        let asked = try FileDeltaQuestion(call, CatalogQuestion(call, in: archive.catalog), definitions)
        let upload = try await Upload(
            of: call.request, sidecarByteCount: asked.sidecarByteCount, limit: limits.fileBytes,
            in: backend.uploadDirectory)
        let (job, channel) = (asked.job(for: upload, limits: limits), call.context.channel)
        let body = try await Self.readers.run { [backend] in
            let tables = try UnrecordedTable.tables(
                of: backend.examine(job, file: upload.file.number) { channel.isActive }, in: asked.catalog.id)
            let question = try asked.completed(by: tables)
            let sums = backend.changes.sums.sums(of: asked.catalog, definitions)
            return DeltaBody.of(
                question, try ComparedTables(question, in: archive, definitions, knowing: sums), as: format)
        }
        return Answer.body(body, as: format)
    }
}
