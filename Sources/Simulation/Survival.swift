/// What of the unsynced a power cut leaves.
package enum Survival: Hashable, Sendable, CaseIterable {
    /// The disk is as the last syncs left it.
    case nothing
    /// Everything was on the disk already.
    case everything
    /// Each sector, size and name for itself, by the disk's seed.
    case anySubset

    /// Which of so many states survives: 0 is the synced one, the last is what was visible.
    func choice(of count: Int, _ randomness: inout SeededRandomness) -> Int {
        switch self {
        case .nothing: 0
        case .everything: count - 1
        case .anySubset: count == 1 ? 0 : randomness.below(count)
        }
    }
}
