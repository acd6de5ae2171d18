internal import Annals
internal import Synchronization
internal import TableCoding

/// Gives content that the log has lost, from second copies, while nobody has repaired it yet.
///
/// What is made again of one drop is kept for the questions that follow, as long as they are about that drop. Nobody
/// waits for another's reading: two who ask for the same at once both read.
final class SecondCopyReader: Sendable {
    private struct Memory {
        /// Payloads of blobs that the log can't give, of the last drop that was rebuilt.
        var payloads: [Digest: [UInt8]] = [:]
    }

    private let copies: any SecondCopies
    private let memory = Mutex(Memory())

    init(_ copies: any SecondCopies) { self.copies = copies }

    /// The payload of a blob; nil where there is no second copy of it.
    ///
    /// - Parameters:
    ///   - digest: The content's name.
    ///   - stored: The log, and nothing but the log.
    ///   - replay: What is known of it.
    /// - Returns: As if it stood in the log.
    func payload(_ digest: Digest, stored: StoredContent, replay: () -> (Catalog, Set<Digest>)) -> [UInt8]? {
        if let known = memory.withLock({ $0.payloads[digest] }) { return known }
        let (catalog, lists) = replay()
        let owners = ContentOwners(catalog: catalog, lists: lists, stored: stored)
        let rebuilding = Rebuilding(catalog: catalog, stored: stored, copies: copies)
        for owner in owners.owners(of: digest) {
            let content = rebuilding.content(with: owner.vintage, withTables: owner.content.isOfTable)
            guard let blob = content.blobs.first(where: { $0.digest == digest }) else { continue }
            var payloads: [Digest: [UInt8]] = [:]
            for other in content.blobs where !stored.canGive(other.digest) {
                payloads[other.digest] = other.payload
            }
            memory.withLock { $0.payloads = payloads }
            return blob.payload
        }
        return nil
    }

    /// Forgets what was made: the log has it again.
    func forget() { memory.withLock { $0 = Memory() } }
}

extension ContentHit.Content {
    /// Whether it is made by reading a source, and not a file of its own.
    var isOfTable: Bool {
        switch self {
        case .heading, .keySpace, .presence, .cells: true
        case .commit, .source, .sidecar, .definition, .unknown: false
        }
    }
}
