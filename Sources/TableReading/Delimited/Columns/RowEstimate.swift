/// How many rows a text seems to have.
enum RowEstimate {
    /// A guess from the length of the first rows, of a short text from that of the first one; rather too many than too few.
    ///
    /// No row is taken for shorter than a byte a column, so what is reserved over all columns stays in proportion to the
    /// text, whatever its first rows look like.
    static func rows(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, columns: Int) -> Int {
        guard start < end, end <= text.count else { return 1 }
        return (end - start) / max(4, length(text, start, end), columns) + 1
    }

    private static func length(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        guard end - start > sampleBytes else { return (ByteSearch.first(0x0A, in: text, from: start) ?? end) - start }
        return sampleBytes / max(1, text[start..<start + sampleBytes].count { $0 == 0x0A })
    }

    private static let sampleBytes = 1 << 16
}
