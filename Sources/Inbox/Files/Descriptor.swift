internal import Annals
package import CLinux
internal import Glibc
internal import SystemPackage

/// An open file or directory, closed when the last holder lets go of it.
///
/// Everything beneath a directory is reached through its descriptor: a path that somebody swaps for a link meanwhile
/// leads nowhere.
package final class Descriptor: Sendable {
    package let number: Int32
    /// The path for error sentences, safe to show.
    package let place: String

    init(adopting number: Int32, place: String) {
        self.number = number
        self.place = place
    }

    deinit { close(number) }

    /// Opens a directory by its path.
    package static func directory(at path: String) throws(InboxError) -> Descriptor {
        let place = EscapedName.text(Array(path.utf8))
        let number = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .system(.openDirectory, path: place, Errno(rawValue: errno)) }
        return Descriptor(adopting: number, place: place)
    }

    /// The path of something beneath, for error sentences.
    func place(of path: [UInt8]) -> String { place + "/" + EscapedName.text(path) }

    /// Opens something beneath this directory, following no link on the way.
    func open(
        beneath path: [UInt8], _ flags: Int32, as operation: InboxError.Operation = .open
    ) throws(InboxError) -> Descriptor {
        var number = RawPath.withCString(path) { annal_open_beneath(self.number, $0, flags) }
        if number == -ENOSYS { number = openStepByStep(beneath: path, flags) }
        guard number >= 0 else { throw .system(operation, path: place(of: path), Errno(rawValue: -number)) }
        return Descriptor(adopting: number, place: place(of: path))
    }

    /// The same where a sandbox forbids openat2(2): part by part, each without following a link.
    ///
    /// - Returns: The descriptor, or -errno.
    func openStepByStep(beneath path: [UInt8], _ flags: Int32) -> Int32 {
        let parts = path.split(separator: 0x2F, omittingEmptySubsequences: false).map { Array($0) }
        // Names that a directory listing gave: neither empty, so not absolute, nor a way up.
        guard parts.allSatisfy({ !$0.isEmpty && $0 != [0x2E, 0x2E] }) else { return -EXDEV }
        var directory = self
        for part in parts.dropLast() {
            let next = RawPath.withCString(part) {
                openat(directory.number, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            guard next >= 0 else { return -errno }
            directory = Descriptor(adopting: next, place: place)
        }
        let opened = RawPath.withCString(parts[parts.count - 1]) {
            openat(directory.number, $0, flags | O_NOFOLLOW | O_CLOEXEC)
        }
        return opened >= 0 ? opened : -errno
    }

    /// Opens a directory beneath this one; the empty path is this directory itself.
    package func directory(beneath path: [UInt8]) throws(InboxError) -> Descriptor {
        if path.isEmpty { return self }
        return try open(beneath: path, O_RDONLY | O_DIRECTORY, as: .openDirectory)
    }

    /// What fstat(2) says of the open file.
    package func status() throws(InboxError) -> FileStatus {
        var raw = stat()
        guard fstat(number, &raw) == 0 else { throw .system(.status, path: place, Errno(rawValue: errno)) }
        return FileStatus(raw)
    }

    /// What stands at a name in this directory, links not followed; nil where nothing does.
    package func status(ofName name: [UInt8]) throws(InboxError) -> FileStatus? {
        var raw = stat()
        let failed = RawPath.withCString(name) { fstatat(number, $0, &raw, AT_SYMLINK_NOFOLLOW) != 0 }
        guard failed else { return FileStatus(raw) }
        let errno = Errno(rawValue: errno)
        if errno == .noSuchFileOrDirectory { return nil }
        throw .system(.status, path: place(of: name), errno)
    }

    /// Bytes from the start of a file, fewer where it ends before; nil where it can't be read.
    func bytes(count limit: Int) -> [UInt8]? {
        var isRead = true
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < buffer.count {
                // Never more than what is left of the buffer.
                let got = pread(number, buffer.baseAddress! + count, buffer.count - count, off_t(count))
                if got < 0, errno == EINTR { continue }
                isRead = got >= 0
                guard got > 0 else { return }
                count += got
            }
        }
        return isRead ? bytes : nil
    }

    /// The first bytes of a regular file in this directory; nil where none stands at the name.
    func bytes(ofFile name: [UInt8], atMost limit: Int) throws(InboxError) -> [UInt8]? {
        guard try status(ofName: name)?.kind == .file else { return nil }
        return try open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW).bytes(count: limit)
    }

    /// Makes what was written, or a directory's entries, survive a power cut.
    package func sync() throws(InboxError) {
        guard fsync(number) == 0 else { throw .system(.sync, path: place, Errno(rawValue: errno)) }
    }

    /// Makes everything on its file system survive a power cut.
    func syncFileSystem() throws(InboxError) {
        let failure = annal_sync_file_system(number)
        guard failure == 0 else { throw .system(.sync, path: place, Errno(rawValue: -failure)) }
    }

    /// Raw names of everything in this directory, in byte order.
    func names() throws(InboxError) -> [[UInt8]] {
        // A descriptor of its own: reading entries moves the offset, and other holders share this one's.
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            let failure = Errno(rawValue: errno)
            if copy >= 0 { close(copy) }
            throw .system(.list, path: place, failure)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = Self.name(of: entry)
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .system(.list, path: place, Errno(rawValue: errno)) }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The sidecar beside a file of this directory, whatever letters its suffix is written in; nil where none stands.
    func sidecar(of name: [UInt8]) throws(InboxError) -> [UInt8]? {
        guard let usual = DropName.sidecar(of: name) else { return nil }
        if try status(ofName: usual) != nil { return usual }
        return try names().first { DropName.isSidecar($0) && DropName.drop(ofSidecar: $0) == name }
    }

    /// The raw name in a directory entry.
    package static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        let start = annal_entry_name(entry)
        return Array(UnsafeRawBufferPointer(start: start, count: start.map { strlen($0) } ?? 0))
    }
}
