import Annals

/// What parts the fields of a page.
enum PageSeparator: Sendable {
    /// One tab between two fields.
    case tabs
    /// `| a | b |`.
    case pipes
    /// Spaces, one or more; see ``SpacedPage``.
    case spaces

    private static let fewestPiped = 3

    /// Whether most lines of a text's beginning are parted by pipes that stand apart from what they part.
    static func arePipes(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            guard ByteSearch.holds(pipe, bytes) else { return false }
            var (piped, single, filled, hasCrossings) = (0, 0, 0, false)
            var start = 0
            while start < bytes.count {
                let end = ByteSearch.first(0x0A, in: bytes, from: start) ?? bytes.count
                defer { start = end + 1 }
                let line = UnsafeBufferPointer(rebasing: bytes[Whitespace.trimmed(bytes, start..<end)])
                guard !line.isEmpty else { continue }
                filled += 1
                if PageRule.isCrossed(line) {
                    hasCrossings = true
                    piped += 1
                    continue
                }
                let pipes = pipes(line)
                if pipes.isApart, pipes.count > 1 { piped += 1 }
                if pipes.isApart, pipes.count == 1 { single += 1 }
            }
            // One pipe a line is a table where a rule crosses it, as programs draw them.
            if hasCrossings { piped += single }
            return piped >= fewestPiped && piped * 2 >= filled
        }
    }

    private static let pipe = UInt8(ascii: "|")

    /// The pipes of a line; apart where one begins it or stands behind a space, as in no list of fields (`a|b|c`).
    private static func pipes(_ line: UnsafeBufferPointer<UInt8>) -> (count: Int, isApart: Bool) {
        var (count, isApart) = (0, false)
        for (index, byte) in line.enumerated() where byte == pipe {
            count += 1
            if index == 0 || line[index - 1] == 0x20 { isApart = true }
        }
        return (count, isApart)
    }
}
