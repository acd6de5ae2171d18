import Annals
internal import CArchive

/// Expands what is compressed by xz, bzip2 or zstd, and takes tar archives apart.
///
/// A safe face of libarchive: the container's bytes stay where they are until it is closed, names are copied, and no
/// member's name is ever used as a path.
struct ArchiveStream {
    /// One file of an archive, or the only one.
    struct Member {
        var name: String
        var bytes: [UInt8]
    }

    private static let pieceByteCount = 256 << 10

    /// Expands a single file.
    ///
    /// - Throws: Where it is cut off or damaged, or expands to too much.
    static func expanded(
        _ bytes: [UInt8], _ form: ContainerForm, _ expansion: inout Expansion
    ) throws(Reason) -> [UInt8] {
        let members = try members(bytes, form, &expansion) { archive in
            let filter =
                switch form {
                case .xz: archive_read_support_filter_xz(archive)
                case .bzip2: archive_read_support_filter_bzip2(archive)
                default: archive_read_support_filter_zstd(archive)
                }
            return filter == ARCHIVE_OK && archive_read_support_format_raw(archive) == ARCHIVE_OK
        }
        return members.first?.bytes ?? []
    }

    /// The files of a tar archive, in its order; directories and links are none.
    ///
    /// - Throws: Where it is cut off or damaged, or holds too much.
    static func members(ofTar bytes: [UInt8], _ expansion: inout Expansion) throws(Reason) -> [Member] {
        try members(bytes, .tar, &expansion) { archive_read_support_format_tar($0) == ARCHIVE_OK }
    }

    private static func members(
        _ bytes: [UInt8], _ form: ContainerForm, _ expansion: inout Expansion, prepare: (OpaquePointer) -> Bool
    ) throws(Reason) -> [Member] {
        guard let archive = archive_read_new() else {
            throw Reason("There is too little memory to expand the file", remedy: "Drop the file again")
        }
        defer { archive_read_free(archive) }
        guard prepare(archive) else { throw damaged(form, archive) }
        return try bytes.withUnsafeBufferPointer { (packed) throws(Reason) in
            // The bytes outlive the archive's use of them: nothing is read behind this closure.
            guard archive_read_open_memory(archive, packed.baseAddress, packed.count) == ARCHIVE_OK else {
                throw damaged(form, archive)
            }
            defer { archive_read_close(archive) }
            var members: [Member] = []
            var entry: OpaquePointer?
            while true {
                let state = archive_read_next_header(archive, &entry)
                if state == ARCHIVE_EOF { return members }
                guard state == ARCHIVE_OK, let entry else { throw damaged(form, archive) }
                guard let member = try member(archive, entry, &expansion, form) else { continue }
                guard members.count < Unpacking.mostMembers else { throw Unpacking.tooMany() }
                members.append(member)
            }
        }
    }

    /// Nil where it is no regular file.
    private static func member(
        _ archive: OpaquePointer, _ entry: OpaquePointer, _ expansion: inout Expansion, _ form: ContainerForm
    ) throws(Reason) -> Member? {
        let isRegular = archive_entry_filetype(entry) & 0o170000 == 0o100000
        guard isRegular, archive_entry_hardlink(entry) == nil else { return nil }
        let name = archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceByteCount)
        while true {
            let count = piece.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
            if count == 0 { break }
            // Bounds: never more than the piece holds.
            guard count > 0 else { throw damaged(form, archive) }
            try expansion.count(count)
            bytes.append(contentsOf: piece[..<count])
        }
        return Member(name: name, bytes: bytes)
    }

    private static func damaged(_ form: ContainerForm, _ archive: OpaquePointer) -> Reason {
        Unpacking.damaged(form.rawValue, why: archive_error_string(archive).map { String(cString: $0) })
    }
}
