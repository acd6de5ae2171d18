/// What the last few different texts of each column were taken for, so that one that comes again isn't looked at again.
///
/// Keys and their labels repeat, row after row; a text that isn't found here is looked at as if it were the first.
struct RecentTexts {
    private struct Slot {
        var field = 0..<0
        var kind = ColumnSurvey.Column.Kind.other
    }

    private let text: UnsafeBufferPointer<UInt8>
    /// Of each column; a power of two.
    private static let places = 8
    /// *Shape:* columns × places, row-major.
    private var slots: [Slot]

    init(_ text: UnsafeBufferPointer<UInt8>, columns: Int) {
        self.text = text
        slots = [Slot](repeating: Slot(), count: columns * Self.places)
    }

    /// What a field was taken for, by its bytes; nil where it isn't known any more.
    ///
    /// - Parameters:
    ///   - field: Its place in the text; not empty.
    ///   - column: Its number, from 0.
    /// - Returns: What was kept with the same bytes.
    @inline(__always)
    func kind(of field: Range<Int>, _ column: Int) -> ColumnSurvey.Column.Kind? {
        let slot = slots[place(field, column)]
        guard slot.field.count == field.count, let base = text.baseAddress,
            KeyLane.areEqual(base + slot.field.lowerBound, base + field.lowerBound, field.count)
        else { return nil }
        return slot.kind
    }

    mutating func keep(_ field: Range<Int>, _ kind: ColumnSurvey.Column.Kind, _ column: Int) {
        slots[place(field, column)] = Slot(field: field, kind: kind)
    }

    @inline(__always)
    private func place(_ field: Range<Int>, _ column: Int) -> Int {
        let sum = field.count &* 5 &+ Int(text[field.lowerBound]) &* 3 &+ Int(text[field.upperBound - 1])
        return column * Self.places + sum & (Self.places - 1)
    }
}
