internal import CZstd
internal import Synchronization

/// Compresses many pieces with one working memory.
///
/// Wraps `ZSTD_compressCCtx`. Not for use by two threads at once, which its being unshared sees to.
package final class ZstdCompressor {
    private let context: OpaquePointer?

    /// Level 5: of the levels that are faster than a disk takes the result, the one that packs source bytes best.
    package static let level: Int32 = 5
    /// Level 3: a short file gains a twelfth less by it, in half the time, and its time is counted by the file.
    private static let levelOfShort: Int32 = 3
    private static let shortByteCount = 16 << 10

    private static let idle = IdleContexts(free: { _ = ZSTD_freeCCtx($0) })

    package init() { context = Self.idle.take() ?? ZSTD_createCCtx() }

    deinit { if let context { Self.idle.giveBack(context) } }

    /// The bytes as one zstd frame; nil where that isn't shorter, or there is no memory for it.
    package func compress(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let context, !bytes.isEmpty else { return nil }
        let level = bytes.count <= Self.shortByteCount ? Self.levelOfShort : Self.level
        var failed = false
        // zstd writes at most the capacity that it is told and reads at most `bytes.count` from a pointer that is valid
        // for the call; what it returns is an error code or the number of bytes written, which is what is initialised.
        let packed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, count in
            let written = ZSTD_compressCCtx(
                context, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count, level)
            failed = ZSTD_isError(written) != 0
            count = failed ? 0 : written
        }
        return failed || packed.count >= bytes.count ? nil : packed
    }
}

/// Undoes what ``ZstdCompressor`` did.
package enum Zstd {
    private static let idle = IdleContexts(free: { _ = ZSTD_freeDCtx($0) })

    /// Exactly that many bytes out of one zstd frame; nil where the frame is broken or holds another number.
    ///
    /// The caller has checked the length against its limit: so much memory is taken, and no more, whatever the frame says.
    package static func decompress(_ packed: UnsafeRawBufferPointer, byteCount: Int) -> [UInt8]? {
        guard let context = idle.take() ?? ZSTD_createDCtx() else { return nil }
        defer { idle.giveBack(context) }
        var isWhole = false
        // As above: never more than the capacity is written, and never more read than the frame has.
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let written = ZSTD_decompressDCtx(context, buffer.baseAddress, byteCount, packed.baseAddress, packed.count)
            isWhole = ZSTD_isError(written) == 0 && written == byteCount
            count = isWhole ? byteCount : 0
        }
        return isWhole ? bytes : nil
    }
}

/// Working memories of zstd that nobody uses at the moment: making one anew costs more than a short piece.
///
/// Each call begins with a context as if it were new, whatever became of the call before.
private final class IdleContexts: Sendable {
    /// As many as there are likely to be threads at it; more are freed.
    private static let limit = 4

    /// Addresses, since pointers don't cross threads by themselves; each is with one holder at a time.
    private let addresses = Mutex<[UInt]>([])
    private let free: @Sendable (OpaquePointer) -> Void

    init(free: @escaping @Sendable (OpaquePointer) -> Void) { self.free = free }

    func take() -> OpaquePointer? {
        addresses.withLock { $0.popLast() }.flatMap { OpaquePointer(bitPattern: $0) }
    }

    func giveBack(_ context: OpaquePointer) {
        let address = UInt(bitPattern: context)
        let isKept = addresses.withLock { addresses in
            guard addresses.count < Self.limit else { return false }
            addresses.append(address)
            return true
        }
        if !isKept { free(context) }
    }
}
