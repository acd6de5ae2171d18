import Archive
import RecordLog
import StableStorage

/// Drops, as the daemon records them: read and encoded before, so that only what a commit waits for is timed.
///
/// The source of a drop is the payload of a transaction; its table has 25 cells. Several writers are what waits in an
/// inbox: one thread commits as many drops at once as there are writers, and each of them waits for all.
struct ArchiveContestant: Contestant {
    private let archive: Archive

    init(directory: POSIXDirectory) throws {
        archive = try Archive(log: SegmentedLog(directory: directory)) { WallClock.now() }
    }

    func round(_ workload: Workload) throws -> RoundFigures {
        let payload = Payload(seed: workload.seed)
        let drops = try (0..<workload.count).map { transaction in
            let source = payload.pieces(of: transaction, in: workload).flatMap { $0 }
            let number = Int(workload.seed) * 100_000 + transaction
            let figures = (0..<25).map { Int64(number + $0) }
            return try SyntheticDrop(source: source, number: number, side: 5, figures: figures).examined()
        }
        var batches = workload
        batches.writers = 1
        batches.count = (drops.count + workload.writers - 1) / workload.writers
        return try WriterThreads.run(batches) { [archive] batch in
            let first = batch * workload.writers
            _ = try archive.commit(Array(drops[first..<min(first + workload.writers, drops.count)]))
        }
    }
}
