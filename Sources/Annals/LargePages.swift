import Glibc

extension UnsafeMutableBufferPointer where Element: BitwiseCopyable {
    /// Asks the kernel for large pages behind a buffer that nobody has written to yet.
    ///
    /// Fresh memory comes a page at a time, each with a fault and a clearing of its own: of a large column that is most
    /// of what filling it costs. A hint alone: where the kernel doesn't follow it nothing is different.
    package func askForLargePages() {
        guard let base = baseAddress else { return }
        let start = UInt(bitPattern: base)
        let first = (start + largePageBytes - 1) & ~(largePageBytes - 1)
        let end = (start + UInt(count * MemoryLayout<Element>.stride)) & ~(largePageBytes - 1)
        // Whole pages within the buffer; what lies beside them belongs to others.
        guard first < end, let pages = UnsafeMutableRawPointer(bitPattern: first) else { return }
        _ = madvise(pages, Int(end - first), Int32(MADV_HUGEPAGE))
    }
}

private let largePageBytes: UInt = 2 << 20
