package import Annals

extension SourceRef {
    /// Adds its fields to a message; `docs/formats/log.md` has the tables.
    package func encode(to writer: inout FieldWriter) {
        writer.data(1, path)
        writer.number(2, device)
        writer.number(3, inode)
        writer.signed(4, size)
        writer.signed(5, mtimeNanoseconds)
        writer.signed(6, ctimeNanoseconds)
        writer.digest(7, sha256)
        if let sidecar { writer.digest(8, sidecar) }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        self.init(path: [], size: 0, sha256: .zero)
        while let field = try reader.next() {
            switch field.number {
            case 1: path = try reader.data(field)
            case 2: device = try reader.number(field)
            case 3: inode = try reader.number(field)
            case 4:
                size = try reader.signed(field)
                guard size >= 0 else { throw reader.malformed("a size below zero") }
            case 5: mtimeNanoseconds = try reader.signed(field)
            case 6: ctimeNanoseconds = try reader.signed(field)
            case 7: sha256 = try reader.digest(field)
            case 8: sidecar = try reader.digest(field)
            default: continue
            }
        }
    }
}
