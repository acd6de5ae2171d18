import Annals
import Archive
import ControlAPI
import HTTPTypes
import Hummingbird

/// The daemon itself: how it is, its log, its configuration, this interface.
struct DaemonRoutes: Sendable {
    let backend: any ControlBackend
    let guardian: AdminGuard

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/status") { _ in Answer.json(await backend.status()) }
        routes.add(.get, "/v1/health/live") { _ in Answer.json(Health(isReady: nil)) }
        routes.add(.get, "/v1/health/ready") { _ in
            if let problem = Self.obstacle(await backend.status()) { throw problem }
            return Answer.json(Health(isReady: true))
        }
        routes.add(.get, "/v1/log/head") { _ in
            let catalog = backend.archive.catalog
            return Answer.json(
                HeadReport(
                    head: catalog.head.description, seq: catalog.head.sequence, commits: catalog.commitCount))
        }
        routes.add(.get, "/v1/log/verify", ["against"]) { call in try await verify(call) }
        routes.add(.post, "/v1/reload") { call in
            try await guardian.check(call)
            return Answer.json(try await backend.reload())
        }
        routes.add(.get, "/v1/openapi.yaml") { _ in
            Answer.bytes(PackageResources.openapi_yaml, contentType: "application/yaml")
        }
    }

    private static func obstacle(_ status: StatusReport) -> ControlProblem? {
        switch status.state {
        case .ready: nil
        case .starting: ControlProblem(.starting, "The daemon is starting.")
        case .readOnly: ControlProblem(.readOnly, status.problems.first ?? status.log.condition)
        case .stopping: ControlProblem(.stopping, "The daemon is stopping.")
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
        let archive = backend.archive
        let report = try await BlockingWork.run { try archive.verify(against: heads) }
        return Answer.json(VerificationReport(report, against: texts))
    }
}

/// Whether it lives, and whether it takes drops.
struct Health: JSONWritable {
    let isReady: Bool?

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("live", true)
            json.field("ready", isReady)
        }
    }
}

extension VerificationReport {
    fileprivate init(_ report: VerifyReport, against heads: [String]) {
        self.init(
            head: report.head.description, frames: report.frames, commits: report.commits, blobs: report.blobs,
            bytes: report.bytes, against: heads,
            problems: report.problems.map { Problem(frame: $0.frame, message: $0.message) })
    }
}
