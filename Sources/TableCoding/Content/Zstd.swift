internal import CZstd

/// Compresses many pieces with one working memory.
///
/// Wraps `ZSTD_compressCCtx`. Not for use by two threads at once, which its being unshared sees to.
package final class ZstdCompressor {
    private let context: OpaquePointer?

    /// Level 5: of the levels that are faster than a disk takes the result, the one that packs source bytes best.
    package static let level: Int32 = 5

    package init() { context = ZSTD_createCCtx() }

    deinit { ZSTD_freeCCtx(context) }

    /// The bytes as one zstd frame; nil where that isn't shorter, or there is no memory for it.
    package func compress(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let context, !bytes.isEmpty else { return nil }
        var failed = false
        // zstd writes at most the capacity that it is told and reads at most `bytes.count` from a pointer that is valid
        // for the call; what it returns is an error code or the number of bytes written, which is what is initialised.
        let packed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, count in
            let written = ZSTD_compressCCtx(
                context, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count, Self.level)
            failed = ZSTD_isError(written) != 0
            count = failed ? 0 : written
        }
        return failed || packed.count >= bytes.count ? nil : packed
    }
}

/// Undoes what ``ZstdCompressor`` did.
package enum Zstd {
    /// Exactly that many bytes out of one zstd frame; nil where the frame is broken or holds another number.
    ///
    /// The caller has checked the length against its limit: so much memory is taken, and no more, whatever the frame says.
    package static func decompress(_ packed: UnsafeRawBufferPointer, byteCount: Int) -> [UInt8]? {
        var isWhole = false
        // As above: never more than the capacity is written, and never more read than the frame has.
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let written = ZSTD_decompress(buffer.baseAddress, byteCount, packed.baseAddress, packed.count)
            isWhole = ZSTD_isError(written) == 0 && written == byteCount
            count = isWhole ? byteCount : 0
        }
        return isWhole ? bytes : nil
    }
}
