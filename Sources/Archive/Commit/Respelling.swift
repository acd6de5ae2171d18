internal import Annals

/// A code that one table has and another hasn't, which has one that differs from it by capitals, accents, hyphens or spaces
/// alone: `BERGEN` for `Bergen`, `NO-02` for `NO02`, `Sør–Trøndelag` for `Sør-Trøndelag`.
///
/// Where a table has both they are two.
struct Respelling {
    let code: String
    let known: String

    /// Nil where no code is so.
    ///
    /// - Parameters:
    ///   - dimension: Of the table that arrives.
    ///   - known: The same of the table that it would continue.
    ///   - translated: Codes that a concordance knows under another name.
    init?(of dimension: Dimension, known: Dimension, translated: Set<String>) {
        let own = Set(dimension.categories.map(\.code))
        let earlier = Set(known.categories.map(\.code))
        let new = dimension.categories.map(\.code).filter { !earlier.contains($0) && !translated.contains($0) }
        guard !new.isEmpty else { return nil }
        let gone = known.categories.map(\.code).filter { !own.contains($0) }
        guard !gone.isEmpty else { return nil }
        let bySpelling = Dictionary(gone.map { (Self.folded($0), $0) }, uniquingKeysWith: { first, _ in first })
        for code in new {
            guard let earlier = bySpelling[Self.folded(code)] else { continue }
            (self.code, self.known) = (code, earlier)
            return
        }
        return nil
    }

    /// Without capitals and accents, and without what may stand between letters; between digits it means something, `1-4`,
    /// and so does every other sign, `Rh+`.
    private static func folded(_ code: String) -> String {
        var folded = ""
        var gap = false
        for scalar in code.unicodeScalars {
            if isJoint(scalar) {
                gap = true
                continue
            }
            let plain = Slug.name(String(scalar))
            let next = plain.isEmpty ? scalar.properties.lowercaseMapping : plain
            if gap, let last = folded.last, last.isNumber, next.first?.isNumber == true { folded += "-" }
            gap = false
            folded += next
        }
        return folded
    }

    private static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x2D, 0x2E, 0x5F, 0xA0, 0xAD, 0x2010...0x2015, 0x2018, 0x2019, 0x27, 0x2009, 0x202F, 0x300...0x36F:
            true
        default: false
        }
    }
}
