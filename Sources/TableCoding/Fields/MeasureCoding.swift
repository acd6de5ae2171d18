package import Annals

// A measure as fields; `docs/formats/log.md` has the table.

extension Measure {
    /// Adds its fields to a message.
    package func encode(to writer: inout FieldWriter) {
        writer.text(1, code)
        if label != code { writer.text(2, label) }
        if let unit { writer.text(3, unit) }
        if multiplier != 0 { writer.signed(4, Int64(multiplier)) }
        if decimals != 0 { writer.number(5, decimals) }
        if let kind { writer.text(6, kind.rawValue) }
        if let isAdditive { writer.number(7, isAdditive ? 1 : 0) }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var measure = Measure(code: "")
        var label: String?
        while let field = try reader.next() {
            switch field.number {
            case 1: measure.code = try reader.text(field)
            case 2: label = try reader.text(field)
            case 3: measure.unit = try reader.text(field)
            case 4: measure.multiplier = try Self.multiplier(reader.signed(field), reader)
            case 5: measure.decimals = try reader.integer(field, in: 0...18)
            case 6: measure.kind = try reader.word(field)
            case 7: measure.isAdditive = try reader.flag(field)
            default: continue
            }
        }
        measure.label = label ?? measure.code
        self = measure
    }

    private static func multiplier(_ value: Int64, _ reader: FieldReader) throws(CodingError) -> Int {
        guard let multiplier = Int(exactly: value), multipliers.contains(multiplier) else {
            throw reader.malformed("multiplier \(value)")
        }
        return multiplier
    }
}
