package import StableStorage

/// Why a log can't be opened, read or appended to.
package enum RecordLogError: Error, Hashable, Sendable {
    /// Storage refused; the log's `condition` says what follows from it.
    case storage(StorageError)
    /// Nothing was written for lack of room; both in bytes.
    case noSpace(needed: Int, free: Int)
    /// An earlier failure was final, or the log was opened for reading only.
    case readOnly(reason: String)
    /// Bytes that were durable are lost.
    case damaged(Damage)
    /// In bytes.
    case frameTooLarge(payloadBytes: Int)
    case noSuchFrame(sequence: UInt64, head: UInt64)
    /// The file is of a later format than this program knows.
    case newerVersion(file: String, version: Int)
    /// The frame is valid, and of a kind (or with flags) that only a later program knows.
    case newerFrame(file: String, offset: Int, kind: UInt8)
}

extension RecordLogError: CustomStringConvertible {
    /// A sentence, and what to do about it where something can be done.
    package var description: String {
        switch self {
        case .storage(let error): error.description
        case .noSpace(let needed, let free):
            "No room in the log: \(needed) bytes needed, \(free) free. Nothing was written; make room, and work goes on by itself."
        case .readOnly(let reason): "The log takes nothing: \(reason)"
        case .damaged(let damage): "The log is damaged: \(damage)"
        case .frameTooLarge(let bytes):
            "A frame of \(bytes) bytes is too large: at most \(Frame.maximumPayloadBytes) fit."
        case .noSuchFrame(let sequence, let head): "There is no frame \(sequence): the log ends with \(head)."
        case .newerVersion(let file, let version):
            "\(file) is of format version \(version), which a newer annald wrote; this one knows \(SegmentHeader.version). "
                + "Use the newer one."
        case .newerFrame(let file, let offset, let kind):
            "\(file) has at byte \(offset) a frame of kind \(kind), which a newer annald wrote. Use the newer one."
        }
    }
}

extension RecordLogError {
    /// Lifts what storage throws.
    static func storage<Result>(_ body: () throws(StorageError) -> Result) throws(RecordLogError) -> Result {
        do {
            return try body()
        } catch {
            throw .storage(error)
        }
    }
}
