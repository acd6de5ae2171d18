package import Annals

/// How far the history goes, and a fingerprint of all of it: written `SEQ:HEX`.
package struct Head: Hashable, Sendable, CustomStringConvertible {
    /// Number of the last entry; 0 for an empty log.
    package var sequence: UInt64
    /// Chain value of the last commit; ``Digest/zero`` for an empty log.
    package var chain: Digest

    package init(sequence: UInt64, chain: Digest) {
        self.sequence = sequence
        self.chain = chain
    }

    package static let empty = Head(sequence: 0, chain: .zero)

    /// Reads `SEQ:HEX`; nil where the text is anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = UInt64(parts[0]), let chain = Digest(hex: parts[1]) else { return nil }
        self.init(sequence: sequence, chain: chain)
    }

    package var description: String { "\(sequence):\(chain.hex)" }
}
