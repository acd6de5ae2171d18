import Annals
import Archive
import Inbox
import RecordLog
import TableCoding

/// Files that were examined and will be recorded with one sync.
///
/// Whatever is ready goes together: nobody waits for more to come.
struct IntakeBatch {
    /// A file that was examined and is to be recorded.
    struct Item {
        let file: ClaimedFile
        let examined: Examined
        /// Its place in the line.
        let ticket: IntakeLine<Examination.Outcome>.Ticket
    }

    /// As many as may be in hand.
    private static let mostFiles = IntakeLine<Examination.Outcome>.mostFiles
    /// Of claimed files: what the log takes at once.
    private static let mostBytes: Int64 = 8 << 20

    private let committer: Committer
    private(set) var items: [Item] = []
    private var byteCount: Int64 = 0

    init(_ archive: Archive, translating translation: CodeTranslation = .none) throws(ArchiveError) {
        committer = try archive.begin(translating: translation)
    }

    var isFull: Bool { items.count >= Self.mostFiles || byteCount >= Self.mostBytes }

    /// The archive as it will be with the files of the batch.
    var catalog: Catalog { committer.catalog }

    /// Decides about an examined file, as if those before it were recorded, and adds it unless it must be examined
    /// once more.
    ///
    /// - Throws: `ArchiveError` for what is not the file's fault; the batch stays as it was.
    mutating func decide(
        _ examined: Examined, _ file: ClaimedFile, _ ticket: IntakeLine<Examination.Outcome>.Ticket
    ) throws(ArchiveError) -> Decision {
        let decision: Decision
        do throws(ArchiveError) {
            decision = try committer.add(examined)
        } catch {
            guard let reason = error.refusal else { throw error }
            decision = try committer.add(Examined(examined.file, refused: reason, sidecar: examined.sidecar))
        }
        guard case .record(let decided) = decision else { return decision }
        items.append(Item(file: file, examined: decided, ticket: ticket))
        byteCount += file.source.size
        return decision
    }

    /// Records all, durably, and gives each file's entries or why it wasn't recorded, in order.
    ///
    /// Together they are recorded all or none. Only where the disk has no room for all are they tried one by one: what
    /// fits shall not wait for what doesn't, but for what came before it in its own dataset.
    func commit(to archive: Archive) -> [(item: Item, entries: Result<[DropEntry], ArchiveError>)] {
        do throws(ArchiveError) {
            return zip(items, try committer.commit()).map { ($0, .success($1)) }
        } catch .log(.noSpace) where items.count > 1 {
            var waiting: [DatasetID: ArchiveError] = [:]
            return items.map { item in
                let dataset = item.examined.tables?.facts.dataset
                if let dataset, let error = waiting[dataset] { return (item, .failure(error)) }
                let outcome = Result { () throws(ArchiveError) in try archive.commit(item.examined) }
                if let dataset, case .failure(let error) = outcome { waiting[dataset] = error }
                return (item, outcome)
            }
        } catch {
            return items.map { ($0, .failure(error)) }
        }
    }
}

extension ArchiveError {
    /// Why the file can't be recorded, where that is the file's own fault; trying again would change nothing.
    fileprivate var refusal: Reason? {
        switch self {
        case .tooLarge(let what):
            Reason("The table is too large to be recorded: \(what)", remedy: "Split the file, by year for example")
        case .invalid(let what):
            Reason("The table can't be recorded: \(what)", remedy: "Correct the file, and drop it again")
        default: nil
        }
    }
}
