/// Lines and columns of a JSON text for many places: found from a mark every few kilobytes, and not from the beginning.
struct JSONPositions: Sendable {
    private static let distance = 4096

    private let document: JSONDocument
    /// Line and column of every 4096th byte.
    private var marks: [(line: Int, column: Int)] = []

    init(_ document: JSONDocument) {
        self.document = document
        marks = document.withTape { bytes, _ in
            var marks: [(line: Int, column: Int)] = []
            marks.reserveCapacity(bytes.count / Self.distance + 1)
            var place = JSONDocument.position(of: 0, in: bytes)
            for start in stride(from: 0, to: max(1, bytes.count), by: Self.distance) {
                marks.append(place)
                Self.advance(&place, bytes, start..<min(start + Self.distance, bytes.count))
            }
            return marks
        }
    }

    func position(of offset: Int) -> (line: Int, column: Int) {
        document.withTape { bytes, _ in
            let end = min(offset, bytes.count)
            let mark = min(end / Self.distance, marks.count - 1)
            var place = marks[mark]
            Self.advance(&place, bytes, mark * Self.distance..<end)
            return place
        }
    }

    /// Goes over bytes; a byte order mark and the bytes within a character are no columns.
    private static func advance(
        _ place: inout (line: Int, column: Int), _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) {
        var start = range.lowerBound
        if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, range.upperBound) }
        for byte in bytes[start..<max(start, range.upperBound)] {
            if byte == 0x0A {
                place.line += 1
                place.column = 1
            } else if byte & 0xC0 != 0x80 {
                place.column += 1
            }
        }
    }
}
