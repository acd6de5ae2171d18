import FoundationEssentials
import Glibc

/// What the figures were measured on, as far as it matters to read them.
struct Machine: Encodable {
    let processors: Int
    let model: String
    let kernel: String
    /// Of the directory that was written to: device, file system and options, as `/proc/mounts` has them.
    let storage: String

    /// - Throws: Where `/proc` can't be read.
    init(directory: String) throws {
        processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let lines = try Self.lines("/proc/cpuinfo")
        model =
            lines.first { $0.hasPrefix("model name") }.map { String($0.drop { $0 != ":" }.dropFirst(2)) } ?? "unknown"
        kernel = try Self.lines("/proc/sys/kernel/osrelease").first.map(String.init) ?? "unknown"
        storage = try Self.mount(of: directory)
    }

    private static func lines(_ path: String) throws -> [Substring] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }

    /// The line of the longest mount point that the path lies below, without the two numbers at its end.
    private static func mount(of directory: String) throws -> String {
        guard let resolved = realpath(directory, nil) else { throw BenchmarkError(call: "realpath \(directory)") }
        defer { free(resolved) }
        let path = String(cString: resolved) + "/"
        let mounts = try lines("/proc/mounts").map { $0.split(separator: " ") }.filter { $0.count > 3 }
        let below = mounts.filter { path.hasPrefix($0[1] == "/" ? "/" : $0[1] + "/") }
        guard let mount = below.max(by: { $0[1].count < $1[1].count }) else { return "unknown" }
        return [mount[0], mount[2], mount[3]].joined(separator: " ")
    }
}
