import Annals

/// A growing row of plain values behind one pointer.
///
/// A class's own arrays cost a dynamic check for exclusive access and a reference count at every append, which for some
/// hundred million fields is most of the time. This costs a comparison. It is freed by its owner, once.
///
/// Many values lie in the storage of an array that nobody else holds, so that they can be given away without a copy.
struct ColumnBuffer<Element: BitwiseCopyable> {
    private struct State {
        var base: UnsafeMutablePointer<Element>
        var count: Int
        var capacity: Int
        /// What ``base`` points to, as long as the capacity; empty where it is memory of its own.
        ///
        /// Never read or changed through the array while the buffer has it, so that it stays where it is.
        var storage: [Element] = []

        /// Room for some values, of which none counts yet.
        init(capacity: Int) {
            self.capacity = max(1, capacity)
            count = 0
            guard capacity >= ColumnBuffer.largeCapacity else {
                base = .allocate(capacity: self.capacity)
                return
            }
            var first: UnsafeMutablePointer<Element>?
            storage = [Element](unsafeUninitializedCapacity: capacity) { buffer, filled in
                buffer.askForLargePages()
                first = buffer.baseAddress
                // Plain values, which are whatever bytes lie there until they are written.
                filled = capacity
            }
            base = first ?? .allocate(capacity: capacity)
        }

        func free() {
            if storage.isEmpty { base.deallocate() }
        }
    }

    /// From here on values lie in an array.
    private static var largeCapacity: Int { 1 << 10 }

    private let state: UnsafeMutablePointer<State>

    init(capacity: Int = 16) {
        state = .allocate(capacity: 1)
        state.initialize(to: State(capacity: capacity))
    }

    /// Of one value, again and again.
    init(repeating element: Element, count: Int) {
        self.init(capacity: count)
        refill(with: element, count: count)
    }

    /// So many of one value in the place of what was there.
    func refill(with element: Element, count: Int) {
        reserve(count)
        // Bounds: there is room for them all now.
        state.pointee.base.update(repeating: element, count: count)
        state.pointee.count = count
    }

    /// The values as an array; the buffer is empty afterwards, so that they are in memory once.
    func take() -> [Element] {
        let count = count
        guard !state.pointee.storage.isEmpty else {
            let taken = Array(values)
            state.pointee.base.deallocate()
            state.pointee = State(capacity: 1)
            return taken
        }
        var taken = state.pointee.storage
        state.pointee = State(capacity: 1)
        taken.removeLast(taken.count - count)
        return taken
    }

    /// Frees the values; others can be appended.
    func removeAll() {
        state.pointee.free()
        state.pointee = State(capacity: 1)
    }

    /// Frees the values; the buffer may not be used afterwards.
    func deallocate() {
        state.pointee.free()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    @inline(__always)
    var count: Int { state.pointee.count }

    /// The values; until the next append.
    @inline(__always)
    var base: UnsafeMutablePointer<Element> { state.pointee.base }

    var values: UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: state.pointee.base, count: state.pointee.count)
    }

    @inline(__always)
    func append(_ element: Element) {
        if state.pointee.count == state.pointee.capacity { reserve(state.pointee.capacity * 2) }
        // Bounds: the count is below the capacity now.
        state.pointee.base[state.pointee.count] = element
        state.pointee.count += 1
    }

    func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        let needed = count + elements.count
        if needed > state.pointee.capacity { reserve(max(needed, state.pointee.capacity * 2)) }
        guard let first = elements.baseAddress else { return }
        // Bounds: there is room for them all now.
        (state.pointee.base + count).update(from: first, count: elements.count)
        state.pointee.count += elements.count
    }

    /// Makes room for that many values in all.
    @inline(never)
    func reserve(_ capacity: Int) {
        guard capacity > state.pointee.capacity else { return }
        var grown = State(capacity: capacity)
        // Bounds: there is room for more than there are.
        grown.base.update(from: state.pointee.base, count: state.pointee.count)
        grown.count = state.pointee.count
        state.pointee.free()
        state.pointee = grown
    }
}
