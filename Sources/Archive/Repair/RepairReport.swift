/// What a repair did.
package struct RepairReport: Hashable, Sendable {
    /// Frames that were written once more, since their first copy is bad.
    package var restoredFrames = 0
    /// Vintages that had content in them.
    package var restoredVintages: [VintageName] = []
    /// Vintages of which something can't be had again.
    package var lostVintages: [LostVintage] = []
    /// Numbers of drop entries whose commits can't be had again.
    package var lostDrops: [ClosedRange<UInt64>] = []
    /// Frames that can't be had again.
    package var lostFrames = 0
    /// Whether what can't be had was recorded as lost, so that the log takes drops again.
    package var hasAcceptedLoss = false
    /// What still doesn't hold, in sentences.
    package var remaining: [ArchiveProblem] = []

    /// Whether the log is whole again, or what it lost was accepted.
    package var isRepaired: Bool { remaining.isEmpty && (hasAcceptedLoss || lostFrames == 0) }
}

/// A vintage of which something is gone for good, and what.
package struct LostVintage: Hashable, Sendable {
    package var name: VintageName
    /// Its figures can't be had; else only the file that it came from.
    package var isTableLost: Bool
    /// Why there is no second copy, in words.
    package var reason: String

    package init(name: VintageName, isTableLost: Bool, reason: String) {
        self.name = name
        self.isTableLost = isTableLost
        self.reason = reason
    }
}

/// How far a repair has come.
package struct RepairProgress: Hashable, Sendable {
    /// Frames looked at, of ``frameCount``.
    package var frames: UInt64
    package var frameCount: UInt64
}
