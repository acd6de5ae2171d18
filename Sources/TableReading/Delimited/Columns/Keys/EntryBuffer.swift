import Annals

/// The entry of each row of a text column, in as few bytes as the greatest entry takes.
///
/// Most columns have few different texts, and a row of them takes one byte: that is what has to be written, kept and gone
/// through again. As ``ColumnBuffer``, this is one pointer behind which rows grow, and is freed by its owner, once.
struct EntryBuffer: RandomAccessCollection {
    /// How many bytes a row takes.
    private enum Width: Int {
        case one = 1
        case two = 2
        case four = 4

        static func holding(_ entry: UInt32) -> Width { entry <= 0xFF ? .one : entry <= 0xFFFF ? .two : .four }
    }

    private struct State {
        /// Room for ``capacity`` rows.
        var base: UnsafeMutableRawPointer
        var count = 0
        var capacity: Int
        var width: Width

        init(capacity: Int, width: Width) {
            self.capacity = Swift.max(16, capacity)
            self.width = width
            let bytes = UnsafeMutableRawBufferPointer.allocate(
                byteCount: self.capacity * width.rawValue, alignment: MemoryLayout<UInt32>.alignment)
            bytes.bindMemory(to: UInt8.self).askForLargePages()
            base = bytes.baseAddress!  // there are bytes
        }
    }

    private let state: UnsafeMutablePointer<State>

    init() {
        state = .allocate(capacity: 1)
        state.initialize(to: State(capacity: 0, width: .one))
    }

    /// Frees the rows; the buffer may not be used afterwards.
    func deallocate() {
        state.pointee.base.deallocate()
        state.deallocate()
    }

    /// The rows in a buffer of their own, which has to be freed; this one is empty afterwards.
    func take() -> EntryBuffer {
        let taken = EntryBuffer()
        swap(&taken.state.pointee, &state.pointee)
        return taken
    }

    // MARK: Reading

    var startIndex: Int { 0 }

    @inline(__always)
    var endIndex: Int { state.pointee.count }

    @inline(__always)
    subscript(row: Int) -> UInt32 {
        precondition(row >= 0 && row < state.pointee.count, "a row that is there")
        return entry(row)
    }

    /// The entry of the last row; nil where there is none.
    @inline(__always)
    var newest: UInt32? { state.pointee.count > 0 ? entry(state.pointee.count - 1) : nil }

    /// Bounds: the row is there.
    @inline(__always)
    private func entry(_ row: Int) -> UInt32 {
        switch state.pointee.width {
        case .one: UInt32(state.pointee.base.load(fromByteOffset: row, as: UInt8.self))
        case .two: UInt32(state.pointee.base.load(fromByteOffset: 2 * row, as: UInt16.self))
        case .four: state.pointee.base.load(fromByteOffset: 4 * row, as: UInt32.self)
        }
    }

    /// Adds the entries of some rows, each times a step, to a sum for each row; the caller knows that nothing wraps.
    ///
    /// - Parameters:
    ///   - start: The row of the first sum; all rows of the sums are there.
    ///   - step: What an entry is multiplied by.
    ///   - sums: *Shape:* one a row.
    func add<Sum: FixedWidthInteger>(
        from start: Int, times step: Sum, to sums: UnsafeMutableBufferPointer<Sum>
    ) {
        precondition(start >= 0 && start + sums.count <= count, "rows that are there")
        switch state.pointee.width {
        case .one: add(UInt8.self, start, step, sums)
        case .two: add(UInt16.self, start, step, sums)
        case .four: add(UInt32.self, start, step, sums)
        }
    }

    @inline(__always)
    private func add<Entry: FixedWidthInteger, Sum: FixedWidthInteger>(
        _ type: Entry.Type, _ start: Int, _ step: Sum, _ sums: UnsafeMutableBufferPointer<Sum>
    ) {
        // Bounds: there is a row for each sum.
        let entries = rows(as: type) + start
        for row in 0..<sums.count { sums[row] &+= Sum(truncatingIfNeeded: entries[row]) &* step }
    }

    /// The rows where each takes the bytes of that type.
    @inline(__always)
    private func rows<Entry: FixedWidthInteger>(as type: Entry.Type) -> UnsafeMutablePointer<Entry> {
        state.pointee.base.assumingMemoryBound(to: type)
    }

    // MARK: Appending

    /// Appends a row.
    ///
    /// - Parameter entry: One that there is room for: ``makeRoom(for:)``.
    @inline(__always)
    func append(_ entry: UInt32) {
        if state.pointee.count == state.pointee.capacity { reserve(state.pointee.capacity * 2) }
        let (base, count) = (state.pointee.base, state.pointee.count)
        // Bounds: the count is below the capacity now.
        switch state.pointee.width {
        case .one: base.storeBytes(of: UInt8(truncatingIfNeeded: entry), toByteOffset: count, as: UInt8.self)
        case .two: base.storeBytes(of: UInt16(truncatingIfNeeded: entry), toByteOffset: 2 * count, as: UInt16.self)
        case .four: base.storeBytes(of: entry, toByteOffset: 4 * count, as: UInt32.self)
        }
        state.pointee.count = count + 1
    }

