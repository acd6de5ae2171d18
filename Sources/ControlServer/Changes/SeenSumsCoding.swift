import Annals
import Auditing
import TableCoding

extension SeenSums: KeptAnswer {
    func encode(to writer: inout FieldWriter) {
        for identity in identities { writer.message(1) { identity.encode(to: &$0) } }
        for identity in copies { writer.message(3) { identity.encode(to: &$0) } }
        for (dimension, codes) in namesakes.sorted(by: { $0.key < $1.key }) {
            writer.message(2) { writer in
                for text in [dimension] + codes.sorted() { writer.text(1, text) }
            }
        }
    }

    init(decoding message: FieldReader) throws(CodingError) {
        self.init()
        var reader = message
        while let field = try reader.next() {
            switch field.number {
            case 1: identities.append(try Identity(decoding: reader.message(field, what: "identity")))
            case 3: copies.append(try Identity(decoding: reader.message(field, what: "identity")))
            case 2:
                var names = try reader.message(field, what: "names")
                var texts: [String] = []
                while let field = try names.next() { texts.append(try names.text(field)) }
                guard let dimension = texts.first else { throw reader.malformed("a dimension is missing") }
                namesakes[dimension] = Set(texts.dropFirst())
            default: throw reader.malformed("field \(field.number)")
            }
        }
    }
}
