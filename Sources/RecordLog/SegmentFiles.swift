import StableStorage
import Synchronization

/// The segments that are open for reading, the most recently opened ones; any thread.
final class SegmentFiles: Sendable {
    private let directory: any Directory
    private let open = Mutex<[(number: UInt32, file: any File)]>([])

    /// A log of any size needs no more descriptors than this.
    private static let limit = 64

    init(directory: any Directory) { self.directory = directory }

    func file(_ number: UInt32) throws(RecordLogError) -> any File {
        if let file = open.withLock({ $0.first { $0.number == number }?.file }) { return file }
        let file = try RecordLogError.storage { () throws(StorageError) in
            try directory.open(SegmentName.name(of: number), mode: .read)
        }
        open.withLock { open in
            if open.count == Self.limit { open.removeFirst() }
            open.append((number, file))
        }
        return file
    }

    /// Forgets a segment whose file was removed.
    func forget(_ number: UInt32) {
        open.withLock { $0.removeAll { $0.number == number } }
    }
}
