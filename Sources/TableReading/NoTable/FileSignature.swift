/// What files of other kinds begin with.
///
/// Source: the formats' own specifications, and the database of file(1), version 5.44.
enum FileSignature {
    /// A kind of file that is no table to read, and what to do about it.
    struct Kind {
        /// With its article: `a PDF document`.
        var what: String
        var remedy: String
    }

    private struct Signature {
        var bytes: [UInt8]
        var offset = 0
        var kind: Kind

        init(_ text: String, at offset: Int = 0, _ kind: Kind) {
            self.init(Array(text.utf8), at: offset, kind)
        }

        init(_ bytes: [UInt8], at offset: Int = 0, _ kind: Kind) {
            (self.bytes, self.offset, self.kind) = (bytes, offset, kind)
        }
    }

    /// The kind of file; nil where it may be a table.
    static func kind(of bytes: [UInt8]) -> Kind? {
        if let found = signatures.first(where: { bytes.dropFirst($0.offset).starts(with: $0.bytes) }) {
            return found.kind
        }
        if isOldStata(bytes) { return statistics("a Stata file") }
        if isRIFF(bytes) { return image }
        return nil
    }

    // MARK: Kinds

    private static let document = Kind(
        what: "a PDF document",
        remedy:
            "A PDF holds print, and no columns: ask for the table as CSV, as a workbook, or by the publisher's interface"
    )
    private static let image = Kind(
        what: "an image", remedy: "An image holds no figures: ask for the table that it was made of, as CSV for example"
    )

    private static func columns(_ what: String) -> Kind {
        Kind(what: what, remedy: "Write it as CSV, with DuckDB, pandas or R, and drop that")
    }

    private static func compressed(_ what: String, _ program: String) -> Kind {
        Kind(what: what, remedy: "Unpack it (\(program)), and drop what is in it")
    }

    private static func database(_ what: String) -> Kind {
        Kind(what: what, remedy: "Export the table from it as CSV, and drop that")
    }

    private static func statistics(_ what: String) -> Kind {
        Kind(what: what, remedy: "Write the table as CSV, with the program that made the file or with R, and drop that")
    }

    private static let signatures: [Signature] = [
        Signature("%PDF-", document),
        Signature("{\\rtf", Kind(what: "a text document (RTF)", remedy: "Save its table as CSV, and drop that")),
        Signature("%!PS", Kind(what: "a PostScript document", remedy: "Ask for the table as CSV or as a workbook")),
        Signature([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], image), Signature([0xFF, 0xD8, 0xFF], image),
        Signature("GIF87a", image), Signature("GIF89a", image), Signature([0x49, 0x49, 0x2A, 0x00], image),
        Signature([0x4D, 0x4D, 0x00, 0x2A], image),
        Signature("PAR1", columns("a Parquet file")), Signature("ARROW1", columns("an Arrow or Feather file")),
        Signature("FEA1", columns("a Feather file")), Signature("Obj\u{1}", columns("an Avro file")),
        Signature("DUCK", at: 8, database("a DuckDB database")),
        Signature([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], columns("an HDF5 or NetCDF file")),
        Signature("CDF\u{1}", columns("a NetCDF file")), Signature("CDF\u{2}", columns("a NetCDF file")),
        Signature([0x93] + Array("NUMPY".utf8), columns("a NumPy array")),
        Signature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], compressed("a 7-Zip archive", "7z x")),
        Signature("Rar!\u{1A}\u{7}", compressed("a RAR archive", "unrar")),
        Signature("SQLite format 3\0", database("an SQLite database")),
        Signature("Standard Jet DB", at: 4, database("an Access database")),
        Signature("Standard ACE DB", at: 4, database("an Access database")),
        Signature("$FL2@(#)", statistics("an SPSS file")), Signature("$FL3@(#)", statistics("an SPSS file")),
        Signature("<stata_dta>", statistics("a Stata file")),
        Signature("HEADER RECORD*******LIB", statistics("a SAS transport file")),
        Signature(
            [UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF],
            statistics("a SAS file")),
        Signature("RDX2\n", statistics("an R data file")), Signature("RDX3\n", statistics("an R data file")),
        Signature("RDA2\n", statistics("an R data file")), Signature("RDA3\n", statistics("an R data file")),
        Signature([0x58, 0x0A, 0x00, 0x00, 0x00], statistics("an R data file (RDS)")),
    ]

    /// Stata before version 13: a number of the format, the order of the bytes, and 1.
    private static func isOldStata(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 4 else { return false }
        return [0x69, 0x6C, 0x6E, 0x6F, 0x71, 0x72, 0x73].contains(bytes[0]) && (1...2).contains(bytes[1])
            && bytes[2] == 1 && bytes[3] == 0
    }

    private static func isRIFF(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: "RIFF".utf8) && bytes.dropFirst(8).starts(with: "WEBP".utf8)
    }
}
