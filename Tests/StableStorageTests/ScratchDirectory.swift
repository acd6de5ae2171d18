import Glibc

/// A directory of its own for a test, gone afterwards.
final class ScratchDirectory: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/annal-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { preconditionFailure("no scratch directory") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// A tree of the test's own making; what can't be removed is left to the system.
    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        guard let stream = opendir(path) else { return }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { remove(path + "/" + name) }
        }
        closedir(stream)
        rmdir(path)
    }
}
