import StableStorage
import Synchronization

/// The segments that are open for reading, the most recently opened ones; any thread.
final class SegmentFiles: Sendable {
    private let directory: any Directory
    private let open = Mutex<[(number: UInt32, file: any File)]>([])

    /// A log of any size needs no more descriptors than this.
    private static let limit = 64

    init(directory: any Directory) { self.directory = directory }

    func file(_ number: UInt32) throws(StorageError) -> any File {
        if let file = open.withLock({ $0.first { $0.number == number }?.file }) { return file }
        let file = try directory.open(SegmentName.name(of: number), mode: .read)
        adopt(number, file)
        return file
    }

    /// Takes the file of a segment that is being written, so that it can be read even if somebody removes it.
    func adopt(_ number: UInt32, _ file: any File) {
        open.withLock { open in
            open.removeAll { $0.number == number }
            let newest = open.reduce(number) { max($0, $1.number) }
            if open.count == Self.limit, let oldest = open.firstIndex(where: { $0.number != newest }) {
                open.remove(at: oldest)
            }
            open.append((number, file))
        }
    }

    /// Forgets a segment whose file was removed.
    func forget(_ number: UInt32) {
        open.withLock { $0.removeAll { $0.number == number } }
    }
}
