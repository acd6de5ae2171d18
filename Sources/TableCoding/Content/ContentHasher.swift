package import Annals
internal import Crypto

/// SHA-256 over bytes that come in pieces.
package struct ContentHasher {
    private var state = SHA256()

    package init() {}

    /// Takes further bytes in.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) { state.update(bufferPointer: bytes) }

    /// Takes further bytes in.
    package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { state.update(bufferPointer: $0) } }

    /// The digest of everything so far.
    package func finish() -> Annals.Digest {
        guard let digest = state.finalize().withUnsafeBytes({ Annals.Digest(bytes: $0) }) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        return digest
    }

    /// The name of content that is at hand whole.
    package static func digest(of bytes: [UInt8]) -> Annals.Digest {
        bytes.withUnsafeBytes { digest(of: $0) }
    }

    /// The name of content that is at hand whole.
    package static func digest(of bytes: UnsafeRawBufferPointer) -> Annals.Digest {
        var hasher = ContentHasher()
        hasher.update(bytes)
        return hasher.finish()
    }

    /// The chain value of a commit: over the previous one's and its own body.
    package static func chain(after previous: Annals.Digest, body: UnsafeRawBufferPointer) -> Annals.Digest {
        var hasher = ContentHasher()
        hasher.update(previous.bytes)
        hasher.update(body)
        return hasher.finish()
    }
}
