/// The entry of each row, kept as long as somebody has it.
final class EntryRows: RandomAccessCollection {
    /// What a dictionary appends to; not to be kept.
    let buffer: EntryBuffer

    /// - Parameter buffer: Freed with this.
    init(owning buffer: EntryBuffer = EntryBuffer()) { self.buffer = buffer }

    /// - Parameter entries: *Shape:* one a row.
    convenience init(_ entries: some Collection<UInt32>) {
        self.init()
        buffer.makeRoom(for: entries.max() ?? 0)
        buffer.reserve(entries.count)
        for entry in entries { buffer.append(entry) }
    }

    deinit { buffer.deallocate() }

    var startIndex: Int { 0 }

    var endIndex: Int { buffer.count }

    subscript(row: Int) -> UInt32 { buffer[row] }

    /// The rows, of which there are none here afterwards.
    func take() -> EntryRows { EntryRows(owning: buffer.take()) }

    /// The same rows with what each entry is among others.
    ///
    /// - Parameter entries: *Shape:* one an entry.
    /// - Returns: Rows of their own.
    func translated(_ entries: [UInt32]) -> EntryRows {
        let translated = EntryBuffer()
        translated.makeRoom(for: entries.max() ?? 0)
        translated.append(buffer, as: entries)
        return EntryRows(owning: translated)
    }

    /// As ``EntryBuffer/add(from:times:to:)``.
    func add<Sum: FixedWidthInteger>(from start: Int, times step: Sum, to sums: UnsafeMutableBufferPointer<Sum>) {
        buffer.add(from: start, times: step, to: sums)
    }
}
