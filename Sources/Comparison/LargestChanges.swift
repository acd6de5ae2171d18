/// The rows with the largest changes, a bounded number of them, kept in a heap whose root is the least.
///
/// Of two equal changes the one that comes first in key order is the larger.
struct LargestChanges {
    private struct Entry {
        var magnitude: UInt128
        var row: Int

        func isLess(than other: Entry) -> Bool {
            magnitude == other.magnitude ? row > other.row : magnitude < other.magnitude
        }
    }

    private let limit: Int
    private var heap: [Entry] = []
    /// What a change must exceed to be taken, as long as rows come in key order.
    private(set) var threshold: UInt128 = 0

    init(limit: Int) {
        self.limit = max(0, limit)
        if limit <= 0 { threshold = .max }
    }

    /// Takes a row whose change exceeds ``threshold``.
    mutating func insert(_ row: Int, magnitude: UInt128) {
        guard magnitude > threshold else { return }
        let entry = Entry(magnitude: magnitude, row: row)
        if heap.count < limit {
            heap.append(entry)
            siftUp()
        } else {
            heap[0] = entry
            siftDown()
        }
        if heap.count == limit { threshold = heap[0].magnitude }
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isLess(than: heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while 2 * parent + 1 < heap.count {
            let left = 2 * parent + 1
            let right = left + 1
            let least = right < heap.count && heap[right].isLess(than: heap[left]) ? right : left
            guard heap[least].isLess(than: heap[parent]) else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    /// The rows, largest change first.
    var rows: [Int] { heap.sorted { $1.isLess(than: $0) }.map(\.row) }
}
