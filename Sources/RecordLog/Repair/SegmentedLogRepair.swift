import Synchronization

// LogRepair: the log's own second copies first, then what the caller has.
extension SegmentedLog {
    package var damage: [Damage] { state.withLock { $0.damage } }

    package var repaired: [RepairedDamage] { state.withLock { $0.ledger.repaired } }

    package func repair(_ repair: LogRepair) throws(RecordLogError) {
        for restoration in repair.restored where restoration.payload.count > Frame.maximumPayloadBytes {
            throw .frameTooLarge(payloadBytes: restoration.payload.count)
        }
        try writing { (writer) throws(RecordLogError) in
            if case .readOnly(let reason) = state.withLock({ $0.standing }) { throw .readOnly(reason: reason) }
            let plan = state.withLock { LogRepairPlan(repair, for: $0) }
            var batch = RepairBatch()
            var isFirst = true
            func flush() throws(RecordLogError) {
                guard !batch.frames.isEmpty else { return }
                let recover = isFirst ? readable : nil
                try writer.repair(batch.records, batch.frames, beginningWith: recover, state: state)
                isFirst = false
                batch = RepairBatch()
            }
            var readableHere: Set<UInt64> = []
            for (sequence, place) in plan.ownFrames() {
                guard let frame = try readable(sequence) else { continue }
                batch.restore(frame, place: place)
                readableHere.insert(sequence)
                // A lost segment may be larger than what one wants to hold at once; each batch stands for itself.
                if batch.byteCount >= options.groupBytes { try flush() }
            }
            for step in plan.givenSteps(readable: readableHere) { batch.add(step.record, step.payload) }
            try flush()
        }
    }

    /// Nil where no copy is left.
    private func readable(_ sequence: UInt64) throws(RecordLogError) -> StoredFrame? {
        do throws(RecordLogError) {
            return try frame(at: sequence)
        } catch .damaged, .noSuchFrame {
            return nil
        } catch {
            throw error
        }
    }
}

/// Frames that repair, gathered for one batch.
private struct RepairBatch {
    private(set) var records: [RepairRecord] = []
    private(set) var frames: [Frame] = []
    private(set) var byteCount = 0

    mutating func add(_ record: RepairRecord, _ payload: [UInt8] = []) {
        records.append(record)
        frames.append(Frame(kind: record.kind, payload: record.encoded + payload))
        byteCount += payload.count
    }

    /// One that the log could read; a frame that repairs something itself is written again as it was.
    mutating func restore(_ frame: StoredFrame, place: Damage) {
        guard let record = frame.payload.withUnsafeBytes({ RepairRecord($0, of: frame.kind) }) else {
            return add(RepairRecord(place, .restored(frame.heading)), frame.payload)
        }
        add(record, Array(frame.payload.dropFirst(RepairRecord.byteCount)))
        add(RepairRecord(place, .unneeded(frame.sequence...frame.sequence)))
    }
}
