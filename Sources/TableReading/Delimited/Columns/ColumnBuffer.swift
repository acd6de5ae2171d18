/// A growing row of plain values behind one pointer.
///
/// A class's own arrays cost a dynamic check for exclusive access and a reference count at every append, which for some
/// hundred million fields is most of the time. This costs a comparison. It is freed by its owner, once.
struct ColumnBuffer<Element: BitwiseCopyable> {
    private struct State {
        var base: UnsafeMutablePointer<Element>
        var count: Int
        var capacity: Int
    }

    private let state: UnsafeMutablePointer<State>

    init(capacity: Int = 16) {
        state = .allocate(capacity: 1)
        state.initialize(to: State(base: .allocate(capacity: max(1, capacity)), count: 0, capacity: max(1, capacity)))
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
        let taken = Array(values)
        state.pointee.base.deallocate()
        state.pointee = State(base: .allocate(capacity: 1), count: 0, capacity: 1)
        return taken
    }

    /// Frees the values; the buffer may not be used afterwards.
    func deallocate() {
        state.pointee.base.deallocate()
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
        let grown = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        grown.update(from: state.pointee.base, count: state.pointee.count)
        state.pointee.base.deallocate()
        state.pointee.base = grown
        state.pointee.capacity = capacity
    }
}
