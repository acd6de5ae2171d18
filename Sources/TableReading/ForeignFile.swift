import Annals

/// Files that hold no table that any reader reads, known by their first bytes: each refused as what it is.
package struct ForeignFileReader: TableReader {
    package let name = "foreign"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        guard let reason = Self.reason(input.document.bytes) else {
            return .declines("it isn't one of the formats that are known and not read")
        }
        return .accepts(RefusedFile(reason: reason))
    }

    private static let workbook = "a workbook as .xlsx or .ods, or a table as text"

    private static func reason(_ bytes: [UInt8]) -> Reason? {
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return compound(bytes) }
        // A text may begin so, too.
        if bytes.starts(with: "PAR1".utf8), bytes.suffix(4).elementsEqual("PAR1".utf8) {
            return Reason(
                "The file is a Parquet file", found: "PAR1", expected: workbook, remedy: "Export the table as CSV")
        }
        for (magic, what, remedy) in known where bytes.starts(with: magic.utf8) {
            return Reason("The file is \(what)", found: magic.filter(\.isLetter), expected: workbook, remedy: remedy)
        }
        for (magic, what) in images where bytes.starts(with: magic) {
            return Reason(
                "The file is an image (\(what))", expected: workbook, remedy: "Drop the table itself, as text")
        }
        return nil
    }

    private static let known: [(magic: String, what: String, remedy: String)] = [
        (
            "%PDF-", "a PDF",
            "Ask for the table as a workbook or CSV; figures aren't taken out of pages that were printed"
        ),
        ("{\\rtf", "a document of rich text", "Put the table into a workbook, or export it as CSV"),
        ("SQLite format 3", "a database of SQLite", "Export the table as CSV"),
    ]

    private static let images: [(magic: [UInt8], what: String)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "PNG"), ([0xFF, 0xD8, 0xFF], "JPEG"), (Array("GIF89a".utf8), "GIF"),
        (Array("GIF87a".utf8), "GIF"),
        ([0x49, 0x49, 0x2A, 0x00], "TIFF"), ([0x4D, 0x4D, 0x00, 0x2A], "TIFF"),
    ]

    /// A compound file: an old workbook, an encrypted one, or a document, by the names of its streams.
    private static func compound(_ bytes: [UInt8]) -> Reason {
        if holds("EncryptedPackage", bytes) {
            return Reason(
                "The workbook is encrypted with a password", expected: "a workbook without a password",
                remedy: "Open it, take the password off, and save it anew")
        }
        if holds("WordDocument", bytes) {
            return Reason(
                "The file is an old Word document (.doc)", expected: workbook,
                remedy: "Put the table into a workbook, or export it as CSV")
        }
        return Reason(
            "The file is an old binary workbook (.xls)", found: "a compound file of Microsoft Office",
            expected: workbook, remedy: "Open it in a spreadsheet program and save it anew as .xlsx or .ods")
    }

    /// Whether the name of a stream stands in the directory, in UTF-16.
    private static func holds(_ name: String, _ bytes: [UInt8]) -> Bool {
        let wanted = name.utf8.reduce(into: [UInt8]()) { $0 += [$1, 0] }
        return bytes.withUnsafeBufferPointer { whole in
            var from = 0
            while let place = ByteSearch.first(wanted[0], in: whole, from: from) {
                if whole[place...].starts(with: wanted) { return true }
                from = place + 1
            }
            return false
        }
    }
}
