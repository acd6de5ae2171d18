import Annals

/// A line of a page whose fields are parted by spaces: its words, and which of them are figures.
struct SpacedLine {
    /// A run of characters without a space in it.
    struct Word {
        var piece: PageText.Piece
        /// Spaces in front of it.
        var gap: Int
        /// Whether it looks like a figure or a symbol in its place.
        var isFigure: Bool
        /// 1 to 3 digits, a minus before them perhaps: what groups of three may follow.
        var mayBeginGroups: Bool
        /// Three digits, a mark or a fraction behind them perhaps.
        var mayBeGroup: Bool
        /// Three digits and nothing else, so that another group may follow.
        var isGroup: Bool
        /// Dots that lead from the label to the figures: more than a symbol has.
        var isLeader: Bool
        /// Digits and nothing else.
        var isCount: Bool
        /// Three digits, the first of them a zero: no figure begins so, but a group does.
        var isOnlyGroup: Bool
    }

    private(set) var words: [Word] = []
    /// Words of the label, up to the last one that is no figure.
    private(set) var labelCount = 0
    /// A last word that was taken away: the row's number, printed once more.
    private(set) var dropped: PageText.Piece?

    /// More words than any page has columns; a line with more is text.
    private static let mostWords = 1_000
    /// Bytes of a line that may be one of fields.
    private static let longest = 16_384

    /// Whether a line has two spaces at least, as every row has, or dots that lead from its label to a figure.
    static func mayHaveFields(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if ByteSearch.first(0x20, in: bytes).flatMap({ ByteSearch.first(0x20, in: bytes, from: $0 + 1) }) != nil {
            return true
        }
        guard ByteSearch.holds(UInt8(ascii: "."), bytes) else { return false }
        var dots = 0
        for byte in bytes {
            dots = byte == UInt8(ascii: ".") ? dots + 1 : 0
            if dots == fewestDots { return true }
        }
        return false
    }

    init(_ page: PageText, _ line: PageLine) {
        guard case .text = line.form, line.text.range.count <= Self.longest else { return }
        page.withBytes(line.text) { bytes in
            var start = 0
            var gap = 0
            for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x20 {
                if index > start {
                    for part in Self.parts(bytes, start..<index) {
                        let offset = Int(line.text.start)
                        words.append(
                            Self.word(
                                UnsafeBufferPointer(rebasing: bytes[part]),
                                PageText.Piece(offset + part.lowerBound..<offset + part.upperBound), gap: gap))
                        gap = part.upperBound < index ? 1 : 0
                    }
                }
                gap += 1
                start = index + 1
            }
        }
        if words.count > Self.mostWords { words = [] }
        labelCount = (words.lastIndex { !$0.isFigure } ?? -1) + 1
    }

    /// A word, parted where dots lead from its label to its figure: `Oslo........120`.
    private static func parts(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> [Range<Int>] {
        guard word.count > fewestDots else { return [word] }
        var end = word.lowerBound
        while let start = (end..<word.upperBound).first(where: { bytes[$0] == UInt8(ascii: ".") }) {
            end = (start..<word.upperBound).first { bytes[$0] != UInt8(ascii: ".") } ?? word.upperBound
            guard end - start >= fewestDots else { continue }
            return [word.lowerBound..<start, start..<end, end..<word.upperBound].filter { !$0.isEmpty }
        }
        return [word]
    }

    /// More dots than a symbol has, or an omission.
    private static let fewestDots = 5

    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ piece: PageText.Piece, gap: Int) -> Word {
        let isFigure =
            FieldText.looksLikeFigure(bytes) && !bytes.contains(UInt8(ascii: "|"))
            && !(bytes.count == 1 && (bytes[0] == 0x3B || bytes[0] == 0x2C))
        let digits = bytes[behindMinus(bytes)...]
        let areDigits = !digits.isEmpty && digits.allSatisfy(NumberShape.isDigit)
        let leading = bytes.prefix { NumberShape.isDigit($0) }.count
        return Word(
            piece: piece, gap: gap, isFigure: isFigure, mayBeginGroups: areDigits && digits.count <= 3,
            mayBeGroup: isFigure && leading == 3, isGroup: leading == 3 && bytes.count == 3,
            isLeader: bytes.count >= fewestDots && bytes.allSatisfy { $0 == UInt8(ascii: ".") },
            isCount: bytes.allSatisfy(NumberShape.isDigit),
            isOnlyGroup: isFigure && leading == 3 && bytes[0] == UInt8(ascii: "0"))
    }

