import Annals

/// Whether a text is a web page, or something else that comes in tags and can't be read.
enum HTMLLikeness {
    case page
    case other(Reason)
    case none

    /// In bytes: how far a page is looked for behind something else, such as a server's warning.
    private static let looked = 4096

    init(_ text: UnsafeBufferPointer<UInt8>) {
        // Nearly no file that is asked has a tag, or is an archive of a page.
        let beginning = UnsafeBufferPointer(rebasing: text.prefix(Self.looked))
        guard ByteSearch.holds(UInt8(ascii: "<"), beginning) || beginning.contains(UInt8(ascii: ":")) else {
            self = .none
            return
        }
        let start = FieldText.string(UnsafeBufferPointer(rebasing: text.prefix(Self.looked))).lowercased()
        let front = start.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if front.hasPrefix("mime-version:") || front.hasPrefix("from: <saved by"), start.contains("multipart/related") {
            self = .other(
                Reason(
                    "The file is a web archive (MHTML): a page and its parts in one file", line: 1,
                    found: "MIME-Version, multipart/related", expected: "a web page, or a table as text",
                    remedy: "Open it, and save it as a web page (HTML only), or as a workbook"))
        } else if start.contains("<?mso-application progid=\"excel.sheet\"")
            || front.hasPrefix("<?xml") && start.contains("urn:schemas-microsoft-com:office:spreadsheet")
        {
            self = .other(
                Reason(
                    "The file is an XML Spreadsheet of Excel 2003", line: 1, found: "Excel.Sheet",
                    expected: "a workbook as .xlsx or .ods, or a table as text",
                    remedy: "Open it in a spreadsheet program, and save it anew as .xlsx or .ods"))
        } else if Self.begins(front) {
            self = .page
        } else if front.hasPrefix("<?xml"), start.contains("<html") {
            self = .page
        } else {
            self = Self.holdsPage(start) ? .page : .none
        }
    }

    /// Whether a text begins with a tag of a page.
    private static func begins(_ text: Substring) -> Bool {
        var rest = text
        while rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") {
            rest = rest[end.upperBound...].drop(while: \.isWhitespace)
        }
        guard rest.first == "<" else { return false }
        if rest.hasPrefix("<!doctype html") { return true }
        let name = rest.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let end = rest.dropFirst(1 + name.count).first
        return names.contains(String(name)) && (end.map { $0 == ">" || $0 == "/" || $0.isWhitespace } ?? false)
    }

    /// Whether a page begins at the beginning of a line, behind something else.
    private static func holdsPage(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            line.hasPrefix("<!doctype html") || line.hasPrefix("<html") || line.hasPrefix("<table")
        }
    }

    private static let names: Set<String> = [
        "html", "head", "body", "table", "title", "meta", "link", "style", "script", "base", "div", "p", "center",
        "font",
        "h1", "h2", "h3", "h4", "h5", "h6", "caption", "thead", "tbody", "tr", "section", "article", "main", "figure",
        "form", "b", "strong", "span", "br", "hr", "frameset", "header", "nav", "pre", "ul", "ol", "a", "img", "i",
    ]
}

/// What a page says of its own encoding: of bytes that aren't UTF-8, which of one byte a character they are.
///
/// What a page says is often wrong; so it only counts where the bytes themselves leave it open.
enum HTMLCharset {
    /// Nil where the bytes are UTF-8 or UTF-16, or the page says nothing that could be.
    static func hint(_ bytes: [UInt8]) -> TextEncoding? {
        guard bytes.prefix(looked).contains(UInt8(ascii: "<")), !bytes.starts(with: [0xEF, 0xBB, 0xBF]),
            !bytes.starts(with: [0xFF, 0xFE]),
            !bytes.starts(with: [0xFE, 0xFF])
        else { return nil }
        let start = String(decoding: bytes.prefix(looked).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
        guard start.contains("<meta"), let place = start.firstRange(of: "charset=") else { return nil }
        let name = start[place.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
            .prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        guard let encoding = TextEncoding(rawValue: aliases[String(name)] ?? String(name)), encoding != .utf8 else {
            return nil
        }
        let check = UTF8Check(bytes)
        guard check.firstInvalid != nil, !check.hasMultibyte else { return nil }
        let upper = SingleByteEncodings.upperHalf(of: encoding)
        guard bytes.allSatisfy({ $0 < 0x80 || upper[Int($0) - 0x80] != "\u{FFFD}" }) else { return nil }
        return encoding
    }

    /// In bytes, as browsers look for it.
    private static let looked = 2048

    private static let aliases = [
        "latin1": "iso-8859-1", "iso8859-1": "iso-8859-1", "l1": "iso-8859-1", "latin2": "iso-8859-2",
        "iso8859-2": "iso-8859-2",
        "cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252", "ansi": "windows-1252",
        "x-mac-roman": "macintosh", "iso8859-15": "iso-8859-15", "latin9": "iso-8859-15",
    ]
}
