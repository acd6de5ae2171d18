internal import Annals

/// The small values that commits and drop entries have in common, from bytes that may say anything.
extension ClaimKey {
    init(decoding message: FieldReader) throws(ArchiveError) {
        var reader = message
        self.init(path: [], device: 0, inode: 0, size: 0, mtimeNanoseconds: 0, ctimeNanoseconds: 0, sha256: .zero)
        while let field = try reader.next() {
            switch field.number {
            case 1: path = try reader.data(field)
            case 2: device = try reader.number(field)
            case 3: inode = try reader.number(field)
            case 4: size = try reader.signed(field)
            case 5: mtimeNanoseconds = try reader.signed(field)
            case 6: ctimeNanoseconds = try reader.signed(field)
            case 7: sha256 = try reader.digest(field)
            default: continue
            }
        }
    }
}

extension Reason {
    init(decoding message: FieldReader) throws(ArchiveError) {
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
    init(decoding message: FieldReader) throws(ArchiveError) {
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

extension Sidecar {
    init(decoding message: FieldReader) throws(ArchiveError) {
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
            default: continue
            }
        }
    }
}

extension FieldReader {
    /// A dataset's slug.
    func dataset(_ field: Field) throws(ArchiveError) -> DatasetID {
        guard let dataset = DatasetID(try text(field)) else { throw malformed("field \(field.number) is no slug") }
        return dataset
    }
}
