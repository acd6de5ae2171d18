import Annals
import Archive
import ControlAPI
import Inbox
import StableStorage

/// Where a file goes once its commit is durable, by what the commit says.
struct FilingDesk {
    /// The state directory.
    let state: Descriptor
    /// Which files could not be filed away.
    let record: UnfiledRecord

    /// Opens the state directory.
    ///
    /// - Throws: `InboxError`, `StorageError` where it isn't there.
    init(statePath: String) throws {
        state = try .directory(at: statePath)
        record = UnfiledRecord(directory: try POSIXDirectory(path: statePath))
    }

    /// Begins to file away what one batch recorded.
    ///
    /// - Parameter inbox: The inbox, where it is there.
    /// - Returns: A batch to which files are added.
    func begin(inbox: Descriptor?) -> FilingBatch {
        let copying = Copying(longestByteCount: Self.longestCopyByteCount)
        return FilingBatch(Filing(inbox: inbox, state: state, copying: copying))
    }

    /// What a batch copies or reads again at most of one file, where it can't be renamed; the loop comes round meanwhile.
    private static let longestCopyByteCount: Int64 = 8 << 20

    /// Files one long file away by itself.
    ///
    /// For any thread, as long as it is the only one at this file.
    ///
    /// - Parameters:
    ///   - file: What a batch gave back.
    ///   - item: The same as it was added.
    ///   - inbox: The inbox.
    ///   - isStopping: Asked between pieces.
    /// - Returns: What became of it.
    func fileAway(
        _ file: FilingBatch.Filed, _ item: FilingItem, inbox: Descriptor, isStopping: @escaping @Sendable () -> Bool
    ) -> FilingBatch.Filed {
        let startNs = MonotonicClock.nowNs()
        let batch = FilingBatch(Filing(inbox: inbox, state: state, copying: Copying(isStopping: isStopping)))
        batch.add(item, entries: file.entries, arrival: file.arrival)
        var filed = batch.finish()[0]
        filed.tookNs = MonotonicClock.nowNs() - startNs
        return filed
    }

    /// Files one drop away.
    ///
    /// - Parameters:
    ///   - item: What was claimed, now or before a restart.
    ///   - entries: All entries of its commit.
    ///   - inbox: The inbox, where it is there.
    /// - Throws: `InboxError`; the file is then still in the inbox and can be filed again.
    func fileAway(_ item: FilingItem, entries: [DropEntry], inbox: Descriptor?) throws(InboxError) {
        let filing = Filing(inbox: inbox, state: state)
        _ = try Self.file(item, entries: entries, by: filing)
        _ = try filing.finish()
    }

    /// Whether a file was moved to its place already, though that may not be durable yet.
    func holds(_ drop: UnfiledDrops.Drop) -> Bool {
        guard let first = drop.entries.first else { return false }
        let parts: [String]
        if let id = first.quarantineID {
            parts = ["quarantine", id]
        } else if let dataset = first.dataset {
            parts = ["done", dataset.slug, Filing.yearsName(drop.entries.compactMap(\.year))]
        } else {
            return false
        }
        // Where that can't be told, the file isn't known to be there, and is looked for again.
        return (try? Filing(inbox: nil, state: state).holds(drop.claim, in: parts)) ?? false
    }

    fileprivate static func file(
        _ item: FilingItem, entries: [DropEntry], by filing: Filing
    ) throws(InboxError) -> FilingOutcome {
        // A commit that says nothing of where its file goes, which none does, leaves it where it is.
        guard let first = entries.first else { return .alreadyFiled(at: item.source.path) }
        if let id = first.quarantineID {
            return try filing.quarantine(item, id: id, reason: reasonDocument(of: first, id: id))
        }
        guard let dataset = first.dataset else { return .alreadyFiled(at: item.source.path) }
        return try filing.fileDone(item, dataset: dataset, years: Filing.yearsName(entries.compactMap(\.year)))
    }

    /// The text of `reason.json`.
    private static func reasonDocument(of entry: DropEntry, id: String) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("id", id)
            json.field("seq", Int(clamping: entry.sequence))
            json.field("file", entry.file)
            json.field("recorded", entry.recorded.description)
            json.field("sha256", entry.claim.sha256.hex)
            json.field("reason", entry.reason)
        }
        return json.bytes + [0x0A]
    }
}

/// The files of one batch on their way out of the inbox: each is moved as it is added, and all are made durable at the
/// end, each directory once.
final class FilingBatch {
    /// What became of one file.
    struct Filed: Sendable {
        let arrival: Arrival
        let entries: [DropEntry]
        let item: FilingItem
        /// How long that took, where it was filed by itself.
        var tookNs: UInt64 = 0
        /// Whether another file stands at its name by now, or why it isn't filed away; it can be filed again.
        var outcome: Result<Bool, InboxError>
    }

    private let filing: Filing
    private var files: [Filed] = []

    fileprivate init(_ filing: Filing) { self.filing = filing }

    /// Moves a file to where it belongs.
    func add(_ item: FilingItem, entries: [DropEntry], arrival: Arrival) {
        let filing = filing
        let outcome = Result { () throws(InboxError) in
            try FilingDesk.file(item, entries: entries, by: filing).isReplaced
        }
        files.append(
            Filed(arrival: arrival, entries: entries, item: item, outcome: outcome))
    }

    /// Makes all of it durable.
    ///
    /// - Returns: Each file that was added, in order.
    func finish() -> [Filed] {
        guard !files.isEmpty else { return [] }
        do throws(InboxError) {
            let leftovers = try filing.finish()
            let replaced = Set(leftovers.replaced.map(\.path))
            let stuck = Dictionary(
                leftovers.stuck.map { ($0.file.path, $0.error) }, uniquingKeysWith: { first, _ in first })
            return files.map { file in
                let path = file.arrival.path
                var file = file
                if let error = stuck[path] {
                    file.outcome = .failure(error)
                } else if replaced.contains(path) {
                    file.outcome = file.outcome.map { _ in true }
                }
                return file
            }
        } catch {
            return files.map { file in
                var file = file
                file.outcome = .failure(error)
                return file
            }
        }
    }
}

extension FilingOutcome {
    fileprivate var isReplaced: Bool {
        guard case .replaced = self else { return false }
        return true
    }
}
