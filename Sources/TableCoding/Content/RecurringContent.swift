internal import Annals
internal import Synchronization

/// Short content that came before: file after file of a dataset brings the same dialect, key space and heading, and
/// what was done once about each need not be done again.
///
/// Who encodes finds the blob, compressed; who decodes learns that these very payloads were checked, and what key space
/// one of them is. Bounded, and safe from any thread.
package final class RecurringContent: Sendable {
    private struct State {
        var blobs: [Digest: Blob] = [:]
        var byteCount = 0
        var keySpaces: [Digest: KeySpace] = [:]
        var categoryCount = 0
    }

    /// Of all that is kept, in bytes of payloads; beyond it everything is forgotten, and what recurs soon comes again.
    private static let maximumByteCount = 1 << 20
    /// Of one payload, in bytes.
    private static let maximumPayloadByteCount = 64 << 10
    /// Of all key spaces that are kept.
    private static let maximumCategoryCount = 50_000

    private let state = Mutex(State())

    package init() {}

    /// The blob of a name.
    func blob(_ name: Digest) -> Blob? { state.withLock { $0.blobs[name] } }

    /// Keeps a blob whose name is known to be its content's.
    func keep(_ blob: Blob) {
        // A list says nothing without its pieces.
        guard blob.payload.count <= Self.maximumPayloadByteCount, blob.pieces.isEmpty else { return }
        state.withLock { state in
            if state.byteCount + blob.payload.count > Self.maximumByteCount {
                state.blobs = [:]
                state.byteCount = 0
            }
            if state.blobs.updateValue(blob, forKey: blob.digest) == nil { state.byteCount += blob.payload.count }
        }
    }

    /// The key space that content of that name decodes to.
    func keySpace(_ name: Digest) -> KeySpace? { state.withLock { $0.keySpaces[name] } }

    /// Keeps what content of that name decoded to.
    func keep(_ keySpace: KeySpace, of name: Digest) {
        let count = keySpace.dimensions.reduce(0) { $0 + $1.categories.count }
        guard count <= Self.maximumCategoryCount / 4 else { return }
        state.withLock { state in
            if state.categoryCount + count > Self.maximumCategoryCount {
                state.keySpaces = [:]
                state.categoryCount = 0
            }
            if state.keySpaces.updateValue(keySpace, forKey: name) == nil { state.categoryCount += count }
        }
    }
}
