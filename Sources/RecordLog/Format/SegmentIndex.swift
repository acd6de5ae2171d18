import StableStorage

/// What a segment's index says, read as a whole: a header and records, each of which stands alone.
struct SegmentIndex {
    let header: SegmentHeader?
    /// Whole ones only, in the order of their frames.
    private(set) var records: [IndexRecord] = []
    /// Nothing stands in it but its header and whole records.
    private(set) var isClean = true
    /// Of the last record.
    private(set) var end = SegmentHeader.fieldBytes

    /// The newest batch that it proves to have been durable; 0 for none.
    var provenBatch: UInt64 { records.reduce(0) { max($0, $1.header.batch) } }

    /// Where the frames of the records end, and the sequence that comes next, if the records follow one another without
    /// gaps from the segment's first frame on.
    ///
    /// - Parameter first: The first sequence, by the header.
    /// - Returns: Nil where there is a gap.
    func gapless(from first: UInt64) -> (end: Int, next: UInt64)? {
        var sequence = first
        var end = SegmentHeader.framesOffset
        for record in records {
            guard record.header.sequence == sequence, record.frameOffset == end else { return nil }
            sequence += 1
            end = record.frameBytes.upperBound
        }
        return (end, sequence)
    }

    /// Reads an index.
    ///
    /// - Parameters:
    ///   - number: The segment's.
    ///   - salt: The segment's, where it is known from the segment: an index that lost its own header is good with it.
    ///   - directory: Of both.
    /// - Returns: Nil where there is none, or none that is of use.
    /// - Throws: `.newerVersion`, `.newerFrame`, `.storage`.
    static func read(
        _ number: UInt32, salt: Salt?, in directory: any Directory
    ) throws(RecordLogError) -> SegmentIndex? {
        let name = SegmentName.indexName(of: number)
        let window: SegmentWindow
        do throws(StorageError) {
            let file = try directory.open(name, mode: .read)
            window = SegmentWindow(file: file, limit: try file.size())
        } catch  where error.isNotFound || error.isUnreadable {
            return nil
        } catch {
            throw .storage(error)
        }
        let reading = try window.read(at: 0, count: SegmentHeader.fieldBytes) { (bytes) throws(RecordLogError) in
            SegmentHeader.readFields(bytes, magic: .index)
        }
        var index: SegmentIndex
        switch reading {
        case .newer(let version): throw .newerVersion(file: name, version: version)
        case .valid(let header): index = SegmentIndex(header: header)
        case .bad:
            index = SegmentIndex(header: nil)
            index.isClean = false
        }
        guard let salt = index.header?.salt ?? salt, index.header?.number ?? number == number else { return nil }
        try index.readRecords(window, name, salt: salt)
        return index
    }

    private mutating func readRecords(_ window: SegmentWindow, _ name: String, salt: Salt) throws(RecordLogError) {
        var offset = SegmentHeader.fieldBytes
        var frameEnd = SegmentHeader.framesOffset
        while offset < window.limit {
            let record = try Self.record(at: offset, in: window, salt: salt)
            guard let record, record.frameOffset >= frameEnd else {
                isClean = false
                offset += FrameHeader.alignment
                continue
            }
            guard record.header.heading.kind.isKnown, !record.header.hasUnknownFlags else {
                throw .newerFrame(
                    file: name, offset: offset, kind: record.header.heading.kind.rawValue)
            }
            records.append(record)
            frameEnd = record.frameBytes.upperBound
            offset += record.byteCount
            end = offset
        }
        if end > window.limit { isClean = false }
    }

    /// The record at a place; nil where there is none.
    static func record(at offset: Int, in window: SegmentWindow, salt: Salt) throws(RecordLogError) -> IndexRecord? {
        // The header first: only where it holds is more of the file needed.
        let bytesNeeded = try window.read(at: offset, count: IndexRecord.headerBytes) {
            (bytes) throws(RecordLogError) -> Int? in
            guard bytes.count == IndexRecord.headerBytes else { return nil }
            let place = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            let header = UnsafeRawBufferPointer(rebasing: bytes[16...])
            guard place <= UInt64(LogIndex.Place.greatestOffset),
                let header = FrameHeader(header, at: Int(place), salt: salt)
            else {
                return nil
            }
            return FrameHeader.padded(IndexRecord.headerBytes + header.payloadBytes)
        }
        guard let bytesNeeded else { return nil }
        return try window.read(at: offset, count: bytesNeeded) { (bytes) throws(RecordLogError) in
            IndexRecord(bytes, at: offset, salt: salt)
        }
    }
}
