/// The short path of a text column: guesses a field from the row above, and checks the guess with one comparison.
///
/// Files are written in some order, so a key repeats, or what followed it last time follows again. Where neither holds,
/// the dictionary is asked.
struct KeyLane {
    let rows: EntryBuffer
    let arena: ColumnBuffer<UInt8>
    let starts: ColumnBuffer<Int>
    let successors: ColumnBuffer<UInt32>
    let forms: ColumnBuffer<UInt8>

    private static let bare: UInt8 = 1
    private static let quoted: UInt8 = 2

    /// In which forms a content can be told by its bytes: bare, where nothing in it ends a field or is trimmed; quoted,
    /// where nothing in it closes the quote; in neither where it holds a line end, which has to be counted.
    static func forms(of bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) -> UInt8 {
        var hasDelimiter = false
        for byte in bytes {
            if byte == 0x22 || byte == 0x0A || byte == 0x0D { return 0 }
            if byte == delimiter { hasDelimiter = true }
        }
        if hasDelimiter { return quoted }
        let isPadded = bytes.first.map { $0 <= 0x20 } ?? false || bytes.last.map { $0 <= 0x20 } ?? false
        return isPadded ? quoted : bare | quoted
    }

    /// Appends the row if what followed the last one follows again with a delimiter behind it; returns where that is.
    @inline(__always)
    func advanceToSuccessor(_ text: UnsafeBufferPointer<UInt8>, _ position: Int, delimiter: UInt8) -> Int? {
        guard let above = rows.newest, position < text.count else { return nil }
        let next = successors.base[Int(above)]
        let isQuoted = text[position] == 0x22
        // Bounds: where a field ends lies below the text's count.
        guard let end = end(of: next, text, position, isQuoted: isQuoted, delimiter: delimiter),
            text[end] == delimiter
        else { return nil }
        rows.append(next)
        return end
    }

    /// Appends the row if a guess holds, and returns where the field ends; nil otherwise.
    @inline(__always)
    func advance(_ text: UnsafeBufferPointer<UInt8>, _ position: Int, delimiter: UInt8) -> Int? {
        guard let above = rows.newest, position < text.count else { return nil }
        let isQuoted = text[position] == 0x22
        if let end = end(of: above, text, position, isQuoted: isQuoted, delimiter: delimiter) {
            rows.append(above)
            return end
        }
        let next = successors.base[Int(above)]
        if next != above, let end = end(of: next, text, position, isQuoted: isQuoted, delimiter: delimiter) {
            rows.append(next)
            return end
        }
        return nil
    }

    /// Where the field ends if it is that entry; nil if it isn't, or can't be told.
    @inline(__always)
    private func end(
        of entry: UInt32, _ text: UnsafeBufferPointer<UInt8>, _ position: Int, isQuoted: Bool, delimiter: UInt8
    ) -> Int? {
        let start = starts.base[Int(entry)]
        let length = starts.base[Int(entry) + 1] - start
        let first = isQuoted ? position + 1 : position
        let last = first + length + (isQuoted ? 1 : 0)
        // Bounds: entry is below the number of entries; `last` and what lies before it are below the text's count.
        guard last < text.count, forms.base[Int(entry)] & (isQuoted ? Self.quoted : Self.bare) != 0 else { return nil }
        let end = text[last]
        guard end == delimiter || end == 0x0A || end == 0x0D && last + 1 < text.count && text[last + 1] == 0x0A else {
            return nil
        }
        if isQuoted, text[last - 1] != 0x22 { return nil }
        return Self.areEqual(arena.base + start, text.baseAddress! + first, length) ? last : nil
    }

    /// Bounds: both have `length` bytes.
    @inline(__always)
    static func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let (left, right) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        // Keys are short: the first bytes and the last ones, which may be the same in part.
        if length >= 8 {
            var index = 0
            while index + 8 < length {
                guard areEqual(left, right, at: index, UInt64.self) else { return false }
                index += 8
            }
            return areEqual(left, right, at: length - 8, UInt64.self)
        }
        if length >= 4 {
            return areEqual(left, right, at: 0, UInt32.self) && areEqual(left, right, at: length - 4, UInt32.self)
        }
        if length >= 2 {
            return areEqual(left, right, at: 0, UInt16.self) && areEqual(left, right, at: length - 2, UInt16.self)
        }
        return length == 0 || areEqual(left, right, at: 0, UInt8.self)
    }

    /// Bounds: a whole number begins at that place.
    @inline(__always)
    private static func areEqual<Number: FixedWidthInteger & BitwiseCopyable>(
        _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int, _ type: Number.Type
    ) -> Bool {
        left.loadUnaligned(fromByteOffset: offset, as: type) == right.loadUnaligned(fromByteOffset: offset, as: type)
    }
}