    /// Appends the last row again and again, until there are so many rows; nothing where there is none.
    @inline(__always)
    func repeatNewest(to count: Int) {
        let filled = state.pointee.count
        if filled < count, let newest { fill(with: newest, to: count) }
    }

    /// Appends rows of one entry that there is room for, until there are so many rows.
    private func fill(with entry: UInt32, to count: Int) {
        let filled = state.pointee.count
        if count > state.pointee.capacity { reserve(Swift.max(count, state.pointee.capacity * 2)) }
        // Bounds: there is room for them all now.
        switch state.pointee.width {
        case .one:
            (rows(as: UInt8.self) + filled).update(repeating: UInt8(truncatingIfNeeded: entry), count: count - filled)
        case .two:
            (rows(as: UInt16.self) + filled).update(repeating: UInt16(truncatingIfNeeded: entry), count: count - filled)
        case .four: (rows(as: UInt32.self) + filled).update(repeating: entry, count: count - filled)
        }
        state.pointee.count = count
    }

    /// Appends the rows of another buffer, each with what its entry is here.
    ///
    /// - Parameters:
    ///   - following: Rows.
    ///   - entries: *Shape:* one an entry of the other buffer; entries that there is room for.
    func append(_ following: EntryBuffer, as entries: [UInt32]) {
        let needed = count + following.count
        if needed > state.pointee.capacity { reserve(Swift.max(needed, state.pointee.capacity * 2)) }
        // Most pieces meet the same texts in the same order.
        if following.state.pointee.width == state.pointee.width,
            entries.indices.allSatisfy({ entries[$0] == UInt32(truncatingIfNeeded: $0) })
        {
            let width = state.pointee.width.rawValue
            // Bounds: there is room for all rows behind those that there are.
            (state.pointee.base + count * width).copyMemory(
                from: following.state.pointee.base, byteCount: following.count * width)
            state.pointee.count = needed
            return
        }
        switch following.state.pointee.width {
        case .one: append(following, UInt8.self, entries)
        case .two: append(following, UInt16.self, entries)
        case .four: append(following, UInt32.self, entries)
        }
        state.pointee.count = needed
    }

    private func append<Entry: FixedWidthInteger>(_ following: EntryBuffer, _ type: Entry.Type, _ entries: [UInt32]) {
        let (rows, count, start) = (following.rows(as: type), following.count, count)
        // Bounds: there is room for all rows behind `start`.
        switch state.pointee.width {
        case .one: Self.translate(rows, count, entries, to: self.rows(as: UInt8.self) + start)
        case .two: Self.translate(rows, count, entries, to: self.rows(as: UInt16.self) + start)
        case .four: Self.translate(rows, count, entries, to: self.rows(as: UInt32.self) + start)
        }
    }

    private static func translate<Entry: FixedWidthInteger, Own: FixedWidthInteger>(
        _ rows: UnsafeMutablePointer<Entry>, _ count: Int, _ entries: [UInt32], to target: UnsafeMutablePointer<Own>
    ) {
        entries.withUnsafeBufferPointer { entries in
            for row in 0..<count {
                // An entry that isn't there would be a figure under a wrong code.
                let entry = Int(rows[row])
                precondition(entry < entries.count, "an entry that is there")
                target[row] = Own(truncatingIfNeeded: entries[entry])
            }
        }
    }

    // MARK: Room

    /// Makes room for that many rows in all.
    @inline(never)
    func reserve(_ capacity: Int) {
        guard capacity > state.pointee.capacity else { return }
        move(to: State(capacity: capacity, width: state.pointee.width))
    }

    /// Sees to it that rows can have an entry; what is there takes more bytes where it has to.
    @inline(__always)
    func makeRoom(for entry: UInt32) {
        if Width.holding(entry).rawValue > state.pointee.width.rawValue { widen(to: Width.holding(entry)) }
    }

    @inline(never)
    private func widen(to width: Width) { move(to: State(capacity: state.pointee.capacity, width: width)) }

    private func move(to target: State) {
        var target = target
        target.count = count
        let base = target.base
        // Bounds: there is room for as many rows, and none of them takes fewer bytes than it did.
        switch (state.pointee.width, target.width) {
        case (.one, .two): Self.widen(rows(as: UInt8.self), count, to: base.assumingMemoryBound(to: UInt16.self))
        case (.one, .four): Self.widen(rows(as: UInt8.self), count, to: base.assumingMemoryBound(to: UInt32.self))
        case (.two, .four): Self.widen(rows(as: UInt16.self), count, to: base.assumingMemoryBound(to: UInt32.self))
        default: base.copyMemory(from: state.pointee.base, byteCount: count * target.width.rawValue)
        }
        state.pointee.base.deallocate()
        state.pointee = target
    }

    private static func widen<Narrow: FixedWidthInteger, Wide: FixedWidthInteger>(
        _ rows: UnsafeMutablePointer<Narrow>, _ count: Int, to target: UnsafeMutablePointer<Wide>
    ) {
        for row in 0..<count { target[row] = Wide(truncatingIfNeeded: rows[row]) }
    }
}
