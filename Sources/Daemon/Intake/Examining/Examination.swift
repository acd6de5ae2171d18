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
        let limits = ClaimLimits(fileBytes: Int64(limits.fileBytes), lineBytes: limits.lineBytes)
        do throws(InboxError) {
            switch try Claim(limits: limits, isStopping: isStopping).take(ready, beneath: root) {
            case .claimed(let file):
                return examine(
                    file, bound: bound, folder: FolderDataset(of: file.source, in: archive.catalog, definitions))
            case .beingWritten, .changed, .needsTime: return .unsettled
            case .gone: return .gone
            case .refused(let refusal): return .refused(refusal)
            case .interrupted: return .stopped
            }
        } catch {
            return .failed(error)
        }
    }

    /// Has a claimed file examined, once more perhaps.
    func examine(_ file: ClaimedFile, bound: DatasetBinding, folder: FolderDataset) -> Outcome {
        let source = file.source
        let known = unfiled.entries(claimed: source)
        if !known.isEmpty { return .known(file, known) }
        let recorded = archive.claims(matching: source)
        if !recorded.isEmpty { return .known(file, recorded) }
        if case .refused(let reason) = file.content {
            return .examined(file, Examined(source, refused: reason), folder)
        }
        let job = ReaderJob(
            source: source, sidecar: file.sidecar?.bytes, limits: limits, bound: bound, dataset: folder.dataset)
        switch readers.examine(job, file) {
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
}
