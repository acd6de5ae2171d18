import Annals

/// Rows in the order of their keys, each combination once.
struct RowOrder {
    let count: Int
    /// *Shape:* one a row, strictly ascending; nil where they are all combinations.
    private let listed: [UInt64]?
    /// *Shape:* as ``ordinals``; nil where that is the order in which all rows were read.
    private let rows: [UInt32]?

    /// *Shape:* one a row, strictly ascending.
    var ordinals: [UInt64] { listed ?? Array(0..<UInt64(count)) }

    /// Whether the rows are all rows, in the order in which they were read.
    var isAsRead: Bool { rows == nil }

    /// The row that stands at a place.
    func row(at place: Int) -> Int { rows.map { Int($0[place]) } ?? place }

    func forEachRow(_ body: (Int) -> Void) {
        if let rows {
            for row in rows { body(Int(row)) }
        } else {
            for row in 0..<count { body(row) }
        }
    }

    /// *Shape:* one a row, in their order.
    func map<Element>(_ body: (Int) -> Element) -> [Element] {
        rows.map { $0.map { body(Int($0)) } } ?? (0..<count).map(body)
    }

    /// - Parameters:
    ///   - keys: The key columns, of the rows that count.
    ///   - rowSpace: Their combinations.
    ///   - rows: The rows that count; nil for all.
    ///   - rowCount: How many rows there are.
    /// - Throws: The first two rows that have the same keys.
    init(keys: [KeyColumn], rowSpace: KeySpace, rows: [UInt32]?, rowCount: Int) throws(AssemblyError) {
        count = rows?.count ?? rowCount
        if rows == nil, Self.areAllInOrder(keys, rowCount: rowCount) {
            (self.rows, listed) = (nil, nil)
            return
        }
        let asRead = Self.ordinals(keys: keys, rowSpace: rowSpace, count: count)
        if Self.isStrictlyAscending(asRead) {
            (self.rows, listed) = (rows, asRead)
            return
        }
        let places = try Self.order(asRead, size: rowSpace.size, rows: rows)
        listed = places.map { asRead[Int($0)] }
        self.rows = rows.map { rows in places.map { rows[Int($0)] } } ?? places
    }

    /// Whether all rows are all combinations in their order.
    private static func areAllInOrder(_ keys: [KeyColumn], rowCount: Int) -> Bool {
        let columns = keys.map { (count: $0.dimension.categories.count, rows: $0.indices) }
        return RowOrdinals(columns, rowCount: rowCount)?.areAllInOrder ?? false
    }

    private static func ordinals(keys: [KeyColumn], rowSpace: KeySpace, count: Int) -> [UInt64] {
        var ordinals = [UInt64](repeating: 0, count: count)
        for (key, stride) in zip(keys, rowSpace.strides) {
            // A key column has one index for each row that counts. The sum is below the row space's size, which fits an
            // Int, so that nothing wraps.
            ordinals.withUnsafeMutableBufferPointer { key.indices.add(from: 0, times: UInt64(stride), to: $0) }
        }
        return ordinals
    }

    private static func isStrictlyAscending(_ ordinals: [UInt64]) -> Bool {
        ordinals.withUnsafeBufferPointer { ordinals in
            for index in 1..<max(1, ordinals.count) where ordinals[index] <= ordinals[index - 1] { return false }
            return true
        }
    }

    /// Places of the ordinals in ascending order.
    private static func order(_ ordinals: [UInt64], size: Int, rows: [UInt32]?) throws(AssemblyError) -> [UInt32] {
        func row(_ place: UInt32) -> Int { rows.map { Int($0[Int(place)]) } ?? Int(place) }
        if size / 4 <= ordinals.count + 1024 {
            // Nearly every combination is there: a slot for each costs less than sorting. 0 is an empty slot.
            var slots = [UInt32](repeating: 0, count: size)
            for (place, ordinal) in ordinals.enumerated() {
                let taken = slots[Int(ordinal)]
                if taken != 0 { throw .duplicate(first: row(taken - 1), second: row(UInt32(place))) }
                slots[Int(ordinal)] = UInt32(place) + 1
            }
            return slots.compactMap { $0 == 0 ? nil : $0 - 1 }
        }
        let places = ordinals.indices.map { UInt32($0) }.sorted {
            (ordinals[Int($0)], $0) < (ordinals[Int($1)], $1)
        }
        var first: (UInt32, UInt32)?
        for (left, right) in zip(places, places.dropFirst()) where ordinals[Int(left)] == ordinals[Int(right)] {
            if right < first?.1 ?? .max { first = (left, right) }
        }
        if let first { throw .duplicate(first: row(first.0), second: row(first.1)) }
        return places
    }
}
