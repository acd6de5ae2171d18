/// The outer form of a printed number: its digits, and what stands between them.
///
/// What a point or a comma means is not decided here; see ``NumberStyle``.
struct NumberShape {
    private(set) var isNegative = false
    /// All digits as one number, without separators.
    private(set) var magnitude: UInt64 = 0
    private(set) var overflows = false
    /// Digits before the first separator.
    private(set) var firstGroup = 0
    /// Digits after the last separator, or all of them.
    private(set) var lastGroup = 0
    /// Whether every group between the first and the last has three digits.
    private(set) var innerGroupsAreThree = true
    private(set) var separatorCount = 0
    private(set) var lastSeparator: Unicode.Scalar?
    /// The separator before the last one, where all but the last are the same.
    private(set) var groupSeparator: Unicode.Scalar?
    private(set) var groupSeparatorsDiffer = false
    private(set) var hasLeadingZero = false
    /// Offset behind the number; what follows is a suffix.
    private(set) var end = 0

    /// Nil where no number stands at the front.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        // Digits, signs, point and comma; E2 begins the long dashes, EF the wide ones.
        guard let first = bytes.first, first < 0x3A || first == 0xE2 || first == 0xEF else { return nil }
        if takeDigitsAlone(bytes) { return }
        var index = Self.skipSign(bytes, isNegative: &isNegative)
        let isFraction = index < bytes.count && (bytes[index] == 0x2E || bytes[index] == 0x2C)
        guard index < bytes.count, isFraction || Self.isDigit(bytes[index]) else { return nil }
        while true {
            let digits = takeDigits(bytes, &index)
            if separatorCount == 0 { firstGroup = digits }
            lastGroup = digits
            end = index
            guard let (separator, length) = Self.separator(bytes, at: index), index + length < bytes.count,
                Self.isDigit(bytes[index + length])
            else { break }
            if separatorCount > 0, digits != 3 { innerGroupsAreThree = false }
            if let lastSeparator {
                if let groupSeparator, groupSeparator != lastSeparator { groupSeparatorsDiffer = true }
                groupSeparator = lastSeparator
            }
            lastSeparator = separator
            separatorCount += 1
            index += length
        }
        if firstGroup == 0 && separatorCount == 0 { return nil }
    }

    /// Takes what most figures are: up to 18 digits and nothing else; false where the bytes are something else.
    private mutating func takeDigitsAlone(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let value = Self.value(ofDigitsAlone: bytes) else { return false }
        magnitude = value
        firstGroup = bytes.count
        lastGroup = bytes.count
        end = bytes.count
        hasLeadingZero = Self.hasLeadingZero(digits: bytes)
        return true
    }

    /// Whether the bytes are 1 to 18 digits, which fit any integer here.
    @inline(__always)
    static func isDigitsAlone(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (1...18).contains(bytes.count) else { return false }
        for byte in bytes where !isDigit(byte) { return false }
        return true
    }

    /// Whether digits, of which there is one at least, are more than one and begin with a zero.
    @inline(__always)
    static func hasLeadingZero(digits: UnsafeBufferPointer<UInt8>) -> Bool { digits.count > 1 && digits[0] == 0x30 }

    /// The number of 1 to 18 digits; nil where the bytes are anything else.
    @inline(__always)
    static func value(ofDigitsAlone bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard (1...18).contains(bytes.count) else { return nil }
        var value: UInt64 = 0
        for byte in bytes {
            guard isDigit(byte) else { return nil }
            value = value &* 10 &+ UInt64(byte &- 0x30)
        }
        return value
    }

    private mutating func takeDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int {
        let start = index
        while index < bytes.count, Self.isDigit(bytes[index]) {
            if separatorCount == 0, index == start + 1, bytes[start] == 0x30 { hasLeadingZero = true }
            let (product, tooLong) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, tooLarge) = product.addingReportingOverflow(UInt64(bytes[index] - 0x30))
            if tooLong || tooLarge { overflows = true } else { magnitude = sum }
            index += 1
        }
        return index - start
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Bytes of a sign at the front, and of one space that parts a minus from its digits.
    private static func skipSign(_ bytes: UnsafeBufferPointer<UInt8>, isNegative: inout Bool) -> Int {
        guard let first = bytes.first else { return 0 }
        if first == 0x2B { return 1 }
        let length = first == 0x2D ? 1 : longMinus(bytes)
        guard length > 0 else { return 0 }
        isNegative = true
        guard let space = spaceLength(bytes, at: length), length + space < bytes.count,
            isDigit(bytes[length + space])
        else { return length }
        return length + space
    }

    /// Bytes of a minus beyond ASCII: hyphen, no-break hyphen, figure, en and em dash (2010–2014), raised minus (207B),
    /// minus (2212), small and full-width hyphen (FE63, FF0D).
    private static func longMinus(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard bytes.count >= 3 else { return 0 }
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0xE2, 0x80, 0x90...0x94), (0xE2, 0x81, 0xBB), (0xE2, 0x88, 0x92), (0xEF, 0xB9, 0xA3), (0xEF, 0xBC, 0x8D):
            return 3
        default: return 0
        }
    }

    private static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        guard let (scalar, length) = separator(bytes, at: index) else { return nil }
        return [" ", "\u{A0}", "\u{202F}", "\u{2009}"].contains(scalar) ? length : nil
    }

    /// A character that may stand between digits, and its bytes.
    private static func separator(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (scalar: Unicode.Scalar, length: Int)? {
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case 0x20: return (" ", 1)
        case 0x2E: return (".", 1)
        case 0x2C: return (",", 1)
        case 0x27: return ("'", 1)
        case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0xA0: return ("\u{A0}", 2)
        case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80:
            switch bytes[index + 2] {
            case 0xAF: return ("\u{202F}", 3)
            case 0x89: return ("\u{2009}", 3)
            case 0x99: return ("\u{2019}", 3)
            default: return nil
            }
        default: return nil
        }
    }
}

