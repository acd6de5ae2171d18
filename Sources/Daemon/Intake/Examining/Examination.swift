import Annals
import Archive
import Definitions
import Inbox
import Reading
import TableCoding
import TableReading

/// What becomes of one file that is ready, up to where the archive has to decide: it is claimed, and examined.
///
/// Runs on any thread, beside others of its kind.
struct Examination: Sendable {
    /// How it ended.
    enum Outcome: Sendable {
        case examined(ClaimedFile, Examined, FolderDataset)
        /// Its commit stands in the log already: it was only not filed away.
        case known(ClaimedFile, [DropEntry])
        /// It is to settle again: somebody writes to it, or it changed.
        case unsettled
        /// Nothing stands at the path any more.
        case gone
        /// It can't be a drop.
        case refused(Refusal)
        /// It can't be taken now, and why.
        case failed(any Error)
        /// No reader could be started, and why; nothing is known of the file.
        case unread(ClaimedFile, FolderDataset, why: String, atNs: UInt64)
        /// The daemon stops.
        case stopped
    }

    let archive: Archive
    let unfiled: UnfiledDrops
    let definitions: Definitions
    let limits: ReadingLimits
    let readers: Readers
    let isStopping: @Sendable () -> Bool

    /// Claims a file and has it examined.
    ///
    /// - Parameters:
    ///   - ready: The file.
    ///   - root: The inbox.
    ///   - bound: What the dataset's vintages bind the file to, where that is known already.
    /// - Returns: What it came to.
    func run(_ ready: SettleBook.Ready, beneath root: Descriptor, bound: DatasetBinding = .none) -> Outcome {
        switch claim(ready, beneath: root) {
        case .ended(let outcome): outcome
        case .claimed(let file, let folder): examine(file, bound: bound, folder: folder)
        }
    }

    /// Claims several short files and has them examined together.
    ///
    /// - Parameters:
    ///   - files: Those that ``ShortFiles`` put together.
    ///   - root: The inbox.
    ///   - answer: Called once for each, with its place.
    func run(_ files: [SettleBook.Ready], beneath root: Descriptor, answer: (Int, Outcome) -> Void) {
        var places: [Int] = []
        var claimed: [(file: ClaimedFile, folder: FolderDataset)] = []
        for (place, ready) in files.enumerated() {
            switch claim(ready, beneath: root) {
            case .ended(let outcome): answer(place, outcome)
            case .claimed(let file, let folder):
                if let outcome = withoutReading(file, folder) {
                    answer(place, outcome)
                } else {
                    places.append(place)
                    claimed.append((file, folder))
                }
            }
        }
        let jobs = claimed.map { (job: job($0.file, bound: .none, $0.folder), file: $0.file) }
        readers.examine(jobs) { index, ending in
            let (file, folder) = claimed[index]
            answer(places[index], outcome(of: ending, file, bound: .none, folder))
        }
    }

    private enum Claiming {
        case claimed(ClaimedFile, FolderDataset)
        case ended(Outcome)
    }

    private func claim(_ ready: SettleBook.Ready, beneath root: Descriptor) -> Claiming {
        let limits = ClaimLimits(fileBytes: Int64(limits.fileBytes), lineBytes: limits.lineBytes)
        do throws(InboxError) {
            switch try Claim(limits: limits, isStopping: isStopping).take(ready, beneath: root) {
            case .claimed(let file):
                return .claimed(file, FolderDataset(of: file.source, in: archive.catalog, definitions))
            case .beingWritten, .changed, .needsTime: return .ended(.unsettled)
            case .gone: return .ended(.gone)
            case .refused(let refusal): return .ended(.refused(refusal))
            case .interrupted: return .ended(.stopped)
            }
        } catch {
            return .ended(.failed(error))
        }
    }

    /// Has a claimed file examined, once more perhaps.
    func examine(_ file: ClaimedFile, bound: DatasetBinding, folder: FolderDataset) -> Outcome {
        withoutReading(file, folder)
            ?? outcome(of: readers.examine(job(file, bound: bound, folder), file), file, bound: bound, folder)
    }

    /// What becomes of a file that needn't be read; nil for any other.
    private func withoutReading(_ file: ClaimedFile, _ folder: FolderDataset) -> Outcome? {
        let source = file.source
        let known = unfiled.entries(claimed: source)
        if !known.isEmpty { return .known(file, known) }
        let recorded = archive.claims(matching: source)
        if !recorded.isEmpty { return .known(file, recorded) }
        guard case .refused(let reason) = file.content else { return nil }
        return .examined(file, Examined(source, refused: reason), folder)
    }

    private func job(_ file: ClaimedFile, bound: DatasetBinding, _ folder: FolderDataset) -> ReaderJob {
        ReaderJob(
            source: file.source, sidecar: file.sidecar?.bytes, limits: limits, bound: bound, dataset: folder.dataset)
    }

    private func outcome(
        of ending: ReaderPool.Ending, _ file: ClaimedFile, bound: DatasetBinding, _ folder: FolderDataset
    ) -> Outcome {
        let source = file.source
        switch ending {
        case .examined(var examined):
            examined.bound = bound
            // What was read isn't what was claimed, or may not be: somebody wrote to it in between.
            switch examined.content {
            case .tables(let tables): if tables.source != source.sha256 { return .unsettled }
            case .refused: if !file.isUnchanged { return .unsettled }
            }
            return .examined(file, examined, folder)
        // Who ends the daemon may end its readers too: no file is judged by that.
        case .unreadable(let reason):
            return isStopping() ? .stopped : .examined(file, Examined(source, refused: reason), folder)
        case .unavailable(let why):
            // Without processes it is the file itself that can't be read.
            if case .here = readers { return .failed(Unreadable(why: why)) }
            return .unread(file, folder, why: why, atNs: MonotonicClock.nowNs())
        case .stopped: return .stopped
        }
    }

    /// The claimed file can't be read.
    struct Unreadable: Error, CustomStringConvertible {
        let why: String
        var description: String { why }
    }
}

/// Who examines: reader processes, or this one.
enum Readers: Sendable {
    case processes(ReaderPool)
    case here(Examiner)

    func examine(_ job: ReaderJob, _ file: ClaimedFile) -> ReaderPool.Ending {
        switch self {
        case .processes(let pool): return pool.examine(job, file: file.descriptor.number)
        case .here(let examiner):
            guard let bytes = file.bytes() else { return .unavailable("the file can't be read again") }
            return .examined(examiner.examine(bytes, job))
        }
    }

    /// Several, one behind another; `answer` is called once for each, with its place.
    func examine(
        _ jobs: [(job: ReaderJob, file: ClaimedFile)], answer: (Int, ReaderPool.Ending) -> Void
    ) {
        switch self {
        case .processes(let pool): pool.examine(jobs.map { ($0.job, $0.file.descriptor.number) }, answer: answer)
        case .here: for (place, (job, file)) in jobs.enumerated() { answer(place, examine(job, file)) }
        }
    }
}
