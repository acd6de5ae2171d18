package import Annals

/// The last few audits that were decoded, each with its bytes.
///
/// The years of a dataset satisfy the same identities with the same counts, so a log of many years says the same audits
/// again and again. For one thread at a time, which its being unshared sees to.
package final class DecodedAudits {
    private var known: [(bytes: [UInt8], audit: Audit)] = []
    private var next = 0
    private static let limit = 16

    package init() {}

    /// The audit that those bytes decoded to; nil where they didn't come lately.
    package func audit(of array: [UInt8], in range: Range<Int>) -> Audit? {
        array.withUnsafeBytes { bytes in
            let wanted = UnsafeRawBufferPointer(rebasing: bytes[range])
            return known.first { $0.bytes.count == wanted.count && $0.bytes.elementsEqual(wanted) }?.audit
        }
    }

    /// Keeps an audit, and forgets the one that was kept longest ago.
    package func keep(_ audit: Audit, of bytes: ArraySlice<UInt8>) {
        if known.count < Self.limit {
            known.append((Array(bytes), audit))
        } else {
            known[next] = (Array(bytes), audit)
            next = (next + 1) % Self.limit
        }
    }
}
