import StableStorage

/// The headers of frames that are written together, each after the padding of the frame before it.
struct FrameHeaders {
    /// For each frame eight zeros, of which the padding before it takes its share, and its header.
    private var bytes: [UInt8]
    private var paddings: [Int] = [0]
    /// Where each frame stands in the segment.
    private(set) var offsets: [Int] = []
    /// Headers, payloads and paddings so far.
    private(set) var writtenBytes = 0

    private static let stride = FrameHeader.alignment + FrameHeader.byteCount

    init(count: Int) {
        bytes = [UInt8](repeating: 0, count: count * Self.stride + FrameHeader.alignment)
        offsets.reserveCapacity(count)
    }

    mutating func append(
        _ heading: FrameHeading, position: Int, isLastOfBatch: Bool, payload: [UInt8], at offset: Int, salt: Salt
    ) {
        let header = payload.withUnsafeBytes {
            FrameHeader(heading, position: position, isLastOfBatch: isLastOfBatch, payload: $0)
        }
        let start = offsets.count * Self.stride + FrameHeader.alignment
        bytes.withUnsafeMutableBytes {
            let place = UnsafeMutableRawBufferPointer(rebasing: $0[start..<start + FrameHeader.byteCount])
            header.encode(into: place, at: offset, salt: salt)
        }
        offsets.append(offset)
        paddings.append(FrameHeader.padded(payload.count) - payload.count)
        writtenBytes += header.frameBytes
    }

    /// Shows the 40 bytes of one header.
    func withHeader(_ number: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let start = number * Self.stride + FrameHeader.alignment
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<start + FrameHeader.byteCount])) }
    }

    /// Shows headers and payloads as they follow one another, nothing copied.
    ///
    /// - Parameters:
    ///   - payloads: The frames that were appended.
    ///   - body: Gets the pieces, valid during the call.
    /// - Throws: What `body` throws.
    func withPieces(
        payloads: ArraySlice<Frame>, _ body: ([UnsafeRawBufferPointer]) throws(StorageError) -> Void
    ) throws(StorageError) {
        try bytes.span.bytes.withUnsafeBytes { (headers) throws(StorageError) in
            var pieces: [UnsafeRawBufferPointer] = []
            pieces.reserveCapacity(2 * payloads.count + 1)
            try gather(payloads, number: 0, headers: headers, into: &pieces, body)
        }
    }

    /// One level of the stack for each payload, of at most 256 in a write, keeps its bytes where they are until `body` has returned.
    private func gather(
        _ rest: ArraySlice<Frame>, number: Int, headers: UnsafeRawBufferPointer,
        into pieces: inout [UnsafeRawBufferPointer], _ body: ([UnsafeRawBufferPointer]) throws(StorageError) -> Void
    ) throws(StorageError) {
        let start = number * Self.stride + FrameHeader.alignment
        guard let frame = rest.first else {
            pieces.append(UnsafeRawBufferPointer(rebasing: headers[start - paddings[number]..<start]))
            return try body(pieces)
        }
        pieces.append(
            UnsafeRawBufferPointer(rebasing: headers[start - paddings[number]..<start + FrameHeader.byteCount]))
        try frame.payload.span.bytes.withUnsafeBytes { (payload) throws(StorageError) in
            pieces.append(payload)
            try gather(rest.dropFirst(), number: number + 1, headers: headers, into: &pieces, body)
        }
    }
}