    /// Where the digits behind a minus, a hyphen, a sign or a dash, begin.
    private static func behindMinus(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var start = bytes.first == 0x2D ? 1 : 0
        for (second, third) in [(0x88, 0x92), (0x80, 0x93)] as [(UInt8, UInt8)]
        where start + 2 < bytes.count && bytes[start] == 0xE2 && bytes[start + 1] == second
            && bytes[start + 2] == third
        {
            start += 3
        }
        return start
    }

    /// Whether the first gap of two spaces stands behind the label, or within what seems to be one: a word among the
    /// figures lets the label seem longer than it is.
    var hasGapBehindLabel: Bool {
        let fields = gapped
        return fields.count > 1 && fields[0].upperBound <= labelCount
    }

    /// Ends the label at the first gap, unless it has a gap in itself and the figures behind it are as many as wanted.
    mutating func cutLabel(width: Int) {
        let fields = gapped
        guard fields.count > 1 else { return }
        let behind = fields.count { $0.lowerBound >= labelCount }
        if labelCount > 0, fields.count - 1 != width, behind == width { return }
        labelCount = fields[0].upperBound
    }

    /// Figures with another word behind them, which nothing explains.
    var hasFiguresInLabel: Bool { words[..<labelCount].dropFirst().contains { $0.isFigure && $0.mayBeginGroups } }

    /// Whether the words behind the label are as many as the figures wanted, or mostly figures, but for one at their end.
    func isSpoilt(width: Int) -> Bool {
        guard hasFiguresInLabel,
            let first = words.indices.dropFirst().first(where: { words[$0].isFigure && words[$0].mayBeginGroups })
        else { return false }
        let figures = words[first...].count { $0.isFigure }
        return words.count - first == width || figures > 1 && (figures + 1) * 2 >= words.count
    }

    /// Makes the first word the label where it is an open class behind others: `80+`.
    mutating func takeOpenClass(_ page: PageText, width: Int) {
        guard labelCount == 0, words.count == width + 1, let first = words.first,
            page.withBytes(first.piece, { $0.count > 1 && $0.last == UInt8(ascii: "+") })
        else { return }
        labelCount = 1
    }

    /// Whether the first figure may end the label: a number without a sign, one space behind it.
    var mayEndInNumber: Bool {
        guard labelCount > 0, !words[labelCount - 1].isLeader, let first = figures.first else { return false }
        return first.gap == 1 && first.mayBeginGroups && first.isCount
    }

    /// Takes the last word away.
    mutating func dropLast() { dropped = words.popLast()?.piece }

    /// What stands right of the label.
    var figures: ArraySlice<Word> { words[labelCount...] }

    /// The label, without dots that lead to the figures; nil where the line begins with a figure and has none.
    var label: PageText.Piece? {
        var end = labelCount
        while end > 1, words[end - 1].isLeader { end -= 1 }
        return piece(0..<end)
    }

    /// Several words, with what stands between them.
    func piece(_ range: Range<Int>) -> PageText.Piece? {
        guard let first = range.first, let last = range.last else { return nil }
        return PageText.Piece(Int(words[first].piece.start)..<Int(words[last].piece.end))
    }

    /// The fields where two or more spaces part them.
    var gapped: [Range<Int>] {
        var fields: [Range<Int>] = []
        var start = 0
        for (index, word) in words.enumerated() where index > 0 && word.gap > 1 {
            fields.append(start..<index)
            start = index
        }
        return words.isEmpty ? [] : fields + [start..<words.count]
    }

    /// Whether two words that follow one another may be one figure: `2 549`.
    static func mayJoin(_ first: Word, _ second: Word, isFirst: Bool) -> Bool {
        second.gap == 1 && second.mayBeGroup && (isFirst ? first.mayBeginGroups : first.isGroup)
    }
}
