/// The namespaces of OpenDocument.
enum OpenDocumentXML {
    static let office: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    static let table: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    static let style: StaticString = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    static let number: StaticString = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
    static let text: StaticString = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    static let drawing: StaticString = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    /// LibreOffice's own.
    static let extended: StaticString = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
}
