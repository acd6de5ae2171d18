/// What `repair` is to write: the way out of damage.
///
/// Frames of which the log itself still has a copy need not be named; it restores them unasked.
package struct LogRepair: Hashable, Sendable {
    /// Frames whose content was had again from elsewhere.
    package var restored: [Restoration] = []
    /// Sequences that were hit and in which nothing is lost that anything needs.
    package var unneeded: [ClosedRange<UInt64>] = []
    /// Sequences that are given up for good.
    package var losses: [ClosedRange<UInt64>] = []

    package init() {}
}

/// A frame whose first copy is bad, with its content again.
package struct Restoration: Hashable, Sendable {
    /// The frame's own, at which it will be read as before.
    package var sequence: UInt64
    package var kind: FrameKind
    /// Need not be the same bytes as before: the log doesn't look into it.
    package var payload: [UInt8]

    package init(sequence: UInt64, kind: FrameKind, payload: [UInt8]) {
        self.sequence = sequence
        self.kind = kind
        self.payload = payload
    }
}

/// Damage that was dealt with: it refuses nothing any more, and is listed.
package struct RepairedDamage: Hashable, Sendable {
    /// As it was when it was repaired.
    package var damage: Damage
    /// Sequences that can be read again, ascending.
    package var restored: [ClosedRange<UInt64>]
    /// Sequences that were given up, ascending.
    package var lost: [ClosedRange<UInt64>]

    package init(damage: Damage, restored: [ClosedRange<UInt64>] = [], lost: [ClosedRange<UInt64>] = []) {
        self.damage = damage
        self.restored = restored
        self.lost = lost
    }
}
