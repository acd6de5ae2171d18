internal import Annals
internal import Glibc
internal import SystemPackage

/// Why a file that is recorded can't leave the inbox, as people can act on it.
///
/// The system says only that it is not permitted; which directory it is, and what is missing there, is looked up.
package struct FilingObstacle {
    /// The inbox, where it is there, and its path.
    private let inbox: Descriptor?
    private let inboxPath: String

    package init(inbox: Descriptor?, path: String) {
        self.inbox = inbox
        inboxPath = path
    }

    /// What stands in the way: the half of a sentence, and what removes it.
    ///
    /// - Parameters:
    ///   - error: What the attempt ended with.
    ///   - path: The file's, in the inbox.
    /// - Returns: Both.
    package func words(for error: InboxError, file path: [UInt8]) -> (cause: String, remedy: String) {
        switch error.errno {
        case .permissionDenied, .notPermitted: permission(error, RawPath.parent(of: path) ?? [])
        case .readOnlyFileSystem: ("\(error)", "Mount it so that it can be written to")
        case .noSpace, .diskQuotaExceeded: ("there is no room: \(error)", "Make room on that file system")
        default: ("\(error)", "Remove the cause; it is tried again and again")
        }
    }

    private func permission(_ error: InboxError, _ folder: [UInt8]) -> (cause: String, remedy: String) {
        let folderPath = inboxPath + (folder.isEmpty ? "" : "/" + EscapedName.text(folder))
        let quoted = Self.quoted(folderPath)
        let directory: Descriptor
        do throws(InboxError) {
            guard let found = try inbox?.directory(beneath: folder) else { return ("\(error)", "Make the inbox again") }
            directory = found
        } catch {
            return ("\(error)", "chmod g+rwx \(quoted)")
        }
        var facts = stat()
        guard fstat(directory.number, &facts) == 0 else { return ("\(error)", "chmod g+rwx \(quoted)") }
        let mode = facts.st_mode
        if faccessat(directory.number, ".", W_OK | X_OK, AT_EACCESS) == 0 {
            guard mode & S_ISVTX != 0 else { return ("\(error)", "Let the daemon's user move files there") }
            return ("only owners may move files out of \(folderPath), by its sticky bit", "chmod -t \(quoted)")
        }
        let isOwner = facts.st_uid == geteuid()
        guard isOwner || Self.isMember(of: facts.st_gid) else {
            return (
                "the directory \(folderPath) isn't writable for the daemon",
                "chgrp \(Self.groupName) \(quoted); chmod g+rwx \(quoted)"
            )
        }
        let (whom, letter) = isOwner ? ("its owner, the daemon", "u") : ("the group", "g")
        return ("the directory \(folderPath) isn't writable for \(whom)", "chmod \(letter)+w \(quoted)")
    }

    /// Whether the daemon is in a group.
    private static func isMember(of group: gid_t) -> Bool {
        if group == getegid() { return true }
        var groups = [gid_t](repeating: 0, count: max(0, Int(getgroups(0, nil))))
        let count = getgroups(Int32(groups.count), &groups)
        return groups.prefix(max(0, Int(count))).contains(group)
    }

    /// The daemon's own group; its number where that has no name.
    private static var groupName: String {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var space = [CChar](repeating: 0, count: 16_384)
        guard getgrgid_r(getegid(), &entry, &space, space.count, &found) == 0, let name = found?.pointee.gr_name else {
            return "\(getegid())"
        }
        return String(cString: name)
    }

    /// As a shell takes it.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-".utf8.contains(byte)
            }
        }
        let parts = path.split(separator: "'", omittingEmptySubsequences: false)
        return isPlain ? path : "'" + parts.joined(separator: "'\\''") + "'"
    }
}
