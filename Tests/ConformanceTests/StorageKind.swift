import Simulation
import StableStorage
import TestSupport

/// The storage that must keep the contract of `Directory` and `File`, real and simulated.
enum StorageKind: String, CaseIterable, Sendable {
    case posix, simulated

    /// An empty directory, and a way to open it anew as another program would.
    func withDirectory(_ body: (_ open: () throws -> any Directory) throws -> Void) throws {
        switch self {
        case .posix:
            let scratch = ScratchDirectory()
            try body { try POSIXDirectory(path: scratch.path) }
        case .simulated:
            let disk = SimulatedDisk()
            try body { disk.root }
        }
    }
}
