package import StableStorage
import Synchronization

/// A copy of a log, taken while the log grows: a tar archive of its segments, up to where the log ended when it was begun.
///
/// It is read piece by piece, as fast as whoever gets it takes it. Every frame that the log counts on is checked as it
/// passes, so that what comes out whole opens whole. Indexes are left out: opening the copy makes them anew. Unpacked in
/// a state directory it is that daemon's log.
package final class LogBackup: Sendable {
    /// Of the whole archive.
    package let byteCount: Int
    private let cursor: Mutex<Cursor>

    /// What is left to read.
    private struct Cursor {
        var segments: ArraySlice<SegmentCopy.Extent>
        var current: SegmentCopy?
        var isEnded = false
    }

    fileprivate init(_ log: SegmentedLog, segments: [SegmentCopy.Extent], owner: TarHeader.Owner) {
        self.log = log
        self.owner = owner
        byteCount =
            segments.reduce(TarHeader.blockBytes + TarHeader.endBytes) { sum, segment in
                sum + TarHeader.blockBytes + TarHeader.padded(segment.byteCount)
            }
        cursor = Mutex(Cursor(segments: segments[...]))
        isBegun = Mutex(false)
    }

    private let log: SegmentedLog
    private let owner: TarHeader.Owner
    private let isBegun: Mutex<Bool>

    /// The next piece of the archive, about a mebibyte; nil after the last one.
    ///
    /// - Throws: `.damaged` where a frame went bad since the log was opened: the log knows it from here on, and the copy
    ///   is of no use; `.storage`.
    package func next() throws(RecordLogError) -> [UInt8]? {
        if isBegun.withLock({ isBegun in
            defer { isBegun = true }
            return !isBegun
        }) {
            return TarHeader(.directory, name: Self.directoryName, owner: owner).encoded
        }
        return try cursor.withLock { (cursor) throws(RecordLogError) in
            while true {
                if let piece = try cursor.current?.next(in: log) { return piece }
                guard let extent = cursor.segments.popFirst() else {
                    defer { cursor.isEnded = true }
                    return cursor.isEnded ? nil : [UInt8](repeating: 0, count: TarHeader.endBytes)
                }
                let copy = try SegmentCopy(extent, of: log)
                cursor.current = copy
                return TarHeader(
                    .file, name: Self.directoryName + SegmentName.name(of: extent.number), byteCount: extent.byteCount,
                    modified: copy.createdSeconds, owner: owner
                ).encoded
            }
        }
    }

    /// As in a state directory.
    private static let directoryName = "log/"
}

extension SegmentedLog {
    /// Begins a copy of the log as it is now.
    ///
    /// A segment that somebody removed underneath it is in the copy, as long as the log has it open: it may be all that
    /// is left. The log knows of that damage from here on.
    ///
    /// - Parameter owner: Whose the files are to be.
    /// - Returns: What gives the copy piece by piece.
    /// - Throws: `.damaged` while there is other damage that is not repaired; `.storage`.
    package func backup(owner: TarHeader.Owner = .root) throws(RecordLogError) -> LogBackup {
        let end = state.withLock { $0.end }
        let present = try segmentNumbers(upTo: end)
        let removed = removedSegments(upTo: end, present: present)
        let damage = state.withLock { state in
            for damage in removed { state.add(damage) }
            return state.damage
        }
        var numbers = Set(present)
        for damage in damage {
            guard damage.kind == .missingSegment, let number = SegmentName.number(of: damage.file), isOpen(number)
            else {
                throw .damaged(damage)
            }
            numbers.insert(number)
        }
        let segments = try numbers.sorted().map { (number) throws(RecordLogError) in
            // In use, its size is room; the frames that count end where they ended now.
            if let end, end.segment == number { return SegmentCopy.Extent(number: number, byteCount: end.offset) }
            let size = try RecordLogError.storage { () throws(StorageError) in try files.file(number).size() }
            return SegmentCopy.Extent(number: number, byteCount: size)
        }
        return LogBackup(self, segments: segments, owner: owner)
    }

    /// Whether a segment can be read, be there a name for it or not.
    private func isOpen(_ segment: UInt32) -> Bool {
        // Why it can't be is said of its name already.
        (try? files.file(segment)) != nil
    }
}
