import Annals

/// What a PX file says of its own bytes, which may be wrong: the bytes decide, and what is declared says at most which of
/// the encodings of one byte a character they are of.
enum PXCharset {
    /// The encoding that a file declares, where its bytes leave that open; nil where they, or nobody, tell.
    ///
    /// - Parameter bytes: The file; anything that isn't PX declares nothing.
    /// - Returns: One of one byte a character.
    static func hint(_ bytes: [UInt8]) -> TextEncoding? {
        bytes.withUnsafeBufferPointer { whole -> TextEncoding? in
            let beginning = UnsafeBufferPointer(rebasing: whole[..<min(whole.count, beginningBytes)])
            guard PXReader.looksLikePX(beginning), let name = declared(beginning) else { return nil }
            // Windows-1252 is what such bytes are taken for anyway, unless their words speak against it.
            guard let encoding = encodings[name] else { return nil }
            // Text of UTF-8 is UTF-8, whatever is declared.
            return UTF8Check(bytes).firstInvalid == nil ? nil : encoding
        }
    }

    /// The name behind CODEPAGE, or `oem` where CHARSET says so; in lower case.
    static func declared(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(beginningLines) {
            let text = FieldText.withoutWhitespace(FieldText.string(UnsafeBufferPointer(rebasing: line))).lowercased()
            for keyword in ["codepage", "charset"] where text.hasPrefix(keyword) {
                let value = text.split(separator: "=", maxSplits: 1).dropFirst().first ?? ""
                let name = value.filter { !"\"; ".contains($0) }
                if keyword == "codepage" || name == "oem" { return name }
            }
        }
        return nil
    }

    private static let beginningBytes = 1 << 14
    private static let beginningLines = 100

    private static let encodings: [String: TextEncoding] = {
        var encodings: [String: TextEncoding] = ["oem": .ibm850, "cp850": .ibm850, "ibm00850": .ibm850]
        for encoding in TextEncoding.allCases where ![.utf8, .windows1252, .iso8859p1].contains(encoding) {
            encodings[encoding.rawValue] = encoding
        }
        return encodings
    }()
}
