/// What a repair of the log did: the answer of `repair`.
package struct RepairAnswer: Codable, Hashable, Sendable {
    /// A vintage of which something is gone for good.
    package struct Loss: Codable, Hashable, Sendable {
        package var vintage: VintageReport
        /// Its figures can't be had any more; else only the file that it came from.
        package var isTableLost: Bool
        /// Why there is no second copy.
        package var reason: String

        package init(vintage: VintageReport, isTableLost: Bool, reason: String) {
            self.vintage = vintage
            self.isTableLost = isTableLost
            self.reason = reason
        }

        /// The vintage's fields, and what is lost of it beside them.
        package init(from decoder: any Decoder) throws {
            vintage = try VintageReport(from: decoder)
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            isTableLost = try fields.decode(Bool.self, forKey: .isTableLost)
            reason = try fields.decode(String.self, forKey: .reason)
        }

        /// The vintage's fields, and the others beside them.
        package func encode(to encoder: any Encoder) throws {
            try vintage.encode(to: encoder)
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.encode(isTableLost, forKey: .isTableLost)
            try fields.encode(reason, forKey: .reason)
        }

        private enum CodingKeys: String, CodingKey {
            case isTableLost = "figuresLost"
            case reason
        }
    }

    /// Whether the log is whole again, or what it lost was accepted.
    package var isRepaired: Bool
    /// Frames that were written once more.
    package var restoredFrames: Int
    /// Vintages that had content in them.
    package var restored: [VintageReport]
    /// Vintages of which something can't be had again.
    package var lost: [Loss]
    /// Numbers of drop entries whose commits can't be had again.
    package var lostDrops: [FrameRange]
    /// Frames that can't be had again.
    package var lostFrames: Int
    /// Whether what can't be had was recorded as lost.
    package var hasAcceptedLoss: Bool
    /// What still doesn't hold.
    package var problems: [VerificationReport.Problem]

    private enum CodingKeys: String, CodingKey {
        case isRepaired = "healed"
        case restoredFrames, restored, lost, lostDrops, lostFrames
        case hasAcceptedLoss = "lossAccepted"
        case problems
    }

    package init(
        isRepaired: Bool, restoredFrames: Int = 0, restored: [VintageReport] = [], lost: [Loss] = [],
        lostDrops: [FrameRange] = [], lostFrames: Int = 0, hasAcceptedLoss: Bool = false,
        problems: [VerificationReport.Problem] = []
    ) {
        self.isRepaired = isRepaired
        self.restoredFrames = restoredFrames
        self.restored = restored
        self.lost = lost
        self.lostDrops = lostDrops
        self.lostFrames = lostFrames
        self.hasAcceptedLoss = hasAcceptedLoss
        self.problems = problems
    }
}
