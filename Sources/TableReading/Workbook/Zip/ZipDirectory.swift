import Annals

/// What a zip archive says that it holds: its central directory, held against the members themselves.
///
/// Nothing is expanded here. Refused: an archive that is cut off, of several parts or encrypted, a member whose name leads
/// out of the archive or comes twice, members that overlap (one piece of data under many names), and methods other than
/// the two that workbooks are allowed.
///
/// Source: APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.
struct ZipDirectory {
    /// One file of the archive.
    struct Member {
        /// With `/` between folders, and none in front.
        var name: String
        /// Where its data stand among the bytes of the archive.
        var data: Range<Int>
        /// As the directory says; more is never taken.
        var expandedByteCount: Int
        var checksum: UInt32
        var isDeflated: Bool
        /// Offset of its own header.
        fileprivate var start: Int
    }

    let members: [Member]

    /// More than any workbook has.
    private static let mostMembers = 20_000

    /// - Throws: ``Reason`` where the archive isn't whole, or holds what no workbook does.
    init(_ bytes: borrowing [UInt8]) throws(Reason) {
        let view = ByteView(count: bytes.count)
        guard let end = Self.end(bytes) else {
            throw Reason(
                "The zip archive is cut off: its list of members is missing", expected: "a whole file",
                remedy: "Copy the file again")
        }
        let (count, start) = try Self.extent(bytes, end: end, view)
        guard count <= Self.mostMembers else {
            throw Reason(
                "The archive has too many members", found: "\(count)", expected: "at most \(Self.mostMembers)",
                remedy: "Look whether the file is a workbook at all")
        }
        var members: [Member] = []
        var names: Set<String> = []
        var position = start
        for _ in 0..<count {
            guard view.holds(position, 46), Self.number32(bytes, position) == 0x0201_4B50 else { throw Self.damaged() }
            let lengths = [28, 30, 32].map { Self.number16(bytes, position + $0) }
            guard view.holds(position + 46, lengths[0] + lengths[1] + lengths[2]) else { throw Self.damaged() }
            let member = try Self.member(bytes, at: position, nameCount: lengths[0], extraCount: lengths[1], view)
            if !member.name.hasSuffix("/") {
                guard names.insert(member.name.lowercased()).inserted else {
                    throw Reason(
                        "The archive has two members of one name", found: member.name, expected: "each name once",
                        remedy: "Save the workbook anew")
                }
                members.append(member)
            }
            position += 46 + lengths[0] + lengths[1] + lengths[2]
        }
        try Self.refuseOverlaps(members, directory: start)
        self.members = members
    }

    private static func refuseOverlaps(_ members: [Member], directory: Int) throws(Reason) {
        var end = 0
        for member in members.sorted(by: { $0.start < $1.start }) {
            guard member.start >= end, member.data.upperBound <= directory else {
                throw Reason(
                    "Members of the archive overlap", found: member.name, expected: "data of its own for each member",
                    remedy: "Save the workbook anew")
            }
            end = member.data.upperBound
        }
    }

