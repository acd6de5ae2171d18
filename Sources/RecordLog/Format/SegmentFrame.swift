/// A frame that stands, or stood, in a segment, by its own header or by the index's copy of it.
struct SegmentFrame: Hashable {
    /// A second copy.
    struct Copy: Hashable {
        /// Of the record, in the index.
        var offset: Int
        /// Whether it has all of the payload, and not only its opening.
        var isWhole: Bool
    }

    var header: FrameHeader
    var bytes: Range<Int>
    /// What is bad about it in the segment.
    var flaw: Damage.Kind?
    /// It is bad because the storage gave an error.
    var isUnreadable = false
    /// Looked for only where the frame is bad.
    var copy: Copy?
    /// What it repairs, where that is its purpose and can be read.
    var repair: RepairRecord?

    /// Whether the payload can be had from the log.
    var isReadable: Bool { flaw == nil || copy?.isWhole == true }
}
