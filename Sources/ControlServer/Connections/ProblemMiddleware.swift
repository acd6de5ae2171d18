import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Turns whatever a handler throws into a problem document, limits request bodies, and logs at debug.
struct ProblemMiddleware: RouterMiddleware {
    /// Largest request body, in bytes, but for the one route that takes a file and looks itself.
    static let maximumBodyBytes = 64 * 1024

    func handle(
        _ request: Request, context: ControlContext,
        next: @concurrent (Request, ControlContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            var request = request
            let takesFile = request.method == .post && context.endpointPath == FileDeltaRoutes.path
            if !takesFile { try await Self.limitBody(of: &request) }
            response = try await next(request, context)
        } catch let error as HTTPParserError {
            // What follows on this connection can't be told apart: it is answered 400 and ended there.
            throw error
        } catch {
            response = Answer.problem(Self.problem(for: error, request, context.logger))
        }
        // What a HEAD is answered has no body, a problem neither.
        if request.method == .head { response = response.createHeadResponse() }
        context.logger.debug(
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.uri.path)", "status": "\(response.status.code)",
            ])
        return response
    }

    private static func limitBody(of request: inout Request) async throws {
        guard request.method != .get, request.method != .head else { return }
        let tooLarge = ControlProblem(
            .tooLarge, "The request's body is larger than \(maximumBodyBytes) bytes.", remedy: "Send none.")
        if let length = request.headers[.contentLength].flatMap(Int.init), length > maximumBodyBytes { throw tooLarge }
        do {
            _ = try await request.collectBody(upTo: maximumBodyBytes)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    private static func problem(for error: any Error, _ request: Request, _ logger: Logger) -> ControlProblem {
        switch error {
        case let problem as ControlProblem: return problem
        case let error as ArchiveError: return ControlProblem(error)
        case let error as HTTPError where error.status == .notFound:
            return ControlProblem(
                .noSuchRoute, "There is nothing at \(request.uri.path).", remedy: "See /v1/openapi.yaml.")
        default:
            logger.error(
                "a request failed unexpectedly", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return ControlProblem(.failure, "The daemon failed to answer; its journal has the details.")
        }
    }
}
