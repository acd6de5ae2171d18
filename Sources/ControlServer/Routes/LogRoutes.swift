import Annals
import Archive
import ControlAPI
import HTTPTypes
import Hummingbird
import ArchiveAnswers
import Logging
import RecordLog
import Synchronization

/// The log: how far it goes, whether it holds, a copy of it.
struct LogRoutes: Sendable {
    let backend: any ControlBackend
    let guardian: AdminGuard

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/log/head") { _ in
            let catalog = backend.archive.catalog
            return Answer.json(
                HeadReport(
                    head: catalog.head.description, seq: catalog.head.sequence, commits: catalog.commitCount))
        }
        routes.add(.get, "/v1/log/chain", ["format"]) { call in
            let format = try AnswerFormat.choice(for: call.request, call.query, among: [.json, .ndjson])
            return Answer.handfuls(named: "commits", as: format, HistoryReading(backend.archive.history).next)
        }
        routes.add(.get, "/v1/log/verify", ["against", "format"]) { call in try await verify(call) }
        routes.add(.post, "/v1/log/repair", ["accept_loss", "format"]) { call in
            try await guardian.check(call)
            let format = try AnswerFormat.choice(for: call.request, call.query, among: [.json, .ndjson])
            let acceptsLoss = try call.query.flag("accept_loss")
            return try await WorkAnswer.of(format) { progress in
                try backend.repair(acceptLoss: acceptsLoss, progress: progress)
            }
        }
        routes.add(.post, "/v1/log/backup") { call in
            try await guardian.check(call)
            let backup = try await backend.backup()
            let logger = call.context.logger
            return Answer.pieces(byteCount: backup.byteCount, contentType: "application/x-tar") {
                do {
                    return try await BlockingWork.run { try backup.next() }
                } catch {
                    // The answer has begun, so that who asked only sees it end early.
                    logger.error("a backup broke off", metadata: ["cause": "\(error)"])
                    throw error
                }
            }
        }
    }

    private func verify(_ call: Call) async throws -> Response {
        let texts = call.query.all("against").flatMap { $0.split(separator: ",").map(String.init) }
        let heads = try texts.map { text in
            guard let head = Head(text) else {
                throw call.query.wrong("against", text, "a head as annalctl head prints it, SEQ:HEX")
            }
            return head
        }
        let format = try AnswerFormat.choice(for: call.request, call.query, among: [.json, .ndjson])
        let archive = backend.archive
        let channel = call.context.channel
        return try await WorkAnswer.of(format) { progress in
            let report = try archive.verify(against: heads) { (step) throws(ArchiveError) in
                guard channel.isActive else { throw .abandoned }
                progress(WorkProgress(step))
            }
            return VerificationReport(report, against: texts)
        }
    }
}

/// The history on its way to one client, read away from the event loops.
private final class HistoryReading: Sendable {
    private let history: Mutex<History>

    init(_ history: History) { self.history = Mutex(history) }

    func next() async throws -> [ChainReport] {
        try await BlockingWork.run { [self] in
            try history.withLock { try $0.entries().map { ChainReport($0) } }
        }
    }
}
