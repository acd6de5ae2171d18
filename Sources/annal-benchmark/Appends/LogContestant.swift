import RecordLog
import StableStorage

/// The log alone: frames as they come, several writers at once.
struct LogContestant: Contestant {
    private let log: SegmentedLog

    init(directory: POSIXDirectory) throws { log = try SegmentedLog(directory: directory) }

    func round(_ workload: Workload) throws -> RoundFigures {
        let payload = Payload(seed: workload.seed)
        let batches = (0..<workload.count).map { transaction in
            payload.pieces(of: transaction, in: workload).map { Frame(kind: .blob, payload: $0) }
        }
        return try WriterThreads.run(workload) { [log] transaction in
            _ = try log.append(batches[transaction], expectedHead: nil)
        }
    }
}
