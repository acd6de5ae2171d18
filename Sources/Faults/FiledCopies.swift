import Annals
import Archive
import Synchronization
internal import TableCoding

/// The files as a daemon would have filed them away, and what reading them again gives.
final class FiledCopies: SecondCopies {
    private struct State {
        var drops: [Digest: Drop] = [:]
        var texts: [Digest: [UInt8]] = [:]
    }

    private let state = Mutex(State())

    /// Keeps a file.
    func keep(_ drop: Drop) {
        state.withLock { state in
            state.drops[drop.claim.sha256] = drop
            for text in [drop.sidecarBytes, drop.definition, drop.dialectText].compactMap(\.self) {
                state.texts[ContentHasher.digest(of: text)] = text
            }
        }
    }

    func source(_ file: FiledFile) throws(Reason) -> [UInt8] { try drop(file.sha256).source }

    func sidecar(_ digest: Digest, of file: FiledFile) throws(Reason) -> [UInt8] { try text(digest) }

    func definition(_ digest: Digest) throws(Reason) -> [UInt8] { try text(digest) }

    func tables(of source: [UInt8], recipe: ReadingRecipe) throws(Reason) -> [Table] {
        let drop = try drop(ContentHasher.digest(of: source))
        // Reading is a function of the whole recipe, so one that says anything else must not get the same tables.
        let texts = ReadingTexts(sidecar: drop.sidecarBytes, definition: drop.definition, dialect: drop.dialectText)
        guard recipe.texts == texts else { throw Reason("read by another recipe") }
        return drop.tables
    }

    private func drop(_ digest: Digest) throws(Reason) -> Drop {
        guard let drop = state.withLock({ $0.drops[digest] }) else { throw Reason("no such file was filed away") }
        return drop
    }

    private func text(_ digest: Digest) throws(Reason) -> [UInt8] {
        guard let text = state.withLock({ $0.texts[digest] }) else { throw Reason("no such text") }
        return text
    }
}
