import Glibc

/// A directory of its own for a test, gone afterwards.
package final class ScratchDirectory: Sendable {
    /// Where it is.
    package let path: String

    /// Makes it.
    package init() {
        var template = Array("/tmp/annal-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { preconditionFailure("no scratch directory") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// Calls the body with the path of a new directory, which is there until the body returns.
    package static func with<Answer>(_ body: (String) throws -> Answer) rethrows -> Answer {
        let scratch = ScratchDirectory()
        return try withExtendedLifetime(scratch) { try body(scratch.path) }
    }

    /// A tree of the test's own making; what can't be removed is left to the system.
    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in DirectoryListing.names(in: path) { remove(path + "/" + name) }
        rmdir(path)
    }
}
