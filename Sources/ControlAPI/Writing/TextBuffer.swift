import Annals

/// Bytes of an answer while they are put together: rows of millions of cells are appended here.
///
/// An array would do the same; its checks on every append cost more than what is appended.
package struct TextBuffer: ~Copyable {
    /// Initialised up to ``count``, allocated up to `capacity`.
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    package private(set) var count = 0

    package init(capacity: Int = 96 * 1024) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// Appends one byte.
    @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    /// Appends bytes.
    package mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Appends the UTF-8 of a text.
    package mutating func append(_ text: String) { append(Array(text.utf8)) }

    /// Appends one of several texts.
    @inline(__always)
    package mutating func append(_ texts: PackedTexts, at index: Int) {
        texts.withBytes(at: index) { append($0) }
    }

    @inline(__always)
    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        // `reserve` made room for them behind `count`, and nobody else has this memory.
        (start + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Appends spaces; none for a number below one.
    @inline(__always)
    package mutating func append(spaces: Int) {
        guard spaces > 0 else { return }
        reserve(spaces)
        (start + count).update(repeating: 0x20, count: spaces)
        count += spaces
    }

    /// Appends a whole number.
    package mutating func append(number: Int) { append(figure: Int64(number), decimals: 0) }

    /// Appends a figure scaled by its number of decimals, as ``ScaledDecimal`` writes it.
    @inline(__always)
    package mutating func append(figure: Int64, decimals: Int) {
        let width = FigureWidth.of(figure, decimals: decimals)
        reserve(width)
        var magnitude = figure.magnitude
        // From the right: `width` bytes behind `count` are there, and each step fills one of them.
        var place = count + width
        var digits = 0
        let least = count + (figure < 0 ? 1 : 0)
        while place > least {
            place -= 1
            if digits == decimals, decimals > 0 {
                start[place] = 0x2E
                place -= 1
            }
            let (rest, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
            start[place] = 0x30 + UInt8(truncatingIfNeeded: digit)
            magnitude = rest
            digits += 1
        }
        if figure < 0 { start[count] = 0x2D }
        count += width
    }

    /// Appends the difference of two figures, which may need one bit more than they.
    @inline(__always)
    package mutating func append(difference: Int128, decimals: Int) {
        if let short = Int64(exactly: difference) {
            append(figure: short, decimals: decimals)
        } else {
            append(ScaledDecimal.text(difference: difference, decimals: decimals))
        }
    }

    /// Takes away the spaces at the end, back to where a line began.
    package mutating func removeTrailingSpaces(backTo line: Int) {
        while count > line, start[count - 1] == 0x20 { count -= 1 }
    }

    /// Gives what was written so far and goes on empty.
    package mutating func take() -> [UInt8] {
        defer { count = 0 }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let wanted = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        capacity = wanted
    }
}

/// How many characters a figure takes.
package enum FigureWidth {
    /// Sign, digits and point, as ``ScaledDecimal`` writes them.
    @inline(__always)
    package static func of(_ figure: Int64, decimals: Int) -> Int {
        let digits = max(digitCount(figure.magnitude), decimals + 1)
        return digits + (decimals > 0 ? 1 : 0) + (figure < 0 ? 1 : 0)
    }

    /// The same of the difference of two figures.
    @inline(__always)
    package static func of(difference: Int128, decimals: Int) -> Int {
        if let short = Int64(exactly: difference) { return of(short, decimals: decimals) }
        return ScaledDecimal.text(difference: difference, decimals: decimals).utf8.count
    }

    /// 1 for zero.
    @inline(__always)
    package static func digitCount(_ number: UInt64) -> Int {
        if number < 10 { return 1 }
        if number < 100 { return 2 }
        if number < 1000 { return 3 }
        if number < 10_000 { return 4 }
        var count = 4
        var rest = number / 10_000
        while rest > 0 {
            rest /= 10
            count += 1
        }
        return count
    }
}
