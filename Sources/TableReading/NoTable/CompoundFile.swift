import Annals

/// Files of Microsoft Office before 2007, and workbooks with a password, which stand in the same kind of file.
///
/// Source: [MS-CFB] 9.0, section 2.2.
enum CompoundFile {
    private static let workbook = "a workbook as .xlsx or .ods, or a table as text"

    /// Why such a file isn't read, by the names of its streams; nil for any other file.
    static func reason(_ bytes: [UInt8]) -> Reason? {
        guard bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) else { return nil }
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
