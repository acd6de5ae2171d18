import StableStorage

/// Sees to it after opening that every segment has an index with everything that counts in the segment.
///
/// An index is made anew beside the old one, synced, and put in its place by a rename. It gets only frames that are durable
/// and not overridden. What fails here fails for nobody else: the log does without.
struct IndexUpkeep {
    private let segments: [LogScan.Segment]
    private let directory: any Directory
    private let files: SegmentFiles

    /// What came of it.
    struct Renewal {
        /// Of the indexes that were written.
        var names: [String] = []
        /// For the segment that takes frames.
        var active: IndexWriter?
    }

    init(_ segments: [LogScan.Segment], directory: any Directory, files: SegmentFiles) {
        self.segments = segments
        self.directory = directory
        self.files = files
    }

    /// Looks at each index and renews what needs it.
    ///
    /// - Parameters:
    ///   - index: Where frames stand, the last batch made certain.
    ///   - head: The last sequence.
    ///   - copies: Frames that only the old index has.
    ///   - active: The header of the segment that takes frames, if it was there before.
    /// - Returns: What was done.
    func run(index: LogIndex, head: UInt64, copies: [UInt64: FrameCopy], active: SegmentHeader?) -> Renewal {
        var renewal = Renewal()
        for segment in segments {
            guard let header = segment.header else { continue }
            let isActive = header == active
            let sequences = sequences(in: header, index: index, head: head)
            var end = segment.index?.end ?? 0
            if needsRenewal(segment, sequences: sequences, isActive: isActive, index: index) {
                do {
                    end = try IndexRenewal(header: header, directory: directory, files: files)
                        .run(sequences, index: index, copies: copies)
                    renewal.names.append(SegmentName.indexName(of: header.number))
                } catch {
                    // A log without this index is as good as before; the next opening tries again.
                    continue
                }
            } else if segment.index?.places != nil {
                syncIndex(of: header.number)
            }
            // Without it the segment does as well.
            if isActive { renewal.active = try? IndexWriter(continuing: header, at: end, in: directory) }
        }
        return renewal
    }

    /// What a crash left in memory only may go with the power; then the index is made anew, and nothing else is lost.
    private func syncIndex(of number: UInt32) {
        // See above: there is nothing to be done about a failure.
        try? directory.open(SegmentName.indexName(of: number), mode: .read).sync()
    }

    /// From the first frame that stands in a segment to the last that isn't overridden, lost ones between them included.
    private func sequences(in header: SegmentHeader, index: LogIndex, head: UInt64) -> Range<UInt64> {
        var end = header.firstSequence
        while end <= head, index[end].map({ $0.segment <= header.number }) ?? true { end += 1 }
        return header.firstSequence..<end
    }

    private func needsRenewal(
        _ segment: LogScan.Segment, sequences: Range<UInt64>, isActive: Bool, index: LogIndex
    ) -> Bool {
        guard let state = segment.index else { return isActive || !sequences.isEmpty }
        guard let places = state.places else { return isActive && !state.isClean }
        if !state.isClean { return true }
        return sequences.contains { sequence in
            guard let place = index[sequence], place.segment == segment.number else { return false }
            return places[sequence] != place.offset
        }
    }
}
