package import Annals

/// What a table says about itself beside its keys and cells; long footnotes keep out of commits this way.
package struct Heading: Hashable, Sendable {
    package var title: String
    package var notes: [String]
    /// At least one.
    package var measures: [Measure]

    /// The longest encoded heading.
    package static let maximumByteCount = 1 << 28

    package init(_ table: Table) {
        title = table.title
        notes = table.notes
        measures = table.measures
    }

    package var encoded: [UInt8] {
        var writer = FieldWriter()
        writer.text(1, title)
        for note in notes { writer.text(2, note) }
        for measure in measures { writer.message(3) { Self.encode(measure, to: &$0) } }
        return writer.bytes
    }

    private static func encode(_ measure: Measure, to writer: inout FieldWriter) {
        writer.text(1, measure.code)
        if measure.label != measure.code { writer.text(2, measure.label) }
        if let unit = measure.unit { writer.text(3, unit) }
        if measure.multiplier != 0 { writer.signed(4, Int64(measure.multiplier)) }
        if measure.decimals != 0 { writer.number(5, measure.decimals) }
        if let kind = measure.kind { writer.text(6, kind.rawValue) }
        if let isAdditive = measure.isAdditive { writer.number(7, isAdditive ? 1 : 0) }
    }

    package init(decoding bytes: [UInt8]) throws(CodingError) {
        var reader = FieldReader(bytes, what: "heading")
        title = ""
        notes = []
        measures = []
        while let field = try reader.next() {
            switch field.number {
            case 1: title = try reader.text(field)
            case 2: notes.append(try reader.text(field))
            case 3: measures.append(try Self.measure(reader.message(field, what: "measure")))
            default: continue
            }
        }
        guard !measures.isEmpty else { throw reader.malformed("no measure") }
    }

    private static func measure(_ message: FieldReader) throws(CodingError) -> Measure {
        var reader = message
        var measure = Measure(code: "")
        var label: String?
        while let field = try reader.next() {
            switch field.number {
            case 1: measure.code = try reader.text(field)
            case 2: label = try reader.text(field)
            case 3: measure.unit = try reader.text(field)
            case 4: measure.multiplier = try multiplier(reader.signed(field), reader)
            case 5: measure.decimals = try reader.integer(field, in: 0...18)
            case 6: measure.kind = try reader.word(field)
            case 7: measure.isAdditive = try reader.flag(field)
            default: continue
            }
        }
        measure.label = label ?? measure.code
        return measure
    }

    private static func multiplier(_ value: Int64, _ reader: FieldReader) throws(CodingError) -> Int {
        guard let multiplier = Int(exactly: value), Measure.multipliers.contains(multiplier) else {
            throw reader.malformed("multiplier \(value)")
        }
        return multiplier
    }
}
