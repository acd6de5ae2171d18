import Annals
internal import CZlib

/// A zip archive in memory, whose members are expanded one by one and piece by piece.
///
/// Bounds: a member never gives more than the directory says, than a limit for all of them together, or than a sound
/// workbook's share of its packed size; a zip bomb is refused where it passes one of these, with 64 KiB of it in memory.
final class ZipArchive {
    private let bytes: [UInt8]
    private let members: [String: ZipDirectory.Member]
    /// Names as they are written, in the order of the directory.
    let names: [String]
    private let mostExpanded: Int
    private var expanded = 0

    /// Deflate packs a sheet of equal rows to a fiftieth; what goes far beyond is made to fill memory.
    private static let greatestRatio = 400
    /// What may be expanded whatever it was packed to.
    private static let alwaysExpanded = 32 << 20
    private static let pieceByteCount = 64 << 10

    /// - Parameters:
    ///   - bytes: The archive.
    ///   - mostExpanded: Bytes that all members that are read may have together.
    /// - Throws: As ``ZipDirectory/init(_:)``.
    init(_ bytes: [UInt8], mostExpanded: Int) throws(Reason) {
        let directory = try ZipDirectory(bytes)
        self.bytes = bytes
        self.mostExpanded = mostExpanded
        names = directory.members.map(\.name)
        members = Dictionary(
            directory.members.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether there is a member of a name, in capitals or not.
    func holds(_ name: String) -> Bool { members[name.lowercased()] != nil }

    /// A short member whole; nil where there is none of the name.
    ///
    /// - Throws: Where it is damaged, or longer than it may be.
    func short(_ name: String, upTo limit: Int) throws(Reason) -> [UInt8]? {
        guard let member = members[name.lowercased()] else { return nil }
        guard member.expandedByteCount <= limit else {
            throw Reason(
                "A member of the archive is larger than it may be", found: "\(name), \(member.expandedByteCount) bytes",
                expected: "at most \(limit) bytes", remedy: "Save the workbook anew")
        }
        var whole: [UInt8] = []
        try read(name) { (piece) throws(Reason) in whole.append(contentsOf: piece) }
        return whole
    }

    /// Hands over a member piece by piece.
    ///
    /// - Throws: Where it is missing, damaged or too large; and what `take` throws.
    func read(_ name: String, _ take: (UnsafeBufferPointer<UInt8>) throws(Reason) -> Void) throws(Reason) {
        guard let member = members[name.lowercased()] else {
            throw Reason(
                "The workbook lacks a part that it names", found: name, expected: "a whole workbook",
                remedy: "Save the workbook anew")
        }
        guard member.isDeflated else {
            try count(member.data.count, of: member)
            try bytes.withUnsafeBufferPointer { (whole) throws(Reason) in
                let data = UnsafeBufferPointer(rebasing: whole[member.data])
                guard crc(data, after: 0) == member.checksum else { throw Self.damaged(member) }
                try take(data)
            }
            return
        }
        try inflate(member, take)
    }

    private func inflate(
        _ member: ZipDirectory.Member, _ take: (UnsafeBufferPointer<UInt8>) throws(Reason) -> Void
    ) throws(Reason) {
        var stream = z_stream()
        // Raw deflate, as zip has it, with the largest window.
        guard inflateInit2_(&stream, -15, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Reason("There is too little memory to expand the workbook", remedy: "Drop the file again")
        }
        defer { inflateEnd(&stream) }
        let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.pieceByteCount)
        defer { piece.deallocate() }
        try bytes.withUnsafeBufferPointer { (whole) throws(Reason) in
            let data = UnsafeBufferPointer(rebasing: whole[member.data])
            var (given, taken) = (0, 0)
            var checksum: UInt32 = 0
            var state = Z_OK
            while state != Z_STREAM_END {
                if stream.avail_in == 0, given < data.count {
                    // Bounds: `count` bytes are left behind `given`; zlib only reads them.
                    let count = min(data.count - given, 1 << 30)
                    stream.next_in = UnsafeMutablePointer(mutating: data.baseAddress?.advanced(by: given))
                    stream.avail_in = UInt32(count)
                    given += count
                }
                stream.next_out = piece.baseAddress
                stream.avail_out = UInt32(piece.count)
                state = CZlib.inflate(&stream, Z_NO_FLUSH)
                let count = piece.count - Int(stream.avail_out)
                guard state == Z_OK || state == Z_STREAM_END, count > 0 || state == Z_STREAM_END else {
                    throw Self.damaged(member)
                }
                let part = UnsafeBufferPointer(rebasing: piece[..<count])
                taken += count
                guard taken <= member.expandedByteCount else { throw Self.damaged(member) }
                try self.count(count, of: member, total: taken)
                checksum = crc(part, after: checksum)
                try take(part)
            }
            guard taken == member.expandedByteCount, checksum == member.checksum else { throw Self.damaged(member) }
        }
    }

    private func crc(_ bytes: UnsafeBufferPointer<UInt8>, after checksum: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32_z(UInt(checksum), bytes.baseAddress, bytes.count))
    }

    private func count(_ byteCount: Int, of member: ZipDirectory.Member, total: Int? = nil) throws(Reason) {
        expanded += byteCount
        let most = max(Self.alwaysExpanded, member.data.count * Self.greatestRatio)
        guard expanded <= mostExpanded, (total ?? byteCount) <= most else {
            throw Reason(
                "The archive expands to more than a workbook of its size does", found: member.name,
                expected: "at most \(min(most, mostExpanded)) bytes",
                remedy: "Look where the file comes from; split a workbook that is honestly so large")
        }
    }

    private static func damaged(_ member: ZipDirectory.Member) -> Reason {
        Reason(
            "A member of the archive is damaged", found: member.name, expected: "data that fit their checksum",
            remedy: "Copy the file again, or save the workbook anew")
    }
}
