import NIOCore

/// Bytes that go along with a question, read as they are sent: never more than a piece of them is in memory.
package struct RequestBytes: Sendable {
    /// Gives the bytes from a place on, at least one.
    package typealias Piece = @Sendable (_ offset: Int) throws -> [UInt8]

    package let byteCount: Int
    private let piece: Piece

    /// - Parameters:
    ///   - byteCount: How many there are in all.
    ///   - piece: Is asked for one piece after another, until all were given; what it throws ends the request.
    package init(byteCount: Int, piece: @escaping Piece) {
        self.byteCount = byteCount
        self.piece = piece
    }

    /// As the library takes them.
    struct Pieces: AsyncSequence, Sendable {
        struct Iterator: AsyncIteratorProtocol {
            let bytes: RequestBytes
            var offset = 0

            mutating func next() async throws -> ByteBuffer? {
                guard offset < bytes.byteCount else { return nil }
                let piece = try bytes.piece(offset)
                offset += piece.count
                return ByteBuffer(bytes: piece)
            }
        }

        let bytes: RequestBytes

        func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes) }
    }
}
