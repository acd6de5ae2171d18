import Annals

/// Says of a file that is no table what it is: an error page, a pointer, an image, a database, an archive.
///
/// Told by its content, whatever its name says, and asked before any reader, so that nothing of it is taken for rows.
enum NoTable {
    /// Why a file is no table; nil where it may be one.
    static func reason(of document: SourceDocument) -> Reason? {
        let bytes = document.bytes
        if ZipContents.isZip(bytes) { return ZipContents.kind(of: bytes).map { reason($0, bytes) } }
        if bytes.starts(with: [0x1F, 0x8B]), isOfR(document.name) {
            let kind = FileSignature.Kind(
                what: "an R data file", remedy: "Write the table as CSV (write.csv), and drop that")
            return reason(kind, bytes)
        }
        if let kind = FileSignature.kind(of: bytes) { return reason(kind, bytes) }
        return NoTableText.reason(bytes)
    }

    /// Whether a name ends as those do that R gives its data.
    private static func isOfR(_ name: String) -> Bool {
        ["rds", "rdata", "rda"].contains(name.split(separator: ".").last.map { $0.lowercased() } ?? "")
    }

    private static func reason(_ kind: FileSignature.Kind, _ bytes: [UInt8]) -> Reason {
        let shown = bytes.prefix(8).map { byte in
            (0x21...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : "\\" + hex(byte)
        }
        return Reason(
            "The file is \(kind.what), not a table", found: shown.joined(),
            expected: "a table as text or in a workbook",
            remedy: kind.remedy)
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
