internal import Annals
internal import RecordLog

/// What should be in the log and isn't: frames, and content that commits name.
///
/// Reading goes on without it. Only what nobody has repaired keeps the archive from taking more.
struct MissingContent: Sendable {
    /// Content that something names and no frame holds.
    struct Need: Sendable {
        /// The frame that names it, and what that is.
        var frame: UInt64
        var what: String
    }

    /// Sequences that the log didn't give, ascending.
    private(set) var gaps: [ClosedRange<UInt64>] = []
    private(set) var needs: [Digest: Need] = [:]
    /// Frames before which at least one commit is missing, as the chain tells, with the numbers of its entries.
    private(set) var missingCommits: [(before: UInt64, numbers: Range<UInt64>)] = []
    /// Frame of the last commit that counts.
    var lastCommit: UInt64 = 0
    /// Sequences that damage hit and that were dealt with.
    private var repaired = SequenceSet()
    private var losses = SequenceSet()

    /// What nobody has dealt with.
    var problems: [ArchiveProblem] {
        let open = gaps.flatMap { repaired.rest(of: $0) }.map { gap in
            ArchiveProblem(frame: gap.lowerBound, "missing, up to frame \(gap.upperBound)")
        }
        let unexplained = needs.filter { !isExcused($0.value) }.map { digest, need in
            ArchiveProblem(frame: need.frame, "\(need.what) whose content \(digest.hex.prefix(8)) isn't there")
        }
        return open + unexplained.sorted { $0.frame < $1.frame }
    }

    /// Content that commits name and that was given up.
    var lostContent: Set<Digest> { needs.isEmpty ? [] : Set(needs.filter { isExcused($0.value) }.keys) }

    private func isExcused(_ need: Need) -> Bool { isExcused(absentAt: need.frame) }

    /// Whether what a frame names may be absent.
    ///
    /// Content stands in the log before what names it, so a loss before that explains its absence.
    func isExcused(absentAt frame: UInt64) -> Bool { losses.first.map { $0 < frame } ?? false }

    /// Takes in what was dealt with; a frame that was restored and then hit again is damaged again.
    mutating func note(_ damages: [RepairedDamage], open: [Damage]) {
        for damage in damages {
            let hit = [damage.damage.hit, damage.damage.sequences].compactMap(\.self)
            for range in hit + damage.restored + damage.lost { repaired.insert(range) }
            for range in damage.lost { losses.insert(range) }
            // What came back after it was given up.
            for range in damage.restored { losses.remove(range) }
        }
        for range in open.compactMap({ $0.hit ?? $0.sequences }) {
            repaired.remove(range)
            losses.remove(range)
        }
    }

    /// What of frames that the log doesn't give nobody has dealt with.
    func open(of frames: ClosedRange<UInt64>) -> [ClosedRange<UInt64>] { repaired.rest(of: frames) }

    /// Whether nothing was ever missing.
    var isEmpty: Bool { gaps.isEmpty && needs.isEmpty && losses.isEmpty }

    /// Whether a frame was given up, whatever may still be known of it.
    func isLost(_ frame: UInt64) -> Bool { losses.contains(frame) }

    mutating func noteGap(_ frames: ClosedRange<UInt64>) { gaps.append(frames) }

    mutating func noteCommits(before frame: UInt64, numbers: Range<UInt64>) {
        missingCommits.append((frame, numbers))
    }

    mutating func need(_ content: Digest, of what: String, at frame: UInt64) {
        if needs[content] == nil { needs[content] = Need(frame: frame, what: what) }
    }

    mutating func found(_ content: Digest) {
        if !needs.isEmpty { needs[content] = nil }
    }
}
