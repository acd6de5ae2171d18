/// Lines that are drawn between heading and rows, or around a table: `------`, `|---|---:|`, `+-----+----+`, `=====`.
enum PageRule {
    /// Whether a line is drawn: runs of dashes with nothing but frames and spaces between them.
    ///
    /// A row of symbols (`- - -`, `-⇥--`) has a label in front, so the first run of a rule has three dashes at least, or
    /// stands behind a frame; the others have two.
    static func isRule(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = line.first, mayBegin(first) else { return false }
        var index = 0
        var dashes = 0
        var runs = 0
        var isFramed = false
        func isWhole() -> Bool { dashes == 0 || dashes >= (runs == 0 && !isFramed ? 3 : 2) }
        while index < line.count {
            let (kind, length) = kind(line, at: index)
            index += length
            switch kind {
            case .dash: dashes += 1
            case .colon: continue
            case .frame, .space:
                guard isWhole() else { return false }
                if dashes > 0 { runs += 1 }
                if kind == .frame { isFramed = true }
                dashes = 0
            case .other: return false
            }
        }
        return isWhole() && runs + (dashes > 0 ? 1 : 0) > 0
    }

    /// Whether a rule has crossings, as those of databases have, which part their columns by single pipes.
    static func isCrossed(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.contains(UInt8(ascii: "+")) && isRule(line)
    }

    private static func mayBegin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2D, 0x3D, 0x2B, 0x7C, 0x3A, 0x5F, 0x7E, 0xE2: true
        default: false
        }
    }

    private enum Kind { case dash, colon, frame, space, other }

    private static func kind(_ line: UnsafeBufferPointer<UInt8>, at index: Int) -> (Kind, length: Int) {
        switch line[index] {
        // - = _ ~
        case 0x2D, 0x3D, 0x5F, 0x7E: return (.dash, 1)
        case 0x3A: return (.colon, 1)
        // + |
        case 0x2B, 0x7C: return (.frame, 1)
        case 0x20, 0x09: return (.space, 1)
        case 0xE2 where index + 2 < line.count:
            switch (line[index + 1], line[index + 2]) {
            // Dashes of every width; lines of boxes: ─ ━ ═.
            case (0x80, 0x90...0x95), (0x94, 0x80...0x81), (0x95, 0x90): return (.dash, 3)
            // What else boxes are drawn with.
            case (0x94, 0x82...0xBF), (0x95, 0x80...0xBF): return (.frame, 3)
            default: return (.other, 1)
            }
        default: return (.other, 1)
        }
    }
}
