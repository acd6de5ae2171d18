import StableStorage

/// A segment whose header blocks and index were looked at.
struct SegmentCandidate {
    let number: UInt32
    /// Nil where only its index is there, or the storage can't open it.
    var file: (any File)?
    var size = 0
    /// Nil where both blocks are lost and the index doesn't have it either.
    var header: SegmentHeader?
    /// What is bad about the blocks, or about the whole file.
    var damage: Damage?
    var index: SegmentIndex?
    /// The file is this log's segment of this number, as far as anything tells.
    private(set) var isOurs = false
    private var hasBadBlock = false

    var name: String { SegmentName.name(of: number) }

    /// Looks at a segment.
    ///
    /// - Parameters:
    ///   - number: From its name, or its index's.
    ///   - isThere: Whether there is a file of its name.
    ///   - directory: Of both.
    /// - Throws: `.newerVersion`, `.storage`.
    init(_ number: UInt32, isThere: Bool, in directory: any Directory) throws(RecordLogError) {
        self.number = number
        if isThere {
            try open(in: directory)
        } else {
            damage = Damage(.missingSegment, file: name)
        }
        isOurs = file != nil
        if let file { try readBlocks(file) }
        index = try SegmentIndex.read(number, salt: header?.salt, in: directory)
        header = header ?? index?.header
    }

    /// Decides what the file and the index are to each other and to the log.
    ///
    /// A file that belongs elsewhere is damage, and its place is as good as empty; an index that belongs elsewhere is
    /// nothing.
    ///
    /// - Parameter identity: The log's.
    mutating func decide(identity: Salt?) {
        if file != nil, let header, header.identity != identity || header.number != number {
            damage = Damage(
                header.identity != identity ? .foreignSegment : .misplacedSegment, file: name)
            isOurs = false
            self.header = index?.header
        }
        if let own = index?.header, own.identity != identity || isOurs && own != header { index = nil }
        if !isOurs, index == nil { header = nil }
    }

    private mutating func open(in directory: any Directory) throws(RecordLogError) {
        do throws(StorageError) {
            let file = try directory.open(name, mode: .read)
            size = try file.size()
            self.file = file
        } catch  where error.isUnreadable {
            damage = Damage(.unreadable, file: name)
        } catch {
            throw .storage(error)
        }
    }

    private mutating func readBlocks(_ file: any File) throws(RecordLogError) {
        let window = SegmentWindow(file: file, limit: min(size, SegmentHeader.framesOffset))
        var bad: [Range<Int>] = []
        for start in [0, SegmentHeader.blockBytes] {
            let reading = try window.read(at: start, count: SegmentHeader.blockBytes) {
                (bytes) throws(RecordLogError) in
                SegmentHeader.read(bytes)
            }
            switch reading {
            case .valid(let header): self.header = self.header ?? header
            case .newer(let version): throw .newerVersion(file: name, version: version)
            case .bad: bad.append(start..<start + SegmentHeader.blockBytes)
            }
        }
        if let first = bad.first, let last = bad.last {
            hasBadBlock = true
            damage = Damage(.segmentHeader, file: name, bytes: first.lowerBound..<last.upperBound)
        }
    }

    /// Whether there is anything to learn from it: of frames, or where they would begin.
    var tellsOfFrames: Bool {
        header != nil || index?.records.isEmpty == false || isOurs && size > SegmentHeader.framesOffset
    }

    /// Where its frames begin, as far as anything tells: the header, the frame behind it, or else the index.
    ///
    /// - Parameter salt: Of its frames, if anything tells it.
    /// - Returns: Nil where nothing can be read.
    /// - Throws: `.storage`.
    func beginning(salt: Salt?) throws(RecordLogError) -> Beginning? {
        if let header { return Beginning(sequence: header.firstSequence, isCertain: true) }
        if let sequence = try sequenceBehindHeader(salt: salt) { return Beginning(sequence: sequence, isCertain: true) }
        return index?.records.first.map { record in
            Beginning(
                sequence: record.header.batchFirst, isCertain: record.frameOffset == SegmentHeader.framesOffset)
        }
    }

    /// The first sequence of a segment.
    struct Beginning {
        var sequence: UInt64
        /// Where false, it is that or an earlier one.
        var isCertain: Bool
    }

    private func sequenceBehindHeader(salt: Salt?) throws(RecordLogError) -> UInt64? {
        guard isOurs, let file, let salt else { return nil }
        let window = SegmentWindow(file: file, limit: min(size, SegmentHeader.framesOffset + FrameHeader.byteCount))
        return try window.read(at: SegmentHeader.framesOffset, count: FrameHeader.byteCount) {
            (bytes) throws(RecordLogError) in
            FrameHeader(bytes, at: SegmentHeader.framesOffset, salt: salt)?.sequence
        }
    }

    /// There is a file of the name, with nothing in it, and no index tells of frames.
    var isEmptyFile: Bool { file != nil && size == 0 && index?.records.isEmpty ?? true }

    /// Its creation was cut short: it never had a frame, as far as anything tells.
    func isAbandoned() throws(RecordLogError) -> Bool {
        guard let file, hasBadBlock, index?.records.isEmpty ?? true else { return false }
        let window = SegmentWindow(file: file, limit: size)
        var position = SegmentHeader.framesOffset
        while position < size {
            let count = min(SegmentWindow.maximumRequestBytes, size - position)
            let isZero = try window.read(at: position, count: count) { (bytes) throws(RecordLogError) in
                SegmentScan.isZero(bytes)
            }
            guard isZero else { return false }
            position += count
        }
        return true
    }

    /// Whether its index may stand for it, so that its frames needn't be read.
    ///
    /// The index has to account for every byte up to the segment's end; or, where something stands behind, for every frame
    /// that isn't overridden for certain, which a segment that was only begun does not.
    ///
    /// - Parameter later: The segments after it.
    /// - Returns: False where there is any doubt.
    func isCheckpointed(before later: ArraySlice<SegmentCandidate>) -> Bool {
        guard isOurs, damage == nil, let index, let own = index.header, own == header else { return false }
        if let next = later.first, next.header == nil { return false }
        let firsts = later.compactMap { $0.header?.firstSequence }
        guard let (end, next) = index.gapless(from: own.firstSequence), next >= firsts.first ?? 0 else { return false }
        let endsBatch = index.records.last?.header.isLastOfBatch != false
        return size == end && endsBatch || size > end && (firsts.last ?? 0) > (firsts.first ?? 0)
    }
}
