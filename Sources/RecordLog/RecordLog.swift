/// An append-only sequence of frames, as the archive sees it.
///
/// Nothing above this protocol knows of segments or files; a replicated stream can stand behind it as well. Reads may
/// come from any thread, while an append runs too.
package protocol RecordLog: Sendable {
    /// The sequence of the last durable frame; 0 for an empty log.
    var head: UInt64 { get }

    /// Appends the frames as one batch: all of them or none, durable when it returns.
    ///
    /// - Parameters:
    ///   - frames: At least one.
    ///   - expectedHead: The head that the caller has seen; with another one nothing is appended. Nil appends wherever the
    ///     log ends: what several threads append so at the same time may share a batch and its sync, and each gets its own
    ///     sequences, one after another. The order of acknowledgement is the order in the log.
    /// - Returns: The sequences of the frames, or the head that was there instead.
    /// - Throws: `.frameTooLarge`; `.noSpace`, nothing was written and it may be tried again; `.readOnly` and
    ///   `.damaged`, the log takes nothing; `.storage`, the write failed now and the log takes nothing from here on. After
    ///   `.storage` the batch may or may not be there when the log is opened again.
    func append(_ frames: [Frame], expectedHead: UInt64?) throws(RecordLogError) -> AppendOutcome

    /// Reads one frame, its checksum verified.
    ///
    /// - Throws: `.noSuchFrame` beyond the head and for 0; `.damaged` where its bytes are lost; `.storage`.
    func frame(at sequence: UInt64) throws(RecordLogError) -> StoredFrame

    /// Visits the frames from `sequence` to the head as of now, in order, their checksums verified, nothing copied.
    ///
    /// Frames that were known to be damaged when the log was opened are left out; the gap in the sequences shows where.
    ///
    /// - Parameters:
    ///   - sequence: Where to begin; beyond the head there is nothing to visit.
    ///   - body: Gets the payload for the duration of the call; what it throws ends the visit.
    /// - Throws: What `body` throws; `.damaged` for a frame that went bad since; `.storage`.
    func visit(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError)

    /// Visits the same frames as `visit`, perhaps with no more than the opening of large blobs: for who needs names only.
    ///
    /// - Parameters:
    ///   - sequence: Where to begin; beyond the head there is nothing to visit.
    ///   - body: Gets the payload, or its first bytes, at least 48 of them, and whether that is all of it. Only of blobs it
    ///     isn't all. Valid for the duration of the call; what it throws ends the survey.
    /// - Throws: What `body` throws; `.damaged` for a frame that went bad since; `.storage`.
    func survey(
        from sequence: UInt64, _ body: (FrameHeading, _ bytes: RawSpan, _ isWhole: Bool) throws(RecordLogError) -> Void
    ) throws(RecordLogError)

    /// What is damaged and not repaired; with any, nothing is appended.
    var damage: [Damage] { get }

    /// Damage that was repaired or given up, in the order in which that was written.
    var repaired: [RepairedDamage] { get }

    /// Writes restored frames and losses, so that damage is repaired.
    ///
    /// Every frame of which the log has a copy itself is restored too. What was damaged stays as it is on the disk. With
    /// everything repaired the log takes frames again; with something left it doesn't, and what was written counts.
    ///
    /// - Throws: `.readOnly`, `.noSpace`, `.storage`, as `append` does; `.frameTooLarge`.
    func repair(_ repair: LogRepair) throws(RecordLogError)

    /// Whether the log takes frames, and if not, why.
    var condition: LogCondition { get }

    /// What the frames occupy, headers included, room reserved ahead not.
    var byteCount: UInt64 { get }
}

extension RecordLog {
    /// Visits the frames from `sequence` on with a copy of each payload; `visit` for who needs none.
    package func frames(
        from sequence: UInt64, _ body: (StoredFrame) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        try visit(from: sequence) { (heading, payload) throws(RecordLogError) in
            try body(StoredFrame(heading: heading, payload: payload.withUnsafeBytes { Array($0) }))
        }
    }
}

// A log that nothing can damage, and that has no shorter way to the names.
extension RecordLog {
    package var damage: [Damage] { [] }

    package var repaired: [RepairedDamage] { [] }

    /// Has nothing to do.
    package func repair(_ repair: LogRepair) throws(RecordLogError) {}

    /// Visits, and gives every payload whole.
    package func survey(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan, Bool) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        try visit(from: sequence) { (heading, payload) throws(RecordLogError) in try body(heading, payload, true) }
    }
}

/// What became of an append.
package enum AppendOutcome: Hashable, Sendable {
    /// The frames are durable under these sequences.
    case appended(first: UInt64, last: UInt64)
    /// Nothing was appended: the log ends elsewhere than expected.
    case conflict(head: UInt64)
}

/// Whether a log takes frames.
package enum LogCondition: Hashable, Sendable {
    case writable
    /// There was no room for the last append; it works again by itself when there is.
    ///
    /// Both in bytes.
    case full(needed: Int, free: Int)
    /// A write or sync failed, or the log was opened for reading only; until it is opened anew.
    case readOnly(reason: String)
    /// Something in the middle is damaged: what is good can be read, nothing is appended until it is repaired.
    case damaged([Damage])
}
