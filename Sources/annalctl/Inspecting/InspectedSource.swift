import Annals
import Definitions
import Glibc
import Reading
import TableReading

/// A file's bytes, and the sidecar beside it.
struct InspectedSource {
    let path: String

    /// - Throws: Why it can't be read.
    func bytes() throws(Reason) -> [UInt8] {
        let file = try RegularFile(path)
        try file.check(atMost: ReadingLimits().fileBytes)
        return try file.bytes()
    }

    /// The sidecar beside it; nil where there is none.
    ///
    /// - Throws: Why it can't be read.
    func sidecar() throws(Reason) -> [UInt8]? {
        let path = path + Sidecar.fileSuffix
        guard access(path, F_OK) == 0 else { return nil }
        let file = try RegularFile(path)
        try file.check(atMost: Sidecar.maximumBytes)
        return try file.bytes()
    }

    /// The file as it would be dropped into the inbox itself, with the sidecar beside it.
    ///
    /// - Throws: Why the sidecar can't be read.
    func job() throws(Reason) -> ReaderJob {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return ReaderJob(
            source: SourceRef(path: Array(name.utf8), size: 0, sha256: .zero), sidecar: try sidecar(),
            limits: ReadingLimits(threads: Processors.count))
    }
}

/// The processors of this machine.
enum Processors {
    /// How many may work, one at least.
    static let count = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
