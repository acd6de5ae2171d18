internal import Glibc

/// Notices a line that is too long, piece by piece.
///
/// A line ends with a line feed or a carriage return; in UTF-16 one of the two bytes of either is the same.
struct LineGauge {
    /// Longest piece that may be given at once: within it no line can be too long without reaching its ends.
    let pieceBytes: Int

    private let limit: Int
    /// Where the line begins that the last piece ended in, or that is too long.
    private(set) var lineStart = 0
    private var takenBytes = 0

    init(limit: Int, pieceBytes: Int) {
        precondition(limit > 0, "a line has room for a byte")
        self.limit = limit
        self.pieceBytes = min(limit, pieceBytes)
    }

    /// Takes the next piece; false where a line has become longer than the limit.
    ///
    /// Only the first and the last line end of a piece are looked for, since lines between them are shorter than the
    /// piece, and so than the limit.
    mutating func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        precondition(piece.count <= pieceBytes, "a piece is no longer than a line may be")
        guard let first = Self.firstLineEnd(in: piece), let last = Self.lastLineEnd(in: piece) else {
            takenBytes += piece.count
            return takenBytes - lineStart <= limit
        }
        guard takenBytes + first - lineStart <= limit else { return false }
        lineStart = takenBytes + last + 1
        takenBytes += piece.count
        return true
    }

    private static func firstLineEnd(in piece: UnsafeRawBufferPointer) -> Int? {
        guard let feed = position(of: 0x0A, in: piece) else { return position(of: 0x0D, in: piece) }
        return position(of: 0x0D, in: UnsafeRawBufferPointer(rebasing: piece[..<feed])) ?? feed
    }

    private static func lastLineEnd(in piece: UnsafeRawBufferPointer) -> Int? {
        guard let feed = lastPosition(of: 0x0A, in: piece) else { return lastPosition(of: 0x0D, in: piece) }
        let after = UnsafeRawBufferPointer(rebasing: piece[(feed + 1)...])
        return lastPosition(of: 0x0D, in: after).map { feed + 1 + $0 } ?? feed
    }

    private static func position(of byte: Int32, in piece: UnsafeRawBufferPointer) -> Int? {
        guard let base = piece.baseAddress, let found = memchr(base, byte, piece.count) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// From the end; a line end is rarely far from it, and where there is none at all the caller knows from the front.
    private static func lastPosition(of byte: UInt8, in piece: UnsafeRawBufferPointer) -> Int? {
        var index = piece.count - 1
        while index >= 0, piece[index] != byte { index -= 1 }
        return index >= 0 ? index : nil
    }
}
