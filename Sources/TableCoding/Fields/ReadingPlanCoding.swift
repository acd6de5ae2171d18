package import Annals

/// A reading plan as it stands in a commit: the role of each column, without the words on why.
extension ReadingPlan {
    /// More columns than any file is read with.
    private static let mostColumns = 65_536

    /// Adds its fields to a message; `docs/formats/log.md` has the table.
    package func encode(to writer: inout FieldWriter) {
        for column in columns { writer.message(1) { column.encode(to: &$0) } }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        self.init()
        while let field = try reader.next() {
            guard field.number == 1 else { continue }
            columns.append(try Column(decoding: reader.message(field, what: "column")))
            guard columns.count <= Self.mostColumns else { throw reader.malformed("more columns than a file has") }
        }
    }
}

extension ReadingPlan.Column {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.text(1, name)
        writer.number(2, number)
        writer.text(3, role.rawValue)
        if let of { writer.text(4, of) }
        if let text { writer.text(5, text) }
    }

    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var name = ""
        var number: Int?
        var role: ReadingPlan.Role?
        var of: String?
        var text: String?
        while let field = try reader.next() {
            switch field.number {
            case 1: name = try reader.text(field)
            case 2: number = try reader.integer(field, in: 1...65_536)
            case 3: role = try reader.word(field)
            case 4: of = try reader.text(field)
            case 5: text = try reader.text(field)
            default: continue
            }
        }
        guard let number, let role else { throw reader.malformed("number or role is missing") }
        self.init(name: name, number: number, role: role, of: of, text: text, why: "")
    }
}
