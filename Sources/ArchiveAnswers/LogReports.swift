import Annals
package import Archive
package import ControlAPI

// What the archive says of its log, as it goes over the wire.

extension WorkProgress {
    package init(_ progress: RepairProgress) { self.init(frames: progress.frames, of: progress.frameCount) }
}

extension ChainReport {
    package init(_ entry: HistoryEntry) {
        self.init(
            head: entry.head.description, first: entry.first, last: entry.head.sequence, kind: entry.kind.rawValue,
            recorded: entry.recorded, file: entry.file, sha256: entry.sha256?.hex, dataset: entry.dataset?.slug,
            years: entry.years.map { Year(year: $0.year, outcome: $0.outcome.rawValue, version: $0.version) },
            quarantine: entry.quarantineID)
    }
}

extension VintageReport {
    package init(_ name: VintageName) {
        self.init(dataset: name.dataset.slug, year: name.year, version: name.version, file: name.file)
    }
}

extension DamageReport {
    package init(_ damage: DamagedPlace) {
        self.init(
            place: damage.place, frames: damage.frames.map { FrameRange($0) },
            hits: damage.hits.map { hit in
                Hit(
                    frame: hit.frame, content: hit.content.rawValue, secondCopy: hit.secondCopy.rawValue,
                    vintages: hit.vintages.map { VintageReport($0) })
            })
    }
}

extension RepairedPlaceReport {
    package init(_ repaired: RepairedPlace) {
        self.init(
            place: repaired.place, frames: repaired.frames.map { FrameRange($0) },
            vintages: repaired.vintages.map { VintageReport($0) })
    }
}

extension VerificationReport {
    package init(_ report: VerifyReport, against heads: [String]) {
        self.init(
            head: report.head.description, frames: report.frames, commits: report.commits, blobs: report.blobs,
            bytes: report.bytes, against: heads,
            problems: report.problems.map { Problem(frame: $0.frame, message: $0.message) },
            damage: report.damage.map { DamageReport($0) }, restored: report.restored.map { RepairedPlaceReport($0) },
            losses: report.losses.map { RepairedPlaceReport($0) })
    }
}

extension RepairAnswer {
    package init(_ report: RepairReport) {
        self.init(
            isRepaired: report.isRepaired, restoredFrames: report.restoredFrames,
            restored: report.restoredVintages.map { VintageReport($0) },
            lost: report.lostVintages.map { lost in
                Loss(vintage: VintageReport(lost.name), isTableLost: lost.isTableLost, reason: lost.reason)
            },
            lostDrops: report.lostDrops.map { FrameRange($0) }, lostFrames: report.lostFrames,
            hasAcceptedLoss: report.hasAcceptedLoss,
            problems: report.remaining.map { .init(frame: $0.frame, message: $0.message) })
    }
}
