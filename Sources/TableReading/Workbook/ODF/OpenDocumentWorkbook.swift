import Annals

/// A workbook of OpenDocument: all its sheets stand in one part.
final class OpenDocumentWorkbook: Workbook {
    private let sheets: [OpenDocumentContent.Sheet]

    /// - Throws: Where the archive is damaged or encrypted, or says what can't be.
    init(_ archive: ZipArchive, limits: GridLimits) throws(Reason) {
        let manifest = EncryptionSearch()
        if archive.holds("META-INF/manifest.xml") { try archive.parse("META-INF/manifest.xml", manifest) }
        guard !manifest.isEncrypted else {
            throw Reason(
                "The workbook is encrypted with a password", expected: "a workbook without a password",
                remedy: "Open it, take the password off, and save it anew")
        }
        let styles = OpenDocumentStyles()
        if archive.holds("styles.xml") { try archive.parse("styles.xml", styles) }
        let content = OpenDocumentContent(styles: styles, limits: limits)
        try archive.parse("content.xml", content)
        sheets = content.sheets
    }

    var sheetNames: [(name: String, isHidden: Bool)] { sheets.map { ($0.grid.name, $0.isHidden) } }

    func grid(ofSheet index: Int) throws(Reason) -> Grid { sheets[index].grid }
}

/// Looks whether a manifest says that members are encrypted.
private final class EncryptionSearch: XMLReceiver {
    let refusal: Reason? = nil
    private(set) var isEncrypted = false

    func begin(_ element: XMLElement) {
        if element.isNamed("encryption-data") || element.isNamed("encrypted-key") { isEncrypted = true }
    }

    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
