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
        let paths = Set(found.map(\.path))
        for (drop, entry) in sidecars where !paths.contains(entry.arrival.path) { sidecars[drop] = nil }
        for sidecar in found { observe(.sidecar(sidecar), at: sidecar.path, nowNs: nowNs) }
    }

    /// Takes one look at one path; those at anything but sidecars change nothing.
    mutating func observe(_ sighting: Sighting, at path: [UInt8], nowNs: UInt64) {
        guard DropName.isSidecar(RawPath.name(of: path)) else { return }
        let drop = DropName.drop(ofSidecar: path)
        let known = sidecars[drop]?.arrival
        guard case .sidecar(let sidecar) = sighting else {
            if known?.path == path { sidecars[drop] = nil }
            return
        }
        if let known {
            if known.path == path, known.hasSameContent(as: sidecar) { return }
            // Beside one in small letters, which goes before, one in others says nothing.
            if known.path != path, DropName.isSidecar(known.name, inSmallLetters: true) { return }
        }
        sidecars[drop] = Entry(arrival: sidecar, aloneSinceNs: nowNs)
    }

    /// A drop has left the inbox; what stands beside it from now on it has left behind.
    mutating func noteGone(drop: [UInt8], nowNs: UInt64) { sidecars[drop]?.aloneSinceNs = nowNs }

    /// The sidecar beside a drop, as it was first seen with what it says; nil where none was.
    func sidecar(beside drop: [UInt8]) -> Arrival? { sidecars[drop]?.arrival }

    /// Paths of those that have stood alone since before a moment.
    func alone(since momentNs: UInt64, isLone: (_ drop: [UInt8]) -> Bool) -> [[UInt8]] {
        sidecars.filter { $0.value.aloneSinceNs <= momentNs && isLone($0.key) }.map(\.value.arrival.path)
            .sorted { $0.lexicographicallyPrecedes($1) }
    }
}
