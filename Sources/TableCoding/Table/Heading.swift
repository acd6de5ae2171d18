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
        for measure in measures { writer.message(3) { measure.encode(to: &$0) } }
        return writer.bytes
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
            case 3: measures.append(try Measure(decoding: reader.message(field, what: "measure")))
            default: continue
            }
        }
        guard !measures.isEmpty else { throw reader.malformed("no measure") }
    }
}
