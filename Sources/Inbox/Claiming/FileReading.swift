internal import Annals
internal import Crypto
internal import Glibc
internal import SystemPackage

/// Reads an open file from its start to its end, hashing as it goes, and keeps the bytes of a small one.
///
/// The file is never mapped: one that is cut short by somebody else would end the process.
struct FileReading {
    /// What one reading found.
    struct Found {
        var sha256: Annals.Digest
        var bytesRead: Int64
        /// Nil where a limit was broken, and of a file that is too long to be held.
        var bytes: [UInt8]?
        var refusal: Reason?
    }

    /// Bytes a read: large enough that the calls cost nothing, small enough to stay in a core's cache for the hash.
    static let pieceBytes = 512 << 10

    let descriptor: Descriptor
    /// As fstat(2) says, and within the limit; more means that it grew, less that it was cut.
    let size: Int64
    let limits: ClaimLimits
    let isStopping: () -> Bool

    /// Reads everything.
    ///
    /// Once a limit is broken only the hash goes on, in one piece of memory.
    ///
    /// - Returns: Nil where the caller asked to stop.
    /// - Throws: ``InboxError`` where the system can't read.
    func readAll() throws(InboxError) -> Found? {
        var run = Run(gauge: LineGauge(limit: limits.lineBytes, pieceBytes: Self.pieceBytes))
        guard size <= limits.heldBytes else { return try finish(&run, bytes: nil) }
        // One allocation of the file's size: its pages cost memory only when they are written.
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            while run.offset < size, run.mayGoOn, !isStopping() {
                let start = Int(run.offset)
                let piece = buffer[start..<min(start + run.gauge.pieceBytes, buffer.count)]
                let got = read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: piece)), &run)
                if got == 0 { break }
            }
            count = run.refusal == nil ? Int(run.offset) : 0
        }
        return try finish(&run, bytes: bytes)
    }

    /// What is known while the file is read.
    private struct Run {
        var gauge: LineGauge
        var hash = SHA256()
        var offset: Int64 = 0
        var isWithinLine = true
        var failure: Errno?
        var refusal: Reason?

        init(gauge: LineGauge) { self.gauge = gauge }

        var mayGoOn: Bool { failure == nil && refusal == nil }
    }

    /// Hashes what is left, of a file that isn't held all of it, and notices one that grew.
    private func finish(_ run: inout Run, bytes: [UInt8]?) throws(InboxError) -> Found? {
        // Of a file that is held, nothing should be left: the first byte more says that it grew.
        let isHeld = bytes != nil && run.refusal == nil
        let scratch = UnsafeMutableRawBufferPointer.allocate(
            byteCount: isHeld ? min(64, run.gauge.pieceBytes) : run.gauge.pieceBytes, alignment: 64)
        defer { scratch.deallocate() }
        while run.failure == nil, !isStopping() {
            guard read(into: scratch, &run) > 0 else { break }
            // It grew while it was read: the caller will see that from the count, and need not read for ever.
            if run.offset > size { break }
        }
        if let failure = run.failure { throw .system(.read, path: descriptor.place, failure) }
        if isStopping() { return nil }
        let sha256 = Annals.Digest(bytes: run.hash.finalize())!
        let isWhole = run.refusal == nil
        return Found(
            sha256: sha256, bytesRead: run.offset, bytes: isWhole ? bytes : nil, refusal: run.refusal)
    }

    /// Reads and hashes the next piece; 0 at the end or on failure.
    private func read(into piece: UnsafeMutableRawBufferPointer, _ run: inout Run) -> Int {
        var got: Int
        repeat {
            got = pread(descriptor.number, piece.baseAddress, piece.count, off_t(run.offset))
        } while got < 0 && errno == EINTR
        guard got > 0 else {
            if got < 0 { run.failure = Errno(rawValue: errno) }
            return 0
        }
        let filled = UnsafeRawBufferPointer(rebasing: piece[..<got])
        run.hash.update(bufferPointer: filled)
        run.offset += Int64(got)
        if run.isWithinLine, !run.gauge.take(filled) {
            run.isWithinLine = false
            if run.refusal == nil { run.refusal = tooLongLine(from: run.gauge.lineStart) }
        }
        return got
    }

    /// How many line ends stand before a place; the file is read again for that, which happens once at most.
    private func lineEnds(before end: Int) -> Int {
        var feeds = 0
        var returns = 0
        var offset = 0
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 64) { piece in
            while offset < end {
                let got = pread(descriptor.number, piece.baseAddress, min(piece.count, end - offset), off_t(offset))
                if got < 0, errno == EINTR { continue }
                // The line's number is for people; the refusal stands without it.
                guard got > 0 else { return }
                for byte in piece[..<got] {
                    if byte == 0x0A { feeds += 1 } else if byte == 0x0D { returns += 1 }
                }
                offset += got
            }
        }
        return feeds > 0 ? feeds : returns
    }

    private func tooLongLine(from start: Int) -> Reason {
        let lineEnds = lineEnds(before: start)
        return Reason(
            "A line is longer than \(Self.bytes(Int64(limits.lineBytes)))", line: lineEnds + 1,
            found: "a line of more than \(Self.bytes(Int64(limits.lineBytes)))",
            expected: "lines of at most \(Self.bytes(Int64(limits.lineBytes)))",
            remedy: "Check that the file is a table with line ends; if it is, raise line_bytes in the configuration")
    }

    /// `16 MiB`, `1000 bytes`.
    static func bytes(_ count: Int64) -> String {
        for (unit, name) in [(Int64(1) << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
        where count >= unit && count % unit == 0 { return "\(count / unit) \(name)" }
        return "\(count) bytes"
    }
}
