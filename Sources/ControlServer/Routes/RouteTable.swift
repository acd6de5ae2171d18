import Archive
import ControlAPI
import HTTPTypes
import Hummingbird

/// One request as a handler gets it: its parameters are known to be ones that the route takes.
struct Call: Sendable {
    let request: Request
    let context: ControlContext
    let query: QueryParameters

    /// A segment of the path that the route names.
    func segment(_ name: String) throws(ControlProblem) -> String {
        guard let segment = context.parameters.get(name), let text = PercentEncoding.decoded(segment) else {
            throw ControlProblem(.wrongParameter, "The path's \(name) is not percent-encoded UTF-8.")
        }
        return text
    }
}

/// The routes as they are put together; what has a path but not the method is answered 405.
struct RouteTable {
    typealias Handler = @Sendable (Call) async throws -> Response

    private let router: Router<ControlContext>
    private var methodsByPath: [String: [HTTPRequest.Method]] = [:]

    init(router: Router<ControlContext>) { self.router = router }

    /// Every path that was added.
    var paths: Set<String> { Set(methodsByPath.keys) }

    /// Adds a route.
    ///
    /// - Parameters:
    ///   - method: `GET` for what reads, `POST` for what changes something or waits.
    ///   - path: From the root; `{name}` stands for a segment.
    ///   - parameters: Every query parameter that it takes.
    ///   - handler: Gives the answer, or throws a ``ControlProblem``.
    mutating func add(
        _ method: HTTPRequest.Method, _ path: String, _ parameters: [String] = [], _ handler: @escaping Handler
    ) {
        methodsByPath[path, default: []].append(method)
        router.on(RouterPath(path), method: method) { request, context in
            let query = try QueryParameters(request.uri.query, allowed: parameters)
            return try await handler(Call(request: request, context: context, query: query))
        }
    }

    /// Answers every other method of the known paths, naming those that they take.
    ///
    /// What takes `GET` takes `HEAD`: the router adds it.
    func finish() {
        for (path, own) in methodsByPath {
            let methods = own + (own.contains(.get) ? [.head] : []) + [.options]
            let allowed = methods.map(\.rawValue).joined(separator: ", ")
            router.on(RouterPath(path), method: .options) { _, _ in
                Response(status: .noContent, headers: [.allow: allowed, .cacheControl: "no-store"])
            }
            for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete]
            where !methods.contains(method) {
                router.on(RouterPath(path), method: method) { request, _ in
                    var response = Answer.problem(
                        ControlProblem(
                            .methodNotAllowed, "\(request.uri.path) does not take \(method.rawValue).",
                            remedy: "It takes \(allowed)."))
                    response.headers[.allow] = allowed
                    return response
                }
            }
        }
    }
}
