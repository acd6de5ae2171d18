import Glibc

/// Files of the repository that the tests stand in, found from the path of this source file.
enum RepositoryFiles {
    /// Symbolic links followed, so that `..` means what it says.
    static let root: String = {
        let file = realpath(#filePath, nil).map { path in
            defer { free(path) }
            return String(cString: path)
        }
        return (file ?? #filePath).split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    }()

    /// A file of the repository; nil where it is absent.
    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(root + "/" + path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    static func text(_ path: String) -> String? { bytes(path).map { String(decoding: $0, as: UTF8.self) } }

    /// A file of the samples beside the repository; says so where they are absent.
    static func sample(_ path: String) -> [UInt8]? {
        if let bytes = bytes("../shared/samples/" + path) { return bytes }
        print("skipped: ../shared/samples/\(path) is absent")
        return nil
    }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(root + "/" + folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Writes a file of the repository; only for recording expectations.
    static func write(_ text: String, to path: String) {
        guard let file = fopen(root + "/" + path, "w") else { return }
        defer { fclose(file) }
        fputs(text, file)
    }
}
