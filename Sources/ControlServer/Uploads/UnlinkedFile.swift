import CLinux
import ControlAPI
import Glibc

/// A file without a name, which is written once and then only read; it is gone with the last who has it open.
struct UnlinkedFile: Sendable {
    /// A descriptor that is closed when its last holder lets go of it.
    final class Descriptor: Sendable {
        let number: CInt

        init(_ number: CInt) { self.number = number }

        deinit { close(number) }
    }

    private let descriptor: Descriptor

    /// Up to so many bytes it is kept in memory, whatever the disk is like.
    static let mostBytesInMemory = 1 << 20
    /// What it leaves of a disk to the log, in bytes.
    private static let bytesForOthers: UInt64 = 64 << 20
    /// `O_TMPFILE` of open(2) without its `O_DIRECTORY`, which Swift's view of the C library leaves out.
    private static let unnamed: CInt = 0o20_000_000

    /// - Parameters:
    ///   - byteCount: How long it will be.
    ///   - directory: In whose file system it lies where it is long.
    /// - Throws: `.readOnly` where there is no room for it; `.busy` without descriptors.
    init(byteCount: Int, in directory: String) throws(ControlProblem) {
        if byteCount <= Self.mostBytesInMemory {
            let number = annal_memory_file("annal-upload")
            guard number >= 0 else { throw Self.problem(-number) }
            descriptor = Descriptor(number)
            return
        }
        let number = Self.open(in: directory)
        guard number >= 0 else { throw Self.problem(errno) }
        descriptor = Descriptor(number)
        var facts = statvfs()
        guard fstatvfs(number, &facts) == 0 else { throw Self.problem(errno) }
        let (free, isHuge) = UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize))
        guard isHuge || free >= UInt64(byteCount) + Self.bytesForOthers else { throw Self.problem(ENOSPC) }
    }

    private static func open(in directory: String) -> CInt {
        let number = Glibc.open(directory, O_RDWR | O_CLOEXEC | O_DIRECTORY | unnamed, 0o600)
        guard number < 0, [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) else { return number }
        // A file system without such files: with a name that is taken away at once.
        let name = "\(directory)/.annal-upload-\(UInt64.random(in: 0 ... .max))"
        let named = Glibc.open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if named >= 0 { unlink(name) }
        return named
    }

    /// Adds to its end.
    ///
    /// - Throws: `.readOnly` where it can't be written.
    func write(_ bytes: UnsafeRawBufferPointer) throws(ControlProblem) {
        var written = 0
        while written < bytes.count {
            // Never more than what is left of the buffer.
            let count = Glibc.write(descriptor.number, bytes.baseAddress! + written, bytes.count - written)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.problem(errno) }
            written += count
        }
    }

    /// A descriptor that can only read it, for who isn't trusted with more.
    ///
    /// Source: proc(5), /proc/PID/fd: opening it anew makes another open file of the same content.
    func reading() throws(ControlProblem) -> Descriptor {
        let number = Glibc.open("/proc/self/fd/\(descriptor.number)", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw Self.problem(errno) }
        return Descriptor(number)
    }

    private static func problem(_ code: CInt) -> ControlProblem {
        let cause = String(cString: strerror(code))
        guard ![EMFILE, ENFILE].contains(code) else {
            return ControlProblem(.busy, "The file can't be taken now: \(cause).", remedy: "Ask again a little later.")
        }
        return ControlProblem(
            .readOnly, "The file can't be kept while it is compared: \(cause).",
            remedy: "Make room in the state directory.")
    }
}
