/// What stands before each file of a tar archive, in the `ustar` form that every tar reads.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format"; sizes from 8 GiB on as GNU tar writes them, in base 256.
package struct TarHeader: Hashable, Sendable {
    /// What an entry is.
    package enum Kind: UInt8, Hashable, Sendable {
        case file = 0x30
        case directory = 0x35
    }

    /// Whose an entry becomes when root unpacks it: by name where the name is known there, else by number.
    package struct Owner: Hashable, Sendable {
        package var user: UInt32
        package var group: UInt32
        package var userName: String
        package var groupName: String

        /// Root's.
        package static let root = Owner(user: 0, group: 0)

        package init(user: UInt32, group: UInt32, userName: String = "", groupName: String = "") {
            self.user = user
            self.group = group
            self.userName = userName
            self.groupName = groupName
        }
    }

    /// Relative, at most 100 bytes.
    package var name: String
    /// Nil for what is neither a file nor a directory: a link, or words about the next entry.
    package var kind: Kind?
    /// Of the content, which fills up its last block with zeros.
    package var byteCount: Int
    /// Seconds since 1970-01-01T00:00:00Z.
    package var modified: Int
    package var owner: Owner

    /// Everything in an archive starts at a multiple of this many bytes.
    package static let blockBytes = 512
    /// What stands after the last entry: two blocks of zeros.
    package static let endBytes = 2 * blockBytes

    package init(_ kind: Kind, name: String, byteCount: Int = 0, modified: Int = 0, owner: Owner = .root) {
        precondition(name.utf8.count <= Field.name.count, "longer names have another form")
        self.name = name
        self.kind = kind
        self.byteCount = byteCount
        self.modified = modified
        self.owner = owner
    }

    /// What a content takes up in the archive.
    package static func padded(_ byteCount: Int) -> Int { (byteCount + blockBytes - 1) / blockBytes * blockBytes }

    /// Where the fields stand in the block.
    private enum Field {
        static let name = 0..<100
        static let mode = 100..<108
        static let user = 108..<116
        static let group = 116..<124
        static let size = 124..<136
        static let modified = 136..<148
        static let checksum = 148..<156
        static let type = 156
        static let magic = 257..<265
        static let userName = 265..<297
        static let groupName = 297..<329
        static let prefix = 345..<500
    }

    private static let magic = Array("ustar\u{0}00".utf8)
}

// To bytes.
extension TarHeader {
    /// One block.
    package var encoded: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockBytes)
        Self.put(name, into: &block, Field.name)
        Self.put(octal: kind == .directory ? 0o750 : 0o640, into: &block, Field.mode)
        // A number that doesn't fit is left to the name.
        Self.put(octal: Int(owner.user) > 0o7_777_777 ? 0 : Int(owner.user), into: &block, Field.user)
        Self.put(octal: Int(owner.group) > 0o7_777_777 ? 0 : Int(owner.group), into: &block, Field.group)
        Self.put(size: byteCount, into: &block)
        Self.put(octal: max(0, modified), into: &block, Field.modified)
        block[Field.type] = (kind ?? .file).rawValue
        block.replaceSubrange(Field.magic, with: Self.magic)
        Self.put(owner.userName, into: &block, Field.userName)
        Self.put(owner.groupName, into: &block, Field.groupName)
        let checksum = Self.checksum(of: block)
        Self.put(octal: checksum, into: &block, Field.checksum.lowerBound..<Field.checksum.upperBound - 1)
        block[Field.checksum.upperBound - 1] = 0x20
        return block
    }

    private static func put(_ text: String, into block: inout [UInt8], _ field: Range<Int>) {
        for (place, byte) in zip(field, text.utf8) { block[place] = byte }
    }

    /// Digits that fill the field but for a zero at its end.
    private static func put(octal number: Int, into block: inout [UInt8], _ field: Range<Int>) {
        var rest = number
        for place in field.dropLast().reversed() {
            block[place] = 0x30 + UInt8(rest & 7)
            rest >>= 3
        }
        block[field.upperBound - 1] = 0
    }

    private static func put(size: Int, into block: inout [UInt8]) {
        guard size >= 1 << 33 else { return put(octal: size, into: &block, Field.size) }
        var rest = size
        for place in Field.size.reversed() {
            block[place] = UInt8(truncatingIfNeeded: rest)
            rest >>= 8
        }
        block[Field.size.lowerBound] = 0x80
    }

    /// With the field of the checksum taken for spaces.
    private static func checksum(of block: [UInt8]) -> Int {
        block.indices.reduce(0) { $0 + (Field.checksum.contains($1) ? 0x20 : Int(block[$1])) }
    }
}

// From bytes.
extension TarHeader {
    /// Reads one block.
    ///
    /// - Returns: Nil where it is none: too short, another checksum, a size that is none.
    package init?(_ block: [UInt8]) {
        guard block.count == Self.blockBytes,
            Self.number(block[Field.checksum]) == Self.checksum(of: block),
            let byteCount = Self.number(block[Field.size]), let modified = Self.number(block[Field.modified])
        else { return nil }
        let isPOSIX = block[Field.magic].prefix(6).elementsEqual(Self.magic.prefix(6))
        let prefix = isPOSIX ? Self.text(block[Field.prefix]) : ""
        name = (prefix.isEmpty ? "" : prefix + "/") + Self.text(block[Field.name])
        // Archives older than the standard have zero for a file.
        kind = block[Field.type] == 0 ? .file : Kind(rawValue: block[Field.type])
        self.byteCount = byteCount
        self.modified = modified
        owner = Owner(
            user: UInt32(clamping: Self.number(block[Field.user]) ?? 0),
            group: UInt32(clamping: Self.number(block[Field.group]) ?? 0),
            userName: Self.text(block[Field.userName]), groupName: Self.text(block[Field.groupName]))
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Octal digits between spaces and zeros, or base 256; nil for anything else and for more than an `Int` holds.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if field.first == 0x80 {
            guard field.dropFirst().prefix(field.count - 8).allSatisfy({ $0 == 0 }) else { return nil }
            let number = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Int(exactly: number)
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
        guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }
}
