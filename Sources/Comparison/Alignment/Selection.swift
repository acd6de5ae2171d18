package import Annals

/// Part of a key space: for some dimensions, the codes that are wanted.
package struct Selection: Sendable {
    /// The wanted indices of each dimension, ascending; nil where all are.
    ///
    /// *Shape:* one a dimension.
    package let indices: [[Int]?]
    /// For each category whether it is wanted; nil where all are.
    ///
    /// *Shape:* `[dimension][category]`.
    private let isWanted: [[Bool]?]
    private let keySpace: KeySpace

    /// Resolves codes by id of dimension.
    ///
    /// A text that is no code as a whole is taken as several codes parted by commas; of those that hold commas themselves the
    /// longest that there is. An empty one is unknown.
    ///
    /// - Parameters:
    ///   - wanted: `03`, or `03,11`, by id of dimension.
    ///   - keySpace: Where the codes are looked up.
    /// - Throws: `unknownDimension` and `unknownCode`, with those that there are.
    package init(_ wanted: [String: String], in keySpace: KeySpace) throws(ComparisonRefusal) {
        let ids = keySpace.dimensions.map(\.id)
        if let unknown = wanted.keys.filter({ !ids.contains($0) }).sorted().first {
            throw .unknownDimension(unknown, known: ids)
        }
        var indices: [[Int]?] = []
        for dimension in keySpace.dimensions {
            if let text = wanted[dimension.id] {
                indices.append(try Self.resolve(text, in: dimension))
            } else {
                indices.append(nil)
            }
        }
        self.indices = indices
        isWanted = zip(indices, keySpace.dimensions).map { wanted, dimension in
            wanted.map { wanted in
                wanted.reduce(into: [Bool](repeating: false, count: dimension.categories.count)) { $0[$1] = true }
            }
        }
        self.keySpace = keySpace
    }

    /// The categories that a text names, ascending.
    static func resolve(_ text: String, in dimension: Dimension) throws(ComparisonRefusal) -> [Int] {
        if let index = dimension.index(of: text) { return [index] }
        let indexByCode = dimension.indexByCode()
        let parts = Self.codes(in: text, among: indexByCode.keys) { indexByCode[$0] != nil }
        var indices: Set<Int> = []
        for part in parts {
            guard let index = indexByCode[part] else {
                throw .unknownCode(part, dimension: dimension.id, known: dimension.categories.map(\.code))
            }
            indices.insert(index)
        }
        return indices.sorted()
    }

    /// The codes in a text, parted by commas: of those that hold commas themselves the longest that is known.
    ///
    /// - Parameters:
    ///   - text: Of a selection.
    ///   - known: All that may be meant.
    ///   - isKnown: Whether one is among them.
    /// - Returns: Each as it stands; what isn't known up to the next comma.
    static func codes(in text: String, among known: some Sequence<String>, _ isKnown: (String) -> Bool) -> [String] {
        if isKnown(text) { return [text] }
        let mostParts = (known.lazy.map { $0.utf8.count { $0 == comma } }.max() ?? 0) + 1
        var codes: [String] = []
        var rest = text.split(separator: ",", omittingEmptySubsequences: false)[...]
        while let first = rest.first {
            let lengths = (1...min(mostParts, rest.count)).reversed()
            let length = lengths.first { isKnown(rest.prefix($0).joined(separator: ",")) }
            codes.append(length.map { rest.prefix($0).joined(separator: ",") } ?? String(first))
            rest = rest.dropFirst(length ?? 1)
        }
        return codes
    }

    private static let comma = UInt8(ascii: ",")

    /// Whether everything is wanted.
    package var isEverything: Bool { indices.allSatisfy { $0 == nil } }

    /// How many combinations are wanted.
    package var count: Int {
        // A part of a product that fits.
        zip(indices, keySpace.dimensions).reduce(1) { $0 * ($1.0?.count ?? $1.1.categories.count) }
    }

    /// Whether a combination is wanted.
    package func contains(_ ordinal: Int) -> Bool {
        for (dimension, wanted) in isWanted.enumerated() {
            guard let wanted else { continue }
            guard wanted[keySpace.index(ofDimension: dimension, at: ordinal)] else { return false }
        }
        return true
    }

    /// Every wanted ordinal, ascending.
    package func forEachOrdinal(_ body: (Int) -> Void) {
        visit(dimension: 0, base: 0, body)
    }

    private func visit(dimension: Int, base: Int, _ body: (Int) -> Void) {
        guard dimension < indices.count else {
            body(base)
            return
        }
        let stride = keySpace.strides[dimension]
        if let wanted = indices[dimension] {
            for index in wanted { visit(dimension: dimension + 1, base: base + index * stride, body) }
        } else {
            for index in keySpace.dimensions[dimension].categories.indices {
                visit(dimension: dimension + 1, base: base + index * stride, body)
            }
        }
    }

    /// The cells of a table of that key space that are wanted, in key order.
    package func cells(of table: Table) -> [Int] {
        if isEverything { return Array(0..<table.cells.count) }
        var cells: [Int] = []
        if count <= table.cells.count {
            forEachOrdinal { ordinal in
                if let cell = table.cell(atOrdinal: ordinal) { cells.append(cell) }
            }
        } else {
            for cell in 0..<table.cells.count where contains(table.ordinal(ofCell: cell)) { cells.append(cell) }
        }
        return cells
    }
}
