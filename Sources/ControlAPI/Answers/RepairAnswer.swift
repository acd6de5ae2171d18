/// What a repair of the log did: the answer of `repair`.
package struct RepairAnswer: Decodable, Hashable, Sendable {
    /// A vintage of which something is gone for good.
    package struct Loss: Decodable, Hashable, Sendable, JSONWritable {
        package var vintage: VintageReport
        /// Its figures can't be had any more; else only the file that it came from.
        package var isTableLost: Bool
        /// Why there is no second copy.
        package var reason: String

        private enum CodingKeys: String, CodingKey {
            case reason
            case isTableLost = "figures_lost"
        }

        package init(vintage: VintageReport, isTableLost: Bool, reason: String) {
            self.vintage = vintage
            self.isTableLost = isTableLost
            self.reason = reason
        }

        package init(from decoder: any Decoder) throws {
            vintage = try VintageReport(from: decoder)
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            isTableLost = try fields.decode(Bool.self, forKey: .isTableLost)
            reason = try fields.decode(String.self, forKey: .reason)
        }

        package func write(to json: inout JSONWriter) {
            json.object { json in
                vintage.writeFields(to: &json)
                json.field("figures_lost", isTableLost)
                json.field("reason", reason)
            }
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
        case restored, lost, problems
        case isRepaired = "healed"
        case restoredFrames = "restored_frames"
        case lostDrops = "lost_drops"
        case lostFrames = "lost_frames"
        case hasAcceptedLoss = "loss_accepted"
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

extension RepairAnswer: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("healed", isRepaired)
            json.field("restored_frames", restoredFrames)
            json.field("restored", restored)
            json.field("lost", lost)
            json.field("lost_drops", lostDrops)
            json.field("lost_frames", lostFrames)
            json.field("loss_accepted", hasAcceptedLoss)
            json.field("problems", problems)
        }
    }
}
