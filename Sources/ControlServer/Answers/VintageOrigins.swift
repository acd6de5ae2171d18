import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import Synchronization

/// What answers say of the vintages that they name, kept from one answer to the next: a series names one a year.
final class VintageOrigins: Sendable {
    private struct Known {
        let sha256: Digest
        let origin: VintageOrigin
    }

    /// Half a kilobyte each; with more of them all are forgotten, and those that are asked for come again.
    private static let mostKnown = 16_384

    private let known = Mutex<[UInt64: Known]>([:])

    /// Of each vintage, in order.
    func origins(of vintages: [Vintage]) -> [VintageOrigin] {
        known.withLock { known in
            vintages.map { vintage in
                if let known = known[vintage.sequence], known.sha256 == vintage.source.sha256 { return known.origin }
                if known.count >= Self.mostKnown { known.removeAll() }
                let origin = VintageOrigin(
                    recorded: vintage.recorded, published: vintage.published, source: SourceReport(vintage))
                known[vintage.sequence] = Known(sha256: vintage.source.sha256, origin: origin)
                return origin
            }
        }
    }
}
