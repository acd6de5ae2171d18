import StableStorage
import Synchronization

/// Where a frame is to be read.
enum FrameSource {
    /// In its segment, good as far as anybody knows.
    case place(LogIndex.Place)
    /// In another frame, which has its content again.
    case restored(by: UInt64)
    /// In the index: its place in the segment is bad.
    case copied(FrameCopy)
    /// Nowhere; the index may have its opening.
    case lost(opening: FrameCopy?)

    /// The segment in whose index it may be found; nil where that needs a closer look.
    var segment: UInt32? {
        switch self {
        case .place(let place): place.segment
        case .copied(let copy), .lost(let copy?): copy.segment
        case .restored, .lost(nil): nil
        }
    }
}

extension LogState {
    func source(of sequence: UInt64) -> FrameSource {
        if let restored = ledger.restored[sequence] { return .restored(by: restored) }
        if ledger.isClosed(sequence) { return .lost(opening: nil) }
        let copy = copies[sequence]
        if let copy, copy.isWhole { return .copied(copy) }
        if let place = index[sequence] { return .place(place) }
        return .lost(opening: copy)
    }

    /// Where to look if a restored frame can't be read any more, or a copy in the index.
    func original(of sequence: UInt64) -> FrameSource {
        index[sequence].map(FrameSource.place) ?? .lost(opening: copies[sequence])
    }
}

extension SegmentedLog {
    /// Reads a frame, from its second copy where the first is bad, of which note is taken.
    ///
    /// - Throws: `.damaged` where there is none; `.storage`.
    func frame(_ sequence: UInt64, from source: FrameSource) throws(RecordLogError) -> StoredFrame {
        switch source {
        case .place(let place):
            return try frame(sequence, at: place)
        case .restored(let restoring):
            if let frame = try restored(sequence, by: restoring) { return frame }
            state.withLock { $0.forgetRestored(sequence) }
        case .copied(let copy):
            if let frame = try indexed(copy, sequence) { return frame }
        case .lost:
            throw .damaged(loss(of: sequence))
        }
        return try frame(sequence, from: state.withLock { $0.original(of: sequence) })
    }

    /// A frame by its place in its segment.
    private func frame(_ sequence: UInt64, at place: LogIndex.Place) throws(RecordLogError) -> StoredFrame {
        var flaw = Damage.Kind.payload
        var byteCount = FrameHeader.byteCount
        do throws(StorageError) {
            if let salt = state.withLock({ $0.salts[place.segment] }) {
                let file = try files.file(place.segment)
                let reader = FrameReader(file: file, salt: salt)
                if let frame = try reader.frame(sequence, at: place.offset, byteCount: &byteCount) { return frame }
            }
        } catch  where error.isNotFound {
            flaw = .missingSegment
        } catch  where error.isUnreadable {
            flaw = .unreadable
        } catch {
            throw .storage(error)
        }
        let copy = try copy(of: sequence, in: place.segment)
        let damage = Damage(
            flaw, file: SegmentName.name(of: place.segment),
            bytes: flaw == .missingSegment ? nil : place.offset..<place.offset + byteCount, hit: sequence...sequence,
            sequences: copy?.isWhole == true ? nil : sequence...sequence)
        state.withLock { state in
            if let copy { state.copies[sequence] = copy }
            state.add(damage)
        }
        guard let copy, let frame = try indexed(copy, sequence) else { throw .damaged(damage) }
        return frame
    }

    /// The second copy of a frame, or its opening; looked for in all of the index, since this is rare.
    private func copy(of sequence: UInt64, in segment: UInt32) throws(RecordLogError) -> FrameCopy? {
        let salt = state.withLock { $0.salts[segment] }
        let index = try SegmentIndex.read(segment, salt: salt, in: directory)
        guard let index, index.header == nil || index.header?.salt == salt,
            let record = index.records.first(where: { $0.header.sequence == sequence })
        else { return nil }
        return FrameCopy(
            heading: record.header.heading, segment: segment, offset: record.offset, isWhole: record.isWhole)
    }

    /// A frame by its record in an index; nil where that isn't good.
    private func indexed(_ copy: FrameCopy, _ sequence: UInt64) throws(RecordLogError) -> StoredFrame? {
        guard copy.isWhole, let salt = state.withLock({ $0.salts[copy.segment] }) else { return nil }
        do throws(StorageError) {
            let file = try directory.open(SegmentName.indexName(of: copy.segment), mode: .read)
            return try FrameReader(file: file, salt: salt).indexed(sequence, at: copy.offset)
        } catch  where error.isNotFound || error.isUnreadable {
            return nil
        } catch {
            throw .storage(error)
        }
    }

    /// What another frame has of a frame; nil where that one is bad too.
    private func restored(_ sequence: UInt64, by restoring: UInt64) throws(RecordLogError) -> StoredFrame? {
        let frame: StoredFrame
        do {
            frame = try self.frame(restoring, from: state.withLock { $0.original(of: restoring) })
        } catch .damaged {
            return nil
        } catch {
            throw error
        }
        let record = frame.payload.withUnsafeBytes { RepairRecord($0, of: frame.kind) }
        guard case .restored(let heading)? = record?.verdict, heading.sequence == sequence else { return nil }
        return StoredFrame(heading: heading, payload: Array(frame.payload.dropFirst(RepairRecord.byteCount)))
    }

    private func loss(of sequence: UInt64) -> Damage {
        let known = state.withLock { state in
            state.damage.first { $0.hit?.contains(sequence) == true }
                ?? state.ledger.repaired.first { $0.damage.hit?.contains(sequence) == true }?.damage
        }
        return known ?? Damage(.missingFrames, file: directory.path, sequences: sequence...sequence)
    }
}