    /// Where the record at the archive's end stands; a comment may follow it.
    private static func end(_ bytes: borrowing [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        var position = bytes.count - 22
        let last = max(0, position - 0xFFFF)
        while position >= last {
            if bytes[position] == 0x50, number32(bytes, position) == 0x0605_4B50,
                position + 22 + number16(bytes, position + 20) == bytes.count
            {
                return position
            }
            position -= 1
        }
        return nil
    }

    /// How many members the directory has, and where it begins.
    private static func extent(
        _ bytes: borrowing [UInt8], end: Int, _ view: ByteView
    ) throws(Reason) -> (count: Int, start: Int) {
        guard number16(bytes, end + 4) == 0 || number16(bytes, end + 4) == 0xFFFF else {
            throw Reason(
                "The file is one part of an archive in several", expected: "the whole archive in one file",
                remedy: "Put the parts together")
        }
        var (count, start) = (number16(bytes, end + 10), number32(bytes, end + 16))
        if count == 0xFFFF || start == 0xFFFF_FFFF {
            // The record of 64 bits stands where its locator, right in front, says.
            guard end >= 20, number32(bytes, end - 20) == 0x0706_4B50, let record = number64(bytes, end - 12),
                view.holds(record, 56), number32(bytes, record) == 0x0606_4B50, let many = number64(bytes, record + 32),
                let begin = number64(bytes, record + 48)
            else { throw damaged() }
            (count, start) = (many, begin)
        }
        guard start <= end else { throw damaged() }
        return (count, start)
    }

    private static func member(
        _ bytes: borrowing [UInt8], at position: Int, nameCount: Int, extraCount: Int, _ view: ByteView
    ) throws(Reason) -> Member {
        let name = try name(bytes[position + 46..<position + 46 + nameCount])
        guard number16(bytes, position + 8) & 0x2041 == 0 else {
            throw Reason(
                "A member of the archive is encrypted", found: name, expected: "a file without a password",
                remedy: "Save the file without a password")
        }
        var sizes = [number32(bytes, position + 24), number32(bytes, position + 20), number32(bytes, position + 42)]
        var extra = position + 46 + nameCount
        let extraEnd = extra + extraCount
        while extra + 4 <= extraEnd {
            let (tag, length) = (number16(bytes, extra), number16(bytes, extra + 2))
            guard extra + 4 + length <= extraEnd else { break }
            if tag == 1 {
                // What doesn't fit 32 bits stands here, in this order.
                var place = extra + 4
                for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
                    guard place + 8 <= extra + 4 + length, let value = number64(bytes, place) else { throw damaged() }
                    sizes[index] = value
                    place += 8
                }
            }
            extra += 4 + length
        }
        let method = number16(bytes, position + 10)
        guard method == 0 || method == 8 else {
            throw Reason(
                "A member of the archive is packed by a method that isn't read", found: "\(name), method \(method)",
                expected: "deflate, or nothing", remedy: "Save the workbook anew")
        }
        let start = sizes[2]
        guard view.holds(start, 30), number32(bytes, start) == 0x0403_4B50 else { throw damaged() }
        let ownName = number16(bytes, start + 26)
        let data = start + 30 + ownName + number16(bytes, start + 28)
        guard view.holds(data, sizes[1]), ownName == nameCount,
            bytes[start + 30..<start + 30 + ownName].elementsEqual(bytes[position + 46..<position + 46 + nameCount]),
            method == 8 || sizes[0] == sizes[1]
        else { throw damaged() }
        return Member(
            name: name, data: data..<data + sizes[1], expandedByteCount: sizes[0],
            checksum: UInt32(truncatingIfNeeded: number32(bytes, position + 16)), isDeflated: method == 8, start: start)
    }

    /// - Throws: A name that leads out of the archive.
    private static func name(_ bytes: ArraySlice<UInt8>) throws(Reason) -> String {
        var name = String(decoding: bytes, as: UTF8.self)
        if name.contains("\\") { name = name.replacing("\\", with: "/") }
        while name.hasPrefix("/") { name.removeFirst() }
        guard !name.isEmpty, !name.split(separator: "/").contains(".."), !name.utf8.contains(0) else {
            throw Reason(
                "A member of the archive has a name that leads out of it", found: name,
                expected: "names without `..`", remedy: "Look where the file comes from; save the workbook anew")
        }
        return name
    }

    private static func damaged() -> Reason {
        Reason(
            "The zip archive is damaged: its list of members doesn't fit its members", expected: "a whole file",
            remedy: "Copy the file again, or save the workbook anew")
    }

    // MARK: Numbers

    /// Bounds: whoever calls has looked that so many bytes are there.
    private static func number16(_ bytes: borrowing [UInt8], _ place: Int) -> Int {
        Int(bytes[place]) | Int(bytes[place + 1]) << 8
    }

    private static func number32(_ bytes: borrowing [UInt8], _ place: Int) -> Int {
        number16(bytes, place) | number16(bytes, place + 2) << 16
    }

    /// Nil where it isn't a place in any file.
    private static func number64(_ bytes: borrowing [UInt8], _ place: Int) -> Int? {
        let high = number32(bytes, place + 4)
        return high < 1 << 30 ? number32(bytes, place) | high << 32 : nil
    }
}

/// Whether a range lies among so many bytes.
private struct ByteView {
    let count: Int

    func holds(_ start: Int, _ length: Int) -> Bool { start >= 0 && start <= count && length <= count - start }
}
