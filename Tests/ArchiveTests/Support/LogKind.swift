import RecordLog
import Simulation
import StableStorage
import TestSupport

/// The logs that the archive's tests run on: in memory, in segments on a real disk, and in segments on a simulated one.
enum LogKind: String, CaseIterable, Sendable {
    case memory, segmented, simulated

    /// Gives the body a function that opens the log, again and again on the same frames.
    func withLog(_ body: (_ open: () throws -> any RecordLog) throws -> Void) throws {
        switch self {
        case .memory:
            let log = MemoryLog()
            try body { log }
        case .segmented:
            try ScratchDirectory.with { path in
                try body { try SegmentedLog(directory: POSIXDirectory(path: path)) }
            }
        case .simulated:
            let disk = SimulatedDisk()
            try body { try SegmentedLog(directory: disk.root) }
        }
    }

    /// A log without a frame, open as long as somebody holds it; its files go with it.
    func log() throws -> any RecordLog {
        switch self {
        case .memory: MemoryLog()
        case .segmented: try SegmentedLog(directory: PassingDirectory())
        case .simulated: try SegmentedLog(directory: SimulatedDisk().root)
        }
    }
}

/// A directory of the real disk that goes with the last one who holds it.
private struct PassingDirectory: Directory {
    private let scratch: ScratchDirectory
    private let directory: POSIXDirectory

    init() throws {
        scratch = ScratchDirectory()
        directory = try POSIXDirectory(path: scratch.path)
    }

    var path: String { directory.path }

    func list() throws(StorageError) -> [String] { try directory.list() }

    func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File {
        try directory.open(name, mode: mode)
    }

    func rename(_ from: String, to: String) throws(StorageError) { try directory.rename(from, to: to) }

    func remove(_ name: String) throws(StorageError) { try directory.remove(name) }

    func sync() throws(StorageError) { try directory.sync() }

    func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory {
        try directory.subdirectory(name, create: create)
    }

    func freeBytes() throws(StorageError) -> Int { try directory.freeBytes() }
}
