package import Annals

/// Reasons and findings as they stand in a commit.
extension Reason {
    /// Adds its fields to a message; `docs/formats/log.md` has the tables.
    package func encode(to writer: inout FieldWriter) {
        writer.text(1, message)
        if let line { writer.signed(2, Int64(line)) }
        if let column { writer.signed(3, Int64(column)) }
        if let found { writer.text(4, found) }
        if let expected { writer.text(5, expected) }
        if let remedy { writer.text(6, remedy) }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        self.init("")
        while let field = try reader.next() {
            switch field.number {
            case 1: self.message = try reader.text(field)
            case 2: line = Int(try reader.signed(field))
            case 3: column = Int(try reader.signed(field))
            case 4: found = try reader.text(field)
            case 5: expected = try reader.text(field)
            case 6: remedy = try reader.text(field)
            default: continue
            }
        }
    }
}

extension Finding {
    /// Adds its fields to a message; `docs/formats/log.md` has the tables.
    package func encode(to writer: inout FieldWriter) {
        writer.text(1, code)
        writer.text(2, message)
        if let line { writer.signed(3, Int64(line)) }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        self.init("", "")
        while let field = try reader.next() {
            switch field.number {
            case 1: code = try reader.text(field)
            case 2: self.message = try reader.text(field)
            case 3: line = Int(try reader.signed(field))
            default: continue
            }
        }
    }
}
