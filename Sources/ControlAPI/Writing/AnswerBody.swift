/// An answer of any length: fixed parts, and rows that are written when their turn comes.
///
/// Whoever sends it asks for one piece after another; never more than a piece of it is in memory.
package struct AnswerBody: Sendable {
    /// Appends these rows.
    ///
    /// It may compute; it must not wait for storage.
    package typealias Rows = @Sendable (_ rows: Range<Int>, _ buffer: inout TextBuffer) -> Void

    fileprivate enum Part: Sendable {
        case bytes([UInt8])
        case rows(count: Int, Rows)
    }

    private var parts: [Part] = []

    package init() {}

    /// Bytes in a piece, about.
    package static let pieceBytes = 64 * 1024
    /// Rows that are written before the size of a piece is looked at again.
    private static let batch = 256

    /// Adds bytes that are known.
    package mutating func append(_ bytes: [UInt8]) {
        if !bytes.isEmpty { parts.append(.bytes(bytes)) }
    }

    /// Adds the UTF-8 of a text.
    package mutating func append(_ text: String) { append(Array(text.utf8)) }

    /// Adds rows.
    package mutating func append(rows count: Int, _ write: @escaping Rows) {
        if count > 0 { parts.append(.rows(count: count, write)) }
    }

    /// Adds all of another one.
    package mutating func append(_ other: AnswerBody) { parts += other.parts }

    /// The pieces from the beginning.
    package func pieces() -> Pieces { Pieces(parts) }

    /// All of it at once, where it is known to be small.
    package func bytes() -> [UInt8] {
        var all: [UInt8] = []
        var pieces = pieces()
        while let piece = pieces.next() { all += piece }
        return all
    }

    /// One piece after another.
    package struct Pieces: ~Copyable {
        private let parts: [Part]
        private var part = 0
        private var row = 0
        private var buffer = TextBuffer()

        fileprivate init(_ parts: [Part]) { self.parts = parts }

        /// The next piece; nil at the end.
        package mutating func next() -> [UInt8]? {
            while part < parts.count, buffer.count < AnswerBody.pieceBytes { step() }
            return buffer.count == 0 ? nil : buffer.take()
        }

        private mutating func step() {
            switch parts[part] {
            case .bytes(let bytes):
                buffer.append(bytes)
                part += 1
            case .rows(let count, let write):
                let end = min(row + AnswerBody.batch, count)
                write(row..<end, &buffer)
                row = end
                guard row == count else { return }
                part += 1
                row = 0
            }
        }
    }
}
