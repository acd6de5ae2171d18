import ControlAPI
import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// One request to its answer, on the connection that it came over.
struct RequestResponder: Sendable {
    let responder: GatedResponder
    let logger: Logger

    /// Answers, piece by piece as the client takes it.
    ///
    /// - Throws: `HTTPParserError` where what came isn't HTTP, which the connection answers and ends; what ends a
    ///   connection without an answer.
    @concurrent func answer(
        _ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        var response: Response
        do {
            response = try await responder.respond(
                to: request, context: ControlContext(source: .init(channel: channel, logger: logger)))
        } catch let error as HTTPParserError {
            throw error
        } catch {
            logger.error("a request failed unexpectedly", metadata: ["error": "\(error)"])
            response = Answer.problem(
                ControlProblem(.failure, "The daemon failed to answer; its journal has the details."))
        }
        response.headers[.date] = Self.date()
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // The answer has begun: a second one would be taken for a part of it.
            throw BrokenOff()
        }
    }

    /// An answer that had begun when its request turned out not to be HTTP.
    private struct BrokenOff: Error {}

    /// Now, as HTTP writes it.
    ///
    /// Source: RFC 9110, section 5.6.7.
    private static func date() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            let count = strftime(buffer.baseAddress, buffer.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            return String(decoding: UnsafeRawBufferPointer(buffer).prefix(count), as: UTF8.self)
        }
    }
}
