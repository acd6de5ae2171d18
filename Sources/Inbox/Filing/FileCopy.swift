internal import Annals
internal import Crypto
internal import Glibc
internal import SystemPackage

/// How much a filing may copy or read, where a rename isn't possible.
package struct Copying: Sendable {
    /// A file that is longer isn't copied or read, and ``InboxError/takesLong(path:)`` says so.
    package var longestByteCount: Int64
    /// Asked between pieces; true gives up, and the next start begins anew.
    package var isStopping: @Sendable () -> Bool

    package init(longestByteCount: Int64 = .max, isStopping: @escaping @Sendable () -> Bool = { false }) {
        self.longestByteCount = longestByteCount
        self.isStopping = isStopping
    }
}

/// Copies a file's content where it can't be renamed, so that either the whole copy stands there or none.
struct FileCopy {
    /// Hidden, so that a copy that a crash left half done is never taken for a file; the next copy of the same file writes
    /// over it.
    static func unfinishedName(of file: SourceRef) -> [UInt8] { unfinishedPrefix + Array("-\(file.inode)".utf8) }

    private static let unfinishedPrefix = Array(".unfinished".utf8)

    /// Whether a name is of a copy that a crash left half done; earlier builds had one name for all.
    static func isUnfinished(_ name: [UInt8]) -> Bool {
        guard name.starts(with: unfinishedPrefix) else { return false }
        let rest = name.dropFirst(unfinishedPrefix.count)
        return rest.isEmpty
            || rest.first == UInt8(ascii: "-") && rest.count > 1
                && rest.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Where the bytes come from.
    enum Source {
        case descriptor(Descriptor)
        case bytes([UInt8])
    }

    let directory: Descriptor
    var copying = Copying()

    /// Writes the copy under a hidden name, synced and read back.
    ///
    /// - Returns: The hidden name; nil where the source no longer holds the expected content.
    /// - Throws: ``InboxError`` where the system fails, ``InboxError/copyDiffers(path:)`` where the disk lies.
    func write(_ source: Source, expecting file: SourceRef) throws(InboxError) -> [UInt8]? {
        let name = Self.unfinishedName(of: file)
        let isExpected = try directory.create(name) { copy throws(InboxError) in
            guard try fill(copy, from: source) == file.sha256 else { return false }
            try keepTimes(of: file, permissions: try permissions(of: source), on: copy)
            try copy.sync()
            guard try Self.sha256(of: copy, copying) == file.sha256 else { throw .copyDiffers(path: copy.place) }
            return true
        }
        guard isExpected else {
            try directory.remove(name)
            return nil
        }
        return name
    }

    /// The digest of an open file's content.
    static func sha256(
        of file: Descriptor, _ copying: Copying = Copying()
    ) throws(InboxError) -> Annals.Digest {
        var hash = SHA256()
        try eachPiece(of: file, copying) { piece throws(InboxError) in hash.update(bufferPointer: piece) }
        return Annals.Digest(bytes: hash.finalize())!
    }

    private func fill(_ copy: Descriptor, from source: Source) throws(InboxError) -> Annals.Digest {
        var hash = SHA256()
        var offset = 0
        switch source {
        case .descriptor(let original):
            try Self.eachPiece(of: original, copying) { piece throws(InboxError) in
                hash.update(bufferPointer: piece)
                try copy.write(piece, at: offset)
                offset += piece.count
            }
        case .bytes(let bytes):
            hash.update(data: bytes)
            try copy.write(bytes)
        }
        return Annals.Digest(bytes: hash.finalize())!
    }

    private static func eachPiece(
        of file: Descriptor, _ copying: Copying, _ body: (UnsafeRawBufferPointer) throws(InboxError) -> Void
    ) throws(InboxError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: FileReading.pieceBytes, alignment: 64)
        defer { buffer.deallocate() }
        var offset = 0
        while true {
            if copying.isStopping() { throw .interrupted(path: file.place) }
            let count = pread(file.number, buffer.baseAddress, buffer.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(.read, path: file.place, Errno(rawValue: errno)) }
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += count
        }
    }

    private func permissions(of source: Source) throws(InboxError) -> UInt32 {
        guard case .descriptor(let original) = source else { return 0o640 }
        return try original.status().permissions
    }

    /// The content's time is part of what is kept; the time of reading is not.
    private func keepTimes(
        of file: SourceRef, permissions: UInt32, on copy: Descriptor
    ) throws(InboxError) {
        let (quotient, remainder) = file.mtimeNanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let isBefore = remainder < 0
        let time = timespec(
            tv_sec: Int(isBefore ? quotient - 1 : quotient),
            tv_nsec: Int(isBefore ? remainder + 1_000_000_000 : remainder))
        // Never a set-user bit: nobody runs what was dropped.
        guard fchmod(copy.number, mode_t(permissions & 0o777)) == 0, futimens(copy.number, [time, time]) == 0 else {
            throw .system(.setTimes, path: copy.place, Errno(rawValue: errno))
        }
    }
}
