package import Annals

/// What sidecars say, as it stands in a commit.
extension Sidecar {
    /// Adds its fields to a message; `docs/formats/log.md` has the tables.
    package func encode(to writer: inout FieldWriter) {
        if let dataset { writer.text(1, dataset.slug) }
        if let year { writer.signed(2, Int64(year)) }
        if let dialect { writer.text(3, dialect) }
        if let kind { writer.text(4, kind.rawValue) }
        if let stage { writer.text(5, stage.rawValue) }
        if let reason { writer.text(6, reason) }
        if let published { writer.signed(7, published.microseconds) }
        if let encoding { writer.text(8, encoding.rawValue) }
        if let sheet { writer.text(9, sheet) }
        if let table { writer.text(10, table) }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        self.init()
        while let field = try reader.next() {
            switch field.number {
            case 1: dataset = try reader.dataset(field)
            case 2: year = Int(try reader.signed(field))
            case 3: dialect = try reader.text(field)
            case 4: kind = try reader.word(field)
            case 5: stage = try reader.word(field)
            case 6: reason = try reader.text(field)
            case 7: published = try reader.instant(field)
            case 8: encoding = try reader.word(field)
            case 9: sheet = try reader.text(field)
            case 10: table = try reader.text(field)
            default: continue
            }
        }
    }
}
