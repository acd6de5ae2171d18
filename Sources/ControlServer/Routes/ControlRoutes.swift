/// Every route of the control API.
struct ControlRoutes: Sendable {
    let backend: any ControlBackend
    let admin: AdminPolicy
    let connections: OpenConnections

    func add(to routes: inout RouteTable) {
        let guardian = AdminGuard(policy: admin)
        DaemonRoutes(backend: backend, guardian: guardian, connections: connections).add(to: &routes)
        ClockRoutes(backend: backend, guardian: guardian).add(to: &routes)
        LogRoutes(backend: backend, guardian: guardian).add(to: &routes)
        CatalogRoutes(backend: backend).add(to: &routes)
        TableRoutes(backend: backend).add(to: &routes)
        DeltaRoutes(backend: backend).add(to: &routes)
        FileDeltaRoutes(backend: backend).add(to: &routes)
        ConcordanceRoutes(backend: backend).add(to: &routes)
        TriangleRoutes(backend: backend).add(to: &routes)
        ArrivalRoutes(backend: backend, guardian: guardian).add(to: &routes)
    }
}
