/// What a file's name in the inbox says before anybody looks into it.
package enum DropName {
    /// The longest name that a directory holds, in bytes.
    ///
    /// Source: pathconf(3), `_PC_NAME_MAX` of ext4, xfs, btrfs, tmpfs.
    package static let maximumBytes = 255

    /// What a sidecar's name has after the name of the file that it stands beside.
    package static let sidecarSuffix = Array(".meta.yaml".utf8)

    private static let ignoredSuffixes = ["~", ".part", ".filepart", ".tmp", ".crdownload", ".meta.yaml"]
        .map { Array($0.utf8) }

    /// Whether files of that name are never drops: hidden ones, what tools write before they rename, and sidecars.
    ///
    /// Letters of the suffix may be of either case, since shares of other systems fold them.
    package static func isIgnored(_ name: [UInt8]) -> Bool {
        guard let first = name.first, first != 0x2E else { return true }
        return ignoredSuffixes.contains { suffix in
            name.count >= suffix.count && name.suffix(suffix.count).elementsEqual(suffix) { lowercased($0) == $1 }
        }
    }

    /// Whether a file of that name says something about a drop beside it; its suffix may be in letters of either case.
    package static func isSidecar(_ name: [UInt8], inSmallLetters isExact: Bool = false) -> Bool {
        guard let first = name.first, first != 0x2E, name.count > sidecarSuffix.count else { return false }
        return name.suffix(sidecarSuffix.count).elementsEqual(sidecarSuffix) {
            isExact ? $0 == $1 : lowercased($0) == $1
        }
    }

    /// The path of the drop that a sidecar stands beside.
    package static func drop(ofSidecar path: [UInt8]) -> [UInt8] { path.dropLast(sidecarSuffix.count) }

    /// The name of the sidecar beside a file; nil where it would be too long to exist.
    package static func sidecar(of name: [UInt8]) -> [UInt8]? {
        let sidecar = name + sidecarSuffix
        return sidecar.count <= maximumBytes ? sidecar : nil
    }

    /// A name shortened to so many bytes, keeping a short extension and cutting no UTF-8 character in half.
    package static func shortened(_ name: [UInt8], toBytes limit: Int) -> [UInt8] {
        guard name.count > limit else { return name }
        let tail = shortExtension(of: name)
        let kept = tail.count < limit ? tail : []
        return cut(name.dropLast(kept.count), toBytes: limit - kept.count) + kept
    }

    /// `.csv`: a last dot, not the first byte, and at most eight bytes after it.
    private static func shortExtension(of name: [UInt8]) -> ArraySlice<UInt8> {
        guard let dot = name.lastIndex(of: 0x2E), dot > 0, name.count - dot <= 9 else { return [] }
        return name[dot...]
    }

    /// Cuts at a byte count, or up to three bytes earlier where that would split a UTF-8 character.
    private static func cut(_ bytes: ArraySlice<UInt8>, toBytes limit: Int) -> [UInt8] {
        let start = bytes.startIndex
        var end = start + limit
        let isContinuation = { (byte: UInt8) in byte & 0xC0 == 0x80 }
        var steps = 0
        while end > start, end < bytes.endIndex, isContinuation(bytes[end]), steps < 3 {
            end -= 1
            steps += 1
        }
        // Four continuation bytes in a row are no UTF-8; then there is nothing to keep whole.
        if end < bytes.endIndex, isContinuation(bytes[end]) { end = start + limit }
        return Array(bytes[start..<end])
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
