extension Table {
    /// The same with its dimensions in another order: those that are named first, as named, then the others as they stand.
    package func ordered(by ids: [String]) -> Table {
        let order = order(by: ids)
        guard order != Array(order.indices), let ordered = KeySpace(order.map { keySpace.dimensions[$0] })
        else { return self }
        var table = self
        table.keySpace = ordered
        let origins: [Int]
        switch presence {
        case .dense:
            // What one step along each dimension of the new order is in the old.
            let strides = order.map { keySpace.strides[$0] }
            origins = (0..<ordered.size).map { ordinal in
                strides.indices.reduce(0) { $0 + ordered.index(ofDimension: $1, at: ordinal) * strides[$1] }
            }
        case .sparse(let ordinals):
            let places = ordinals.map { ordinal in
                order.indices.reduce(0) { sum, place in
                    sum + keySpace.index(ofDimension: order[place], at: Int(ordinal)) * ordered.strides[place]
                }
            }
            origins = places.indices.sorted { places[$0] < places[$1] }
            table.presence = .sparse(origins.map { UInt64(places[$0]) })
        }
        table.cells.values = origins.map { cells.values[$0] }
        table.cells.marks = origins.map { cells.marks[$0] }
        return table
    }

    /// Whether they stand so already.
    package func isOrdered(by ids: [String]) -> Bool {
        let order = order(by: ids)
        return order == Array(order.indices)
    }

    /// Places of the dimensions in that order.
    private func order(by ids: [String]) -> [Int] {
        var named: [Int] = []
        for place in ids.compactMap(keySpace.dimensionIndex) where !named.contains(place) { named.append(place) }
        return named + keySpace.dimensions.indices.filter { !named.contains($0) }
    }
}
