package import StableStorage
import Synchronization

/// A log in the segments of a directory: `docs/formats/log.md`.
///
/// One lock is the writer's, held over its writes and syncs; the other guards what readers see, held for moments. Who
/// opens a log for writing must have the directory to itself.
package final class SegmentedLog: RecordLog {
    let directory: any Directory
    let files: SegmentFiles
    let state: Mutex<LogState>
    let options: LogOptions
    private let writer: Mutex<LogWriter>
    private let group: AppendGroup

    /// How a log is opened.
    package enum Access: Hashable, Sendable {
        case readWrite
        /// Changes nothing on disk.
        case readOnly
    }

    /// Opens the log, or begins one in an empty directory.
    ///
    /// Every frame is verified, except where a closed segment's index stands for it (`LogOptions.usesCheckpoint`). A torn
    /// tail is set aside and the last batch made certain. Where that fails, or something is damaged, the log opens
    /// all the same, for reading: `condition` says why.
    ///
    /// - Parameters:
    ///   - directory: Of the segments.
    ///   - options: As they are by default, mostly.
    ///   - access: For reading only, for a look at the log of a daemon that isn't running.
    ///   - progress: Called after each segment.
    /// - Throws: `.storage` where it can't be read; `.newerVersion` and `.newerFrame`.
    package init(
        directory: any Directory, options: LogOptions = LogOptions(), access: Access = .readWrite,
        progress: (ReplayProgress) -> Void = { _ in }
    ) throws(RecordLogError) {
        let contents = try LogScan(directory: directory, usesCheckpoint: options.usesCheckpoint)
            .run(progress: progress)
        let files = SegmentFiles(directory: directory)
        var state = LogState(contents, access: access)
        var writer = LogWriter(contents, directory: directory, files: files, options: options)
        if state.refusal == nil { writer.open(&state) }
        self.directory = directory
        self.files = files
        self.options = options
        group = AppendGroup(limit: options.groupBytes)
        self.state = Mutex(state)
        self.writer = Mutex(writer)
    }

    /// What opening found.
    package var recovery: Recovery { state.withLock { $0.recovery } }

    package var head: UInt64 { state.withLock { $0.head } }

    package var byteCount: UInt64 { state.withLock { $0.byteCount } }

    package var condition: LogCondition {
        let condition = state.withLock { $0.condition }
        guard case .full(let needed, _) = condition else { return condition }
        // A directory that can't be asked counts as still full; the next append says more.
        guard let free = try? directory.freeBytes(), free >= needed else { return condition }
        return .writable
    }

    package func append(_ frames: [Frame], expectedHead: UInt64?) throws(RecordLogError) -> AppendOutcome {
        precondition(!frames.isEmpty, "a batch has at least one frame")
        for frame in frames where frame.payload.count > Frame.maximumPayloadBytes {
            throw .frameTooLarge(payloadBytes: frame.payload.count)
        }
        guard expectedHead == nil else { return try write(frames, expectedHead: expectedHead) }
        return try group.append(frames) { (frames) throws(RecordLogError) in
            try write(frames, expectedHead: nil)
        }
    }

    private func write(_ frames: [Frame], expectedHead: UInt64?) throws(RecordLogError) -> AppendOutcome {
        try writing { (writer) throws(RecordLogError) in
            try writer.append(frames, expectedHead: expectedHead, state: state)
        }
    }

    /// One writes at a time.
    func writing<Result>(_ body: (inout LogWriter) throws(RecordLogError) -> Result) throws(RecordLogError) -> Result {
        try writer.withLock { (writer) throws(RecordLogError) in try body(&writer) }
    }

    /// Closes the log in order, so that opening it again has nothing to make certain; it takes nothing afterwards.
    ///
    /// - Throws: `.storage`; everything that was appended is durable all the same.
    package func close() throws(RecordLogError) {
        try writer.withLock { (writer) throws(RecordLogError) in try writer.close(state: state) }
    }
}
