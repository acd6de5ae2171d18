internal import CLinux
internal import Glibc
internal import SystemPackage

// What changes a directory or writes a file; looking is in Descriptor.swift.
extension Descriptor {
    /// Removes a name; nothing standing there is fine.
    func remove(_ name: [UInt8]) throws(InboxError) {
        let failed = RawPath.withCString(name) { unlinkat(number, $0, 0) != 0 }
        guard failed else { return }
        let failure = Errno(rawValue: errno)
        if failure != .noSuchFileOrDirectory { throw .system(.remove, path: place(of: name), failure) }
    }

    /// A new, empty file that only this process's user can read so far.
    func create(_ name: [UInt8]) throws(InboxError) -> Descriptor {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let opened = RawPath.withCString(name) { openat(number, $0, flags, 0o600) }
        guard opened >= 0 else { throw .system(.write, path: place(of: name), Errno(rawValue: errno)) }
        return Descriptor(adopting: opened, place: place(of: name))
    }

    /// A new file as ``create(_:)`` makes it, written by `fill`, over one that a crash left half done.
    ///
    /// Nothing stays where `fill` fails: on a full disk the half of a file would hold room that others need.
    func create<Result>(
        _ name: [UInt8], filledBy fill: (Descriptor) throws(InboxError) -> Result
    ) throws(InboxError) -> Result {
        try remove(name)
        let file = try create(name)
        do throws(InboxError) {
            return try fill(file)
        } catch {
            // Why it couldn't be written counts; what can't be removed either, the next attempt writes over.
            try? remove(name)
            throw error
        }
    }

    /// Writes all the bytes at an offset.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(InboxError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(number, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(.write, path: place, Errno(rawValue: errno)) }
            done += count
        }
    }

    /// Writes the bytes from the start.
    func write(_ bytes: [UInt8]) throws(InboxError) {
        var failure: InboxError?
        bytes.withUnsafeBytes { buffer in
            do throws(InboxError) { try write(buffer, at: 0) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The directory beneath, made where it is missing; where it is new, its entry in this one is yet to be synced.
    func makeDirectory(_ name: [UInt8]) throws(InboxError) -> (directory: Descriptor, isNew: Bool) {
        let made = RawPath.withCString(name) { mkdirat(number, $0, 0o750) }
        if made != 0, errno != EEXIST {
            throw .system(.makeDirectory, path: place(of: name), Errno(rawValue: errno))
        }
        return (try directory(beneath: name), made == 0)
    }

    /// How ``move(_:to:named:)`` ended, short of a failure.
    enum Movement {
        case moved
        /// Something stands at the new name.
        case taken
        /// Nothing stands at the old name.
        case gone
        /// Another file system, or one that can't rename without replacing.
        case impossible
    }

    /// Moves a name to another directory without ever replacing anything.
    ///
    /// Where the file system can't do that in one step (NFS), a second name is made and the first removed.
    func move(_ name: [UInt8], to directory: Descriptor, named newName: [UInt8]) throws(InboxError) -> Movement {
        let result = RawPath.withCString(name) { from in
            RawPath.withCString(newName) { to in
                let renamed = annal_rename_noreplace(number, from, directory.number, to)
                guard renamed == -EINVAL || renamed == -ENOSYS else { return renamed }
                guard linkat(number, from, directory.number, to, 0) == 0 else {
                    return [EPERM, EOPNOTSUPP, ENOSYS].contains(errno) ? -EXDEV : -errno
                }
                return unlinkat(number, from, 0) == 0 ? 0 : -errno
            }
        }
        switch result {
        case 0: return .moved
        case -EEXIST: return .taken
        case -ENOENT: return .gone
        case -EXDEV: return .impossible
        default: throw .system(.rename, path: place(of: name), Errno(rawValue: -result))
        }
    }

    /// Moves a name within this directory over whatever stands at the new one.
    func replace(_ newName: [UInt8], with name: [UInt8]) throws(InboxError) {
        let failed = RawPath.withCString(name) { from in
            RawPath.withCString(newName) { to in renameat(number, from, number, to) != 0 }
        }
        if failed { throw .system(.rename, path: place(of: name), Errno(rawValue: errno)) }
    }
}
