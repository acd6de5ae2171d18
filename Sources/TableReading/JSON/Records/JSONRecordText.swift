import Annals

/// Flat records written anew with a delimiter that no text has, so that they take the way of every other table.
///
/// The first line names the columns, and each record is a line: line *n* + 1 is record *n*. Numbers are written as exact
/// decimals (``JSONDecimal``), with the decimal mark that the file's dialect has; `null` and what a record doesn't have are
/// empty fields. Line breaks in a text become spaces, as labels are compared anyway.
struct JSONRecordText {
    /// The unit separator of ASCII.
    static let delimiter = FixedWidth.delimiter

    private let table: JSONRecordTable
    private let decimalMark: UInt8
    /// *Shape:* one a column: whether all its numbers that have a fraction have `.0`, as programs write whole numbers.
    private let isWhole: [Bool]
    /// Whether any number has a fraction, so that a point is known for a decimal mark.
    let hasFractions: Bool
    /// The first number that was rounded to 15 significant digits, and how many were.
    private(set) var rounded: (first: JSONValue, count: Int)?

    /// - Parameters:
    ///   - table: The records.
    ///   - decimalMark: A point or a comma.
    init(_ table: JSONRecordTable, decimalMark: UInt8) {
        self.table = table
        self.decimalMark = decimalMark
        var isWhole = [Bool](repeating: true, count: table.names.count)
        var hasFractions = false
        table.document.withTape { bytes, tape in
            var column = 0
            for cell in table.cells {
                defer { column = column + 1 == isWhole.count ? 0 : column + 1 }
                let offset = Int(tape[Int(cell)])
                guard cell != 0, JSONValue.kind(bytes[offset]) == .number,
                    let decimal = JSONDecimal(bytes, at: offset), decimal.decimals > 0
                else { continue }
                if decimal.decimals == 1, decimal.value % 10 == 0 { continue }
                hasFractions = true
                isWhole[column] = false
            }
        }
        self.isWhole = isWhole
        self.hasFractions = hasFractions
    }

    /// - Returns: The delimited text.
    /// - Throws: A record that says nothing, or a text with a control character in it.
    mutating func delimited() throws(Reason) -> [UInt8] {
        var text: [UInt8] = []
        for (place, name) in table.names.enumerated() {
            if place > 0 { text.append(Self.delimiter) }
            try append(Array(name.utf8), of: nil, to: &text)
        }
        var rounded: (first: Int, count: Int)?
        let table = table
        try table.document.withTape { (bytes, tape) throws(Reason) in
            for record in table.records.indices {
                text.append(0x0A)
                let start = text.count
                for column in table.names.indices {
                    if column > 0 { text.append(Self.delimiter) }
                    let place = Int(table.cells[record * table.names.count + column])
                    guard place > 0 else { continue }
                    let offset = Int(tape[place])
                    switch JSONValue.kind(bytes[offset]) {
                    case .string: try append(JSONText.unescaped(bytes, at: offset), of: place, to: &text)
                    case .number:
                        if appendNumber(bytes, offset, column, to: &text) {
                            rounded = (rounded?.first ?? place, (rounded?.count ?? 0) + 1)
                        }
                    case .boolean:
                        text.append(contentsOf: bytes[offset] == 0x74 ? Array("true".utf8) : Array("false".utf8))
                    default: break
                    }
                }
                try refuseNothing(text[start...], record)
            }
        }
        self.rounded = rounded.map { (JSONValue(table.document, place: $0.first), $0.count) }
        return text
    }

    private func appendNumber(
        _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ column: Int, to text: inout [UInt8]
    ) -> Bool {
        guard var decimal = JSONDecimal(bytes, at: offset) else {
            // It doesn't fit: whoever reads it as a figure refuses it as it is written.
            text.append(contentsOf: JSONDocument.excerpt(bytes, at: offset).utf8)
            return false
        }
        if isWhole[column], decimal.decimals > 0 { decimal.value /= 10; decimal.decimals = 0 }
        let start = text.count
        ScaledDecimal.append(decimal.value, decimals: decimal.decimals, to: &text)
        if decimalMark != 0x2E, let point = text[start...].firstIndex(of: 0x2E) { text[point] = decimalMark }
        return decimal.isRounded
    }

    /// A text; in quotes where it has one, or begins or ends with a space.
    private func append(_ content: [UInt8], of place: Int?, to text: inout [UInt8]) throws(Reason) {
        let isQuoted = content.contains(0x22)
        if isQuoted { text.append(0x22) }
        for byte in content {
            if byte == 0x0A || byte == 0x0D || byte == 0x09 {
                text.append(0x20)
                continue
            }
            guard byte >= 0x20, byte != 0x7F else {
                let value = JSONValue(table.document, place: place ?? table.document.roots[0].place)
                throw value.reason(
                    "A text has a control character in it", expected: "a label, a figure or a symbol",
                    remedy: "Take the character out")
            }
            if byte == 0x22 { text.append(0x22) }
            text.append(byte)
        }
        if isQuoted { text.append(0x22) }
    }

    private func refuseNothing(_ line: ArraySlice<UInt8>, _ record: Int) throws(Reason) {
        let isNothing = line.allSatisfy { $0 == Self.delimiter || $0 == 0x20 || $0 == 0x5F || $0 == 0x3D || $0 == 0x22 }
        guard isNothing else { return }
        throw JSONValue(table.document, place: Int(table.records[record])).reason(
            "A record says nothing", expected: "a name and a figure", remedy: "Leave the record out")
    }
}
