import Annals

/// What holds other files, or one that is compressed; told by its first bytes, never by its name.
///
/// Source: RFC 1952, RFC 8878, the .xz file format 1.2.1, bzip2's manual, POSIX.1-2017 `pax`, APPNOTE.TXT 6.3.10.
enum ContainerForm: String {
    case gzip, bzip2, xz, zstd, tar, zip

    /// Nil where the bytes are no container.
    init?(_ bytes: [UInt8]) {
        func begins(_ magic: [UInt8], at offset: Int = 0) -> Bool {
            bytes.count >= offset + magic.count && bytes[offset..<offset + magic.count].elementsEqual(magic)
        }
        if begins([0x1F, 0x8B]) {
            self = .gzip
        } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .xz
        } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else if begins(Array("BZh".utf8)), begins([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4) {
            self = .bzip2
        } else if begins(Array("ustar".utf8), at: 257) {
            self = .tar
        } else if begins([0x50, 0x4B, 0x03, 0x04]) || begins([0x50, 0x4B, 0x05, 0x06]) {
            // A workbook is a zip archive, too.
            guard WorkbookKind.isArchive(bytes) else { return nil }
            self = .zip
        } else {
            return nil
        }
    }

    /// What the name of a file that is compressed so ends with.
    var endings: [String] {
        switch self {
        case .gzip: [".gz", ".gzip"]
        case .bzip2: [".bz2"]
        case .xz: [".xz"]
        case .zstd: [".zst", ".zstd"]
        case .tar, .zip: []
        }
    }
}
