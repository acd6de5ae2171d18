import Annals

/// Says of a file that is no table what it is: an error page, a pointer, an image, a database, an archive.
///
/// Told by its content, whatever its name says, and asked before any reader, so that nothing of it is taken for rows.
enum NoTable {
    /// Why a file is no table; nil where it may be one.
    static func reason(of document: SourceDocument) -> Reason? {
        let bytes = document.bytes
        if let reason = CompoundFile.reason(bytes) { return reason }
        if let kind = FileSignature.kind(of: bytes) { return reason(kind, bytes) }
        return NoTableText.reason(bytes)
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
