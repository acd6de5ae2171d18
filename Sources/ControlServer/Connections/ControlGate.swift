package import ControlAPI
import HTTPTypes
import Hummingbird
internal import Synchronization

/// What stands between the socket and a daemon that is still reading its log.
///
/// The status and the health routes answer at once. Other requests wait a little, so that nobody notices the start of a
/// daemon with a small log, and are then told that it is starting; a `sync` waits as long as it would anyway.
package final class ControlGate: Sendable {
    private let backend: Mutex<(any ControlBackend)?>
    private let starting: @Sendable () -> StatusReport

    /// - Parameter starting: How it is until the gate opens.
    package init(starting: @escaping @Sendable () -> StatusReport) {
        self.starting = starting
        backend = Mutex(nil)
    }

    /// An open gate.
    package convenience init(serving daemon: any ControlBackend) {
        self.init { preconditionFailure("an open gate is not starting") }
        open(daemon)
    }

    /// Lets requests through from now on.
    package func open(_ daemon: any ControlBackend) { backend.withLock { $0 = $0 ?? daemon } }

    /// Nil while it is shut.
    var opened: (any ControlBackend)? { backend.withLock { $0 } }

    var startingStatus: StatusReport { starting() }
}

/// Hands requests to the routes once there is a daemon behind them.
final class GatedResponder: HTTPResponder {
    /// How long a request waits for the gate where it says nothing itself.
    private static let patience = Duration.seconds(2)
    private static let interval = Duration.milliseconds(10)

    private let gate: ControlGate
    private let makeResponder: @Sendable (any ControlBackend) -> RouterResponder<ControlContext>
    private let made = Mutex<RouterResponder<ControlContext>?>(nil)

    init(
        gate: ControlGate, _ makeResponder: @escaping @Sendable (any ControlBackend) -> RouterResponder<ControlContext>
    ) {
        self.gate = gate
        self.makeResponder = makeResponder
    }

    func respond(to request: Request, context: ControlContext) async throws -> Response {
        if let responder { return try await responder.respond(to: request, context: context) }
        if let answer = immediateAnswer(to: request) { return answer }
        let end = ContinuousClock.now + patience(of: request)
        while ContinuousClock.now < end {
            try await Task.sleep(for: Self.interval)
            if let responder { return try await responder.respond(to: request, context: context) }
        }
        return Answer.problem(problem)
    }

    private var responder: RouterResponder<ControlContext>? {
        made.withLock { made in
            if made == nil { made = gate.opened.map(makeResponder) }
            return made
        }
    }

    /// What can be said of a daemon that is starting; nil for everything else.
    private func immediateAnswer(to request: Request) -> Response? {
        guard request.method == .get else { return nil }
        switch request.uri.path {
        case "/v1/status": return Answer.json(gate.startingStatus)
        case "/v1/health/live": return Answer.json(Health(isReady: nil))
        case "/v1/health/ready": return Answer.problem(problem)
        default: return nil
        }
    }

    private func patience(of request: Request) -> Duration {
        guard request.uri.path == "/v1/sync" else { return Self.patience }
        let asked = request.uri.queryParameters["timeout"].flatMap { Double($0) } ?? ArrivalRoutes.defaultSyncSeconds
        // What is no number of seconds is refused once there is somebody to refuse it.
        guard (0...ArrivalRoutes.maximumSyncSeconds).contains(asked) else { return Self.patience }
        return .seconds(asked)
    }

    private var problem: ControlProblem {
        ControlProblem(
            .starting, gate.startingStatus.progress?.text ?? "The daemon is starting.",
            remedy: "Ask again a little later; annalctl status shows how far it is.")
    }
}
