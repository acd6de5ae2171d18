import Glibc
import RecordLog
import StableStorage
import Synchronization

/// The logs that the archive's tests run on.
enum LogKind: String, CaseIterable, Sendable {
    case memory, segmented

    /// Gives the body a function that opens the log, again and again on the same frames.
    func withLog(_ body: (_ open: () throws -> any RecordLog) throws -> Void) throws {
        switch self {
        case .memory:
            let log = MemoryLog()
            try body { log }
        case .segmented:
            try Scratch.with { path in
                try body { try SegmentedLog(directory: POSIXDirectory(path: path)) }
            }
        }
    }
}

/// A directory that is there as long as a test needs it.
enum Scratch {
    /// Calls the body with the path of a new directory.
    static func with<Answer>(_ body: (String) throws -> Answer) throws -> Answer {
        var path = Array("/tmp/annal-archive-XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else { throw ScratchError.noDirectory(errno) }
        let name = path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        defer { removeFiles(of: name) }
        return try body(name)
    }

    private static func removeFiles(of path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink("\(path)/\(name)")
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

enum ScratchError: Error { case noDirectory(Int32) }
