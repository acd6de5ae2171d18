import StableStorage

/// Writes the index of the segment that takes frames: what follows a batch's sync.
///
/// The index is a convenience that can be made anew from its segment, so a failure ends it and nothing else.
struct IndexWriter {
    private let file: any File
    private var end: Int

    /// Begins the index of a new segment.
    init(creating header: SegmentHeader, in directory: any Directory) throws(StorageError) {
        let name = SegmentName.indexName(of: header.number)
        do {
            file = try directory.open(name, mode: .create)
        } catch  where error.isAlreadyThere {
            // Of a segment that was removed because it never held anything.
            try directory.remove(name)
            file = try directory.open(name, mode: .create)
        }
        end = 0
        try append(header.fields(magic: .index))
    }

    /// Goes on in an index that has everything its segment has.
    init(continuing header: SegmentHeader, at end: Int, in directory: any Directory) throws(StorageError) {
        file = try directory.open(SegmentName.indexName(of: header.number), mode: .readWrite)
        self.end = end
    }

    /// Adds records whose frames are durable; they themselves needn't become so before `sync`.
    mutating func append(_ records: [UInt8]) throws(StorageError) {
        let end = end
        let file = file
        try records.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in try file.write([bytes], at: end) }
        self.end += records.count
    }

    func sync() throws(StorageError) { try file.sync() }
}
