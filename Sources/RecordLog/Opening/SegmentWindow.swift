import StableStorage

/// A stretch of a file in memory that moves forward with who reads it: big reads, nothing copied out.
final class SegmentWindow {
    private let file: any File
    /// Where reading ends, whatever the file's size is.
    let limit: Int
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var count = 0
    /// What the storage didn't give, as far as it was asked; filled with a pattern that is no frame and no zeros.
    private(set) var unreadable: [Range<Int>] = []

    /// The most that can be asked for at once: more than the largest frame.
    static let maximumRequestBytes = 1 << 20
    private static let capacityBytes = 2 << 20
    /// What a disk is asked for where it doesn't give more: its largest sector.
    private static let sectorBytes = 512

    init(file: any File, limit: Int) {
        self.file = file
        self.limit = limit
        // No more than there is to read; a log of many small files would otherwise pay for large ones.
        let capacity = min(Self.capacityBytes, max(limit, FrameHeader.byteCount))
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 4096)
    }

    deinit { buffer.deallocate() }

    /// Shows bytes of the file.
    ///
    /// - Parameters:
    ///   - offset: Of the first one.
    ///   - wanted: At most `maximumRequestBytes`.
    ///   - body: Gets that many, fewer only at the limit or the file's end; valid during the call.
    /// - Returns: What `body` returns.
    /// - Throws: `.storage`; what `body` throws.
    func read<Result>(
        at offset: Int, count wanted: Int, _ body: (UnsafeRawBufferPointer) throws(RecordLogError) -> Result
    ) throws(RecordLogError) -> Result {
        let wanted = max(0, min(wanted, limit - offset))
        if offset < start || offset + wanted > start + count { try fill(from: offset) }
        let first = min(offset - start, count)
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[first..<min(first + wanted, count)])
        defer { extendLifetime(self) }
        return try body(bytes)
    }

    /// Moves the window to `offset`, keeping what it already has from there on.
    private func fill(from offset: Int) throws(RecordLogError) {
        var kept = 0
        if offset >= start, offset < start + count, let base = buffer.baseAddress {
            kept = start + count - offset
            base.copyMemory(from: base + (offset - start), byteCount: kept)
        }
        start = offset
        count = kept
        let room = min(buffer.count, max(0, limit - offset))
        guard kept < room else { return }
        do {
            count += try file.read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[kept..<room]), at: offset + kept)
        } catch  where error.isUnreadable {
            count += try salvage(into: UnsafeMutableRawBufferPointer(rebasing: buffer[kept..<room]), at: offset + kept)
        } catch {
            throw .storage(error)
        }
    }

    /// Reads sector by sector, so that only what is really bad is missing.
    private func salvage(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(RecordLogError) -> Int {
        var done = 0
        while done < target.count {
            let sectorEnd = (offset + done) / Self.sectorBytes * Self.sectorBytes + Self.sectorBytes
            let wanted = min(target.count - done, sectorEnd - offset - done)
            let sector = UnsafeMutableRawBufferPointer(rebasing: target[done..<done + wanted])
            do {
                let count = try file.read(into: sector, at: offset + done)
                done += count
                if count < wanted { break }
            } catch  where error.isUnreadable {
                sector.initializeMemory(as: UInt8.self, repeating: 0xee)
                unreadable.append(offset + done..<offset + done + wanted)
                done += wanted
            } catch {
                throw .storage(error)
            }
        }
        return done
    }
}
