import Annals
import Archive
import Glibc
import Inbox
import RecordLog

/// Files that were read and will be recorded with one sync.
///
/// Whatever is ready goes together: nobody waits for more to come.
struct IntakeBatch {
    /// A file that was read, and what became of it once it is recorded.
    struct Item {
        let file: ClaimedFile
        let drop: PreparedDrop
    }

    /// As many as the mailbox waits for.
    private static let mostFiles = 64
    /// Of claimed files: they are held in memory until they are filed away.
    private static let mostBytes: Int64 = 8 << 20
    /// From the first file on; then what is there is made durable.
    private static let longestNs: UInt64 = 50_000_000

    private let batch: ArchiveBatch
    private(set) var items: [Item] = []
    private var byteCount: Int64 = 0
    private let beganNs = MonotonicClock.nowNs()

    init(_ archive: Archive) throws(ArchiveError) { batch = try archive.begin() }

    var isFull: Bool {
        items.count >= Self.mostFiles || byteCount >= Self.mostBytes
            || MonotonicClock.nowNs() - beganNs >= Self.longestNs
    }

    /// Reads and audits a claimed file, as if those before it were recorded.
    ///
    /// - Throws: `ArchiveError` for what is not the file's fault; the batch stays as it was.
    mutating func take(_ file: ClaimedFile, claim: ClaimKey, configuration: Configuration) throws(ArchiveError) {
        let drop = try DropReading(batch: batch, configuration: configuration).prepare(file, claim: claim)
        try batch.add(drop)
        items.append(Item(file: file, drop: drop))
        byteCount += claim.size
    }

    /// Records all, durably, and gives each file's entries or why it wasn't recorded, in order.
    ///
    /// Together they are recorded all or none. Only where the disk has no room for all are they tried one by one: what
    /// fits shall not wait for what doesn't.
    func commit(to archive: Archive) -> [(item: Item, entries: Result<[DropEntry], ArchiveError>)] {
        do throws(ArchiveError) {
            return zip(items, try batch.commit()).map { ($0, .success($1)) }
        } catch .log(.noSpace) where items.count > 1 {
            return items.map { item in
                (item, Result { () throws(ArchiveError) in try archive.commit(item.drop) })
            }
        } catch {
            return items.map { ($0, .failure(error)) }
        }
    }
}
