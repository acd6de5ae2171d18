import ControlAPI
import HTTPTypes

/// The clock that commits are recorded by.
struct ClockRoutes: Sendable {
    let backend: any ControlBackend
    let guardian: AdminGuard

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/clock") { _ in Answer.json(await backend.clock()) }
        routes.add(.post, "/v1/clock/confirm") { call in
            try await guardian.check(call)
            return Answer.json(await backend.confirmClock())
        }
    }
}
