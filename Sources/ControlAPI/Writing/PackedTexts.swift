/// Texts that are written again and again, side by side in one array.
package struct PackedTexts: Sendable {
    private let bytes: [UInt8]
    /// Where each text ends, behind a 0.
    ///
    /// *Shape:* one more than there are texts, ascending, the last one `bytes.count`.
    private let ends: [Int]

    package init(_ texts: some Sequence<[UInt8]>) {
        var bytes: [UInt8] = []
        var ends = [0]
        for text in texts {
            bytes += text
            ends.append(bytes.count)
        }
        self.bytes = bytes
        self.ends = ends
    }

    package var count: Int { ends.count - 1 }

    /// One of them.
    package subscript(index: Int) -> [UInt8] { Array(bytes[ends[index]..<ends[index + 1]]) }

    @inline(__always)
    func withBytes(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let (from, to) = (ends[index], ends[index + 1])
        // Ends ascend to the number of bytes, so that the range lies within them.
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[from..<to])) }
    }
}
