import Annals

/// Where figures stand: a few of them are kept, and the others are found from these.
struct PXLandmarks: Sendable {
    private struct Place {
        var position: Int
        var line: Int
        /// Of the token before, in its line.
        var column: Int
    }

    /// So many figures lie between two that are kept.
    static let distance = 1024

    private var places: [Place] = []
    /// Numbers of the figures that begin a row with keys in front of it, ascending; empty where there are none.
    private var rowStarts: [Int] = []
    var end = 0

    /// Keeps the place of a token, the first or another one of so many.
    mutating func add(_ tokens: PXTokens) {
        places.append(
            Place(
                position: tokens.isQuoted ? tokens.start - 1 : tokens.start, line: tokens.line,
                column: tokens.column - 1))
    }

    /// A row with keys has ended; `count` figures were read so far.
    mutating func endRow(_ count: Int) { rowStarts.append(count) }

    /// How many keys stand in front of each row with keys.
    var keyCount = 0

    /// The place and the text of a figure that was read before.
    func place(ofFigure figure: Int, in bytes: UnsafeBufferPointer<UInt8>) -> CellOrigin {
        let kept = figure / Self.distance
        guard kept < places.count else { return CellOrigin(line: 1, column: 1, text: "") }
        let place = places[kept]
        var tokens = PXTokens(bytes, from: place.position, line: place.line, end: end, column: place.column)
        var number = kept * Self.distance
        var keys = 0
        // The same tokens were read without error a moment ago.
        while (try? tokens.next()) ?? false {
            if keys > 0 {
                keys -= 1
                continue
            }
            if number == figure { break }
            number += 1
            if keyCount > 0, isRowStart(number) { keys = keyCount }
        }
        return CellOrigin(line: tokens.line, column: tokens.column, text: FieldText.string(tokens.token))
    }

    private func isRowStart(_ figure: Int) -> Bool {
        var (low, high) = (0, rowStarts.count)
        while low < high {
            let middle = (low + high) / 2
            if rowStarts[middle] < figure { low = middle + 1 } else { high = middle }
        }
        return low < rowStarts.count && rowStarts[low] == figure
    }
}
