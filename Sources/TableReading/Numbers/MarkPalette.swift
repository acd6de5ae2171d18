import Annals

/// The different marks of a file, numbered as they come.
struct MarkPalette {
    private(set) var marks: [Mark]
    private var indexByMark: [Mark: UInt16]

    private static let comparedAtMost = 8

    /// Begins with the plain figure as number 0, which nearly every field is.
    init() {
        marks = [.plain]
        indexByMark = [.plain: 0]
    }

    /// Nil where 65,536 marks are there already.
    mutating func index(of mark: Mark) -> UInt16? {
        // Nearly every field is a plain figure.
        if case .value = mark.status, mark.flags.rawValue == 0, mark.glyph.isEmpty { return 0 }
        // Most files have a handful of marks: comparing them costs less than hashing one.
        for index in 0..<min(marks.count, Self.comparedAtMost) where marks[index] == mark { return UInt16(index) }
        if let known = indexByMark[mark] { return known }
        guard let index = UInt16(exactly: marks.count) else { return nil }
        marks.append(mark)
        indexByMark[mark] = index
        return index
    }

    static func fullReason(line: Int, column: Int) -> Reason {
        Reason(
            "More than 65,536 different symbols", line: line, column: column, expected: "figures and a few symbols",
            remedy: "Look whether the column holds figures at all")
    }
}
