import CLinux
import Glibc

/// Files of the repository that the tests stand in, found from the path of this source file.
package enum RepositoryFiles {
    /// Symbolic links followed, so that `..` means what it says.
    package static let root: String = {
        let file = realpath(#filePath, nil).map { path in
            defer { free(path) }
            return String(cString: path)
        }
        return (file ?? #filePath).split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    }()

    /// A file of the repository; nil where it is absent.
    package static func bytes(_ path: String) -> [UInt8]? {
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

    /// The same as text.
    package static func text(_ path: String) -> String? { bytes(path).map { String(decoding: $0, as: UTF8.self) } }

    /// A file of the samples beside the repository; says so where they are absent.
    package static func sample(_ path: String) -> [UInt8]? {
        if let bytes = bytes("../shared/samples/" + path) { return bytes }
        print("skipped: ../shared/samples/\(path) is absent")
        return nil
    }

    /// What lies in a folder of the repository, hidden files left out, in order.
    package static func names(in folder: String) -> [String] {
        DirectoryListing.names(in: root + "/" + folder).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The files below a folder of the repository, whatever folders they lie in, hidden ones left out, in order.
    package static func paths(below folder: String) -> [String] {
        names(in: folder).flatMap { name in
            let path = folder + "/" + name
            let isFolder = opendir(root + "/" + path).map { closedir($0) } != nil
            return isFolder ? paths(below: path) : [path]
        }
    }

    /// Writes a file of the repository; only for recording expectations.
    package static func write(_ text: String, to path: String) {
        guard let file = fopen(root + "/" + path, "w") else { return }
        defer { fclose(file) }
        fputs(text, file)
    }
}

enum DirectoryListing {
    /// Everything but the directory itself and its parent; nothing where it can't be read.
    static func names(in path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = String(cString: annal_entry_name(entry))
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
