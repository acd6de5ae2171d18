package import Annals

/// The codes of a key space, written once, so that a cell's key is put together by copying bytes.
package struct KeyText: Sendable {
    /// What the last key began with: neighbours in key order differ in the last dimension alone.
    package struct Cursor {
        fileprivate var run = -1
        fileprivate var beginning: [UInt8] = []

        package init() {}
    }

    /// Before the first code.
    private let lead: [UInt8]
    /// *Shape:* `[dimension][category]`, without the last dimension; commas or spaces between codes belong to them.
    private let pieces: [PackedTexts]
    private let last: PackedTexts
    /// *Shape:* one a dimension, without the last.
    private let strides: [Int]

    /// Codes as JSON strings, within an object that goes on with a figure.
    ///
    /// - Parameters:
    ///   - keySpace: Whose codes.
    ///   - figure: The name of that figure.
    /// - Returns: From the brace of the object to the colon behind that name.
    package static func json(_ keySpace: KeySpace, before figure: String = "value") -> KeyText {
        KeyText(
            keySpace, lead: Array(#"{"at":["#.utf8), between: [0x2C], trail: Array("],\"\(figure)\":".utf8)
        ) { _, category in
            var bytes: [UInt8] = []
            JSONWriter.append(quoted: category.code, to: &bytes)
            return bytes
        }
    }

    /// Codes as CSV cells, one a dimension, between what stands in front and the value.
    package static func csv(_ keySpace: KeySpace, after start: [UInt8]) -> KeyText {
        KeyText(
            keySpace, lead: start + (keySpace.dimensions.isEmpty ? [] : [0x2C]), between: [0x2C], trail: [0x2C]
        ) { CSVWriter.field($1.code) }
    }

    /// - Parameters:
    ///   - keySpace: Whose codes.
    ///   - lead: What stands before each key.
    ///   - between: What stands between two codes.
    ///   - trail: What stands behind each key.
    ///   - text: How a category of a dimension is written.
    package init(
        _ keySpace: KeySpace, lead: [UInt8] = [], between: [UInt8], trail: [UInt8],
        _ text: (_ dimension: Int, Category) -> [UInt8]
    ) {
        self.lead = lead
        strides = keySpace.strides.dropLast()
        pieces = keySpace.dimensions.dropLast().enumerated().map { place, dimension in
            PackedTexts(dimension.categories.map { text(place, $0) + between })
        }
        if let dimension = keySpace.dimensions.last {
            let place = keySpace.dimensions.count - 1
            last = PackedTexts(dimension.categories.map { text(place, $0) + trail })
        } else {
            last = PackedTexts([trail])
        }
    }

    /// Appends the key of a combination.
    @inline(__always)
    package func append(ordinal: Int, to buffer: inout TextBuffer, _ cursor: inout Cursor) {
        let (run, category) = ordinal.quotientAndRemainder(dividingBy: last.count)
        if run != cursor.run { begin(run, ordinal, &cursor) }
        buffer.append(cursor.beginning)
        buffer.append(last, at: category)
    }

    @inline(never)
    private func begin(_ run: Int, _ ordinal: Int, _ cursor: inout Cursor) {
        cursor.run = run
        cursor.beginning.removeAll(keepingCapacity: true)
        cursor.beginning += lead
        for (texts, stride) in zip(pieces, strides) {
            texts.withBytes(at: (ordinal / stride) % texts.count) { cursor.beginning.append(contentsOf: $0) }
        }
    }
}
