/// The names in one directory: what lookups show, and what the disk may have.
///
/// Changes since the last sync survive a power cut in any subset, a rename as a whole. Nothing else makes them durable, the
/// sync of the file that they name least of all.
struct SimulatedNames {
    /// What a name stands for, by number.
    enum Entry: Hashable {
        case file(Int)
        case directory(Int)
    }

    /// A creation, a renaming or a removal.
    private struct Change {
        var taken: (name: String, entry: Entry)?
        var given: (name: String, entry: Entry)?
    }

    private(set) var visible: [String: Entry] = [:]
    private(set) var durable: [String: Entry] = [:]
    private var changes: [Change] = []

    subscript(name: String) -> Entry? { visible[name] }

    var isDirty: Bool { !changes.isEmpty }

    /// Everything that is or may become visible.
    var reachable: [Entry] { Array(visible.values) + Array(durable.values) + changes.compactMap(\.given?.entry) }

    mutating func create(_ name: String, _ entry: Entry) { make(Change(given: (name, entry))) }

    mutating func remove(_ name: String) {
        guard let entry = visible[name] else { return }
        make(Change(taken: (name, entry)))
    }

    mutating func rename(_ from: String, to: String) {
        guard from != to, let entry = visible[from] else { return }
        make(Change(taken: (from, entry), given: (to, entry)))
    }

    mutating func sync() {
        for change in changes { Self.apply(change, to: &durable) }
        changes = []
    }

    /// A sync that failed: any of the changes are on the disk, and no later sync brings the others there.
    mutating func failSync(_ randomness: inout SeededRandomness) { survive(.anySubset, &randomness) }

    /// The power goes and comes back.
    mutating func cut(keeping survival: Survival, _ randomness: inout SeededRandomness) {
        survive(survival, &randomness)
        visible = durable
    }

    /// Gives a name to something durably, or takes it away.
    mutating func put(_ entry: Entry?, at name: String) {
        visible[name] = entry
        durable[name] = entry
        changes.removeAll { $0.taken?.name == name || $0.given?.name == name }
    }

    private mutating func make(_ change: Change) {
        Self.apply(change, to: &visible)
        changes.append(change)
    }

    private mutating func survive(_ survival: Survival, _ randomness: inout SeededRandomness) {
        for change in changes where survival.choice(of: 2, &randomness) == 1 { Self.apply(change, to: &durable) }
        changes = []
    }

    /// What a change takes away is taken only where it still stands: an earlier change may not have survived.
    private static func apply(_ change: Change, to names: inout [String: Entry]) {
        if let (name, entry) = change.taken, names[name] == entry { names[name] = nil }
        if let (name, entry) = change.given { names[name] = entry }
    }
}
