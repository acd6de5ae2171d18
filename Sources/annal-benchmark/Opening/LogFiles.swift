import Glibc
import StableStorage

/// The files of a log, as bytes.
struct LogFiles {
    private let paths: [String]

    /// - Parameters:
    ///   - directory: The log's.
    ///   - suffix: `.seg` or `.idx`; all files where there is none.
    /// - Throws: Where the directory can't be listed.
    init(in directory: any Directory, suffix: String = "") throws {
        paths = try directory.list().filter { $0.hasSuffix(suffix) }.sorted().map { "\(directory.path)/\($0)" }
    }

    /// Their sizes together.
    func byteCount() throws -> Int {
        try paths.reduce(0) { sum, path in
            var status = stat()
            guard lstat(path, &status) == 0 else { throw BenchmarkError(call: "lstat \(path)") }
            return sum + Int(status.st_size)
        }
    }

    /// Reads all of them once, a megabyte at a time, into the same place.
    func readOnce() throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        try forEach { descriptor, path in
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count >= 0 else { throw BenchmarkError(call: "read \(path)") }
                if count == 0 { return }
            }
        }
    }

    /// Has the page cache forget them.
    ///
    /// Source: posix_fadvise(2), `POSIX_FADV_DONTNEED`; it leaves pages that aren't written yet.
    func forget() throws {
        try forEach { descriptor, path in
            guard fdatasync(descriptor) == 0 else { throw BenchmarkError(call: "fdatasync \(path)") }
            guard posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) == 0 else {
                throw BenchmarkError("\(path) stays in the page cache")
            }
        }
    }

    private func forEach(_ body: (Int32, String) throws -> Void) throws {
        for path in paths {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw BenchmarkError(call: "open \(path)") }
            defer { close(descriptor) }
            try body(descriptor, path)
        }
    }
}
