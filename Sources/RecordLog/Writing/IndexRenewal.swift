import StableStorage

/// Writes a segment's index anew: from the segment, and what is bad there from the old index.
struct IndexRenewal {
    let header: SegmentHeader
    let directory: any Directory
    let files: SegmentFiles

    private static let bytesAtOnce = 1 << 20

    /// Writes it.
    ///
    /// - Parameters:
    ///   - sequences: That may stand in the segment.
    ///   - index: Where they do.
    ///   - copies: Those that are bad in the segment.
    /// - Returns: Where the index ends, in bytes.
    /// - Throws: `.storage`; then the old one stays.
    func run(
        _ sequences: Range<UInt64>, index: LogIndex, copies: [UInt64: FrameCopy]
    ) throws(RecordLogError) -> Int {
        let name = SegmentName.newIndexName(of: header.number)
        do {
            let end = try write(name, sequences, index: index, copies: copies)
            try RecordLogError.storage { () throws(StorageError) in
                try directory.rename(name, to: SegmentName.indexName(of: header.number))
                try directory.sync()
            }
            return end
        } catch {
            // Half an index takes room and is of no use; where it can't be removed, the next attempt does.
            try? directory.remove(name)
            throw error
        }
    }

    private func write(
        _ name: String, _ sequences: Range<UInt64>, index: LogIndex, copies: [UInt64: FrameCopy]
    ) throws(RecordLogError) -> Int {
        let target = try RecordLogError.storage { () throws(StorageError) in try create(name) }
        let segment = try window(
            on: RecordLogError.storage { () throws(StorageError) in try files.file(header.number) })
        var records = header.fields(magic: .index)
        var end = 0
        func flush() throws(RecordLogError) {
            try RecordLogError.storage { () throws(StorageError) in
                try records.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in
                    try target.write([bytes], at: end)
                }
            }
            end += records.count
            records = []
        }
        for sequence in sequences {
            if let place = index[sequence], place.segment == header.number {
                try append(sequence, at: place.offset, in: segment, copy: copies[sequence], to: &records)
            } else if let copy = copies[sequence], copy.segment == header.number {
                try append(copy, to: &records)
            }
            if records.count >= Self.bytesAtOnce { try flush() }
        }
        try flush()
        try RecordLogError.storage { () throws(StorageError) in try target.sync() }
        return end
    }

    private func create(_ name: String) throws(StorageError) -> any File {
        do {
            return try directory.open(name, mode: .create)
        } catch  where error.isAlreadyThere {
            try directory.remove(name)
            return try directory.open(name, mode: .create)
        }
    }

    private func append(
        _ sequence: UInt64, at offset: Int, in segment: SegmentWindow, copy: FrameCopy?, to records: inout [UInt8]
    ) throws(RecordLogError) {
        let salt = header.salt
        let header = try segment.read(at: offset, count: FrameHeader.byteCount) { (bytes) throws(RecordLogError) in
            FrameHeader(bytes, at: offset, salt: salt)
        }
        var isGood = false
        if let header, header.sequence == sequence {
            isGood = try segment.read(at: offset, count: header.frameBytes) { (bytes) throws(RecordLogError) in
                guard bytes.count == header.frameBytes,
                    header.holds(for: UnsafeRawBufferPointer(rebasing: bytes[FrameHeader.byteCount...]))
                else { return false }
                let payload = FrameHeader.byteCount..<FrameHeader.byteCount + header.payloadBytes
                IndexRecord.append(
                    header: UnsafeRawBufferPointer(rebasing: bytes[..<FrameHeader.byteCount]), frameOffset: offset,
                    payload: UnsafeRawBufferPointer(rebasing: bytes[payload]), kind: header.heading.kind, to: &records)
                return true
            }
        }
        if !isGood, let copy, copy.segment == self.header.number { try append(copy, to: &records) }
    }

    /// Takes a record over as it is.
    private func append(_ copy: FrameCopy, to records: inout [UInt8]) throws(RecordLogError) {
        let old = try RecordLogError.storage { () throws(StorageError) in
            try directory.open(SegmentName.indexName(of: header.number), mode: .read)
        }
        let window = try window(on: old)
        guard let record = try SegmentIndex.record(at: copy.offset, in: window, salt: header.salt) else { return }
        records += try window.read(at: record.offset, count: record.byteCount) { (bytes) throws(RecordLogError) in
            Array(bytes)
        }
        records += repeatElement(0, count: FrameHeader.padded(records.count) - records.count)
    }

    private func window(on file: any File) throws(RecordLogError) -> SegmentWindow {
        let size = try RecordLogError.storage { () throws(StorageError) in try file.size() }
        return SegmentWindow(file: file, limit: size)
    }
}
