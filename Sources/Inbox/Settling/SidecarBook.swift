/// The sidecars in the inbox, and since when each has stood there as it is: a state machine without I/O or clock.
///
/// A drop takes the sidecar beside it along. One whose drop isn't there waits, and is shown once it has stood alone for
/// a while. Whoever changes the mode of a sidecar makes it no newer.
struct SidecarBook: Sendable {
    private struct Entry {
        /// As it was first seen with this content.
        let arrival: Arrival
        /// When it was first seen, or its drop left it behind; of the monotonic clock.
        var aloneSinceNs: UInt64
    }

    /// By the path of the drop.
    private var sidecars: [[UInt8]: Entry] = [:]

    /// Takes all that a scan found; what it didn't find is gone.
    mutating func observe(_ found: [Arrival], nowNs: UInt64) {
        let drops = Set(found.map { DropName.drop(ofSidecar: $0.path) })
        for drop in sidecars.keys where !drops.contains(drop) { sidecars[drop] = nil }
        for sidecar in found { observe(.sidecar(sidecar), at: sidecar.path, nowNs: nowNs) }
    }

    /// Takes one look at one path; those at anything but sidecars change nothing.
    mutating func observe(_ sighting: Sighting, at path: [UInt8], nowNs: UInt64) {
        guard DropName.isSidecar(RawPath.name(of: path)) else { return }
        let drop = DropName.drop(ofSidecar: path)
        guard case .sidecar(let sidecar) = sighting else {
            sidecars[drop] = nil
            return
        }
        if let known = sidecars[drop], known.arrival.hasSameContent(as: sidecar) { return }
        sidecars[drop] = Entry(arrival: sidecar, aloneSinceNs: nowNs)
    }

    /// A drop has left the inbox; what stands beside it from now on it has left behind.
    mutating func noteGone(drop: [UInt8], nowNs: UInt64) { sidecars[drop]?.aloneSinceNs = nowNs }

    /// When the sidecar beside a drop came, in nanoseconds since 1970; nil where none was seen.
    func sinceNs(beside drop: [UInt8]) -> Int64? { sidecars[drop]?.arrival.ctimeNs }

    /// Paths of those that have stood alone since before a moment.
    func alone(since momentNs: UInt64, isLone: (_ drop: [UInt8]) -> Bool) -> [[UInt8]] {
        sidecars.filter { $0.value.aloneSinceNs <= momentNs && isLone($0.key) }.map(\.value.arrival.path)
            .sorted { $0.lexicographicallyPrecedes($1) }
    }
}
