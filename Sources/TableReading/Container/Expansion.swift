import Annals

/// How much a container has been expanded to so far, and how much it may be.
///
/// What is made to fill memory is refused where it passes a bound, with at most a piece beyond it in memory.
struct Expansion {
    /// Bytes that all members may have together.
    private let mostByteCount: Int
    private(set) var byteCount = 0

    /// A table of equal rows is packed to a hundredth, by the best of them to a five-hundredth.
    private static let greatestRatio = 1000
    /// What may be expanded whatever it was packed to.
    private static let alwaysExpanded = 32 << 20

    /// - Parameters:
    ///   - packedByteCount: The container's own size.
    ///   - limits: A file in a container may be no larger than one that stands alone.
    init(of packedByteCount: Int, limits: ReadingLimits) {
        let (product, overflow) = packedByteCount.multipliedReportingOverflow(by: Self.greatestRatio)
        mostByteCount = min(limits.fileBytes, max(Self.alwaysExpanded, overflow ? .max : product))
    }

    /// Takes account of bytes that were expanded.
    ///
    /// - Throws: Where they are too many.
    mutating func count(_ more: Int) throws(Reason) {
        byteCount += more
        guard byteCount <= mostByteCount else {
            throw Reason(
                "The container expands to more than it may", expected: "at most \(mostByteCount) bytes",
                remedy: "Look where the file comes from; drop what it holds unpacked where that is honestly so large")
        }
    }
}