extension NumberShape {
    /// What a number says about the meaning of point and comma, whoever wrote it.
    enum Evidence: Equatable {
        case none
        case decimal(Unicode.Scalar)
        case grouping(Unicode.Scalar)
        /// `1,234`: a thousand and some, or one and some.
        case ambiguous(Unicode.Scalar)
        /// No number after all: `1.2.3`.
        case invalid
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

    private var groupsByThree: Bool { (1...3).contains(firstGroup) && innerGroupsAreThree && !groupSeparatorsDiffer }

    var evidence: Evidence {
        guard let last = lastSeparator else { return .none }
        guard Self.isMark(last) else {
            // 1 234 or 1.234'567: only one kind of group is a number.
            return groupsByThree && lastGroup == 3 && (groupSeparator ?? last) == last ? .none : .invalid
        }
        guard let group = groupSeparator else {
            if lastGroup == 3, (1...3).contains(firstGroup), !hasLeadingZero, !isZeroBefore { return .ambiguous(last) }
            return .decimal(last)
        }
        guard groupsByThree else { return .invalid }
        if group == last { return lastGroup == 3 ? .grouping(last) : .invalid }
        return .decimal(last)
    }

    /// Whether the first group is a lone zero: `0.512` can't group.
    private var isZeroBefore: Bool { firstGroup == 1 && magnitude < 1000 }

    /// The digits after the decimal mark, under a meaning of point and comma; nil where the number isn't one under it.
    func decimals(_ style: NumberStyle) -> Int? {
        guard let last = lastSeparator else { return 0 }
        if last == style.decimalMark {
            guard let group = groupSeparator else { return lastGroup }
            return groupsByThree && group != last && style.groups(group) ? lastGroup : nil
        }
        let isGrouped = groupsByThree && lastGroup == 3 && (groupSeparator ?? last) == last && style.groups(last)
        return isGrouped ? 0 : nil
    }

    /// The number as an integer scaled by its decimals; nil where it does not fit.
    var scaled: Int64? {
        guard !overflows, magnitude <= UInt64(Int64.max) else { return nil }
        let value = Int64(magnitude)
        return isNegative ? -value : value
    }
}
