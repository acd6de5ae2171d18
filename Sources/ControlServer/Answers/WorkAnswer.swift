import ControlAPI
import Hummingbird
import NIOCore

/// Answers of work that takes long: the report alone as JSON, or as lines that say how far it is until it is done.
enum WorkAnswer {
    /// Between two lines of progress.
    private static let interval = Duration.milliseconds(250)

    /// Does the work away from the event loops.
    ///
    /// - Parameters:
    ///   - format: JSON, whose status says how it went; or NDJSON, whose last line does.
    ///   - threads: Where it is done.
    ///   - work: Gets what it tells of its progress to. A client that leaves doesn't end it, unless it looks itself.
    /// - Returns: The answer.
    /// - Throws: As JSON, what the work throws.
    static func of<Report: Encodable & Sendable>(
        _ format: AnswerFormat, on threads: BlockingWork = .wholeLog,
        _ work: @escaping @Sendable (@Sendable (WorkProgress) -> Void) throws -> Report
    ) async throws -> Response {
        guard format == .ndjson else { return Answer.json(try await threads.run { try work { _ in } }) }
        let body = ResponseBody { writer in
            let (steps, sink) = AsyncStream.makeStream(of: WorkProgress.self, bufferingPolicy: .bufferingNewest(1))
            async let outcome = result(sink, on: threads, work)
            var last: ContinuousClock.Instant?
            for await step in steps {
                if let last, last.duration(to: .now) < interval { continue }
                last = .now
                try await writer.write(line(WorkLine<Report>.progress(step)))
            }
            switch await outcome {
            case .success(let report): try await writer.write(line(WorkLine.report(report)))
            case .failure(let error):
                try await writer.write(line(WorkLine<Report>.problem(ControlProblem(anything: error))))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: Answer.headers(format.contentType), body: body)
    }

    /// What the work comes to, or why it wasn't begun; no more steps come then.
    private static func result<Report: Sendable>(
        _ sink: AsyncStream<WorkProgress>.Continuation, on threads: BlockingWork,
        _ work: @escaping @Sendable (@Sendable (WorkProgress) -> Void) throws -> Report
    ) async -> Result<Report, any Error> {
        defer { sink.finish() }
        do {
            return .success(try await threads.run { try work { sink.yield($0) } })
        } catch {
            return .failure(error)
        }
    }

    private static func line(_ value: some Encodable) -> ByteBuffer {
        ByteBuffer(bytes: JSONWriter.bytes(of: value) + [0x0A])
    }
}
