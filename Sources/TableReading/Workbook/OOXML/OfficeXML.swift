/// The namespaces of Office Open XML, as most programs write them and in their strict form.
enum OfficeXML {
    static let main: [StaticString] = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ]
    static let relationships: [StaticString] = [
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://purl.oclc.org/ooxml/package/relationships",
    ]

    /// A text with signs that XML can't hold, `_x000D_`, as what they stand for.
    static func unescaped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(0x5F), text.count >= 7 else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == 0x5F, index + 7 <= text.count, text[index + 1] == 0x78, text[index + 6] == 0x5F,
                let code = UInt32(String(decoding: text[index + 2..<index + 6], as: UTF8.self), radix: 16),
                text[index + 2] != 0x2B, text[index + 2] != 0x2D, let scalar = Unicode.Scalar(code)
            {
                result.append(contentsOf: String(Character(scalar)).utf8)
                index += 7
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}

/// A text that may be made of runs, one of which may stand raised; readings of East Asian signs are left out.
///
/// Shared strings and strings in cells have the same form: `<t>`, or `<r><rPr><vertAlign/></rPr><t/></r>` and `<rPh>`.
struct RichText {
    private(set) var bytes: [UInt8] = []
    /// Whether there is more than any cell holds; the rest is dropped, and the part is refused.
    private(set) var isTooLong = false
    private var piece: [UInt8] = []
    private var isRaised = false
    private var isReading = false
    private var isOpen = false

    /// A cell holds 32,767 letters.
    static let mostBytes = 1 << 20

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        (isRaised, isReading, isOpen) = (false, false, false)
    }

    /// - Returns: Whether the element is a part of a text.
    mutating func begin(_ element: XMLElement) {
        switch element.name.local[0] {
        case 0x74 where element.isNamed("t"):
            isOpen = !isReading
            piece.removeAll(keepingCapacity: true)
        case 0x72 where element.isNamed("r"): isRaised = false
        case 0x72 where element.isNamed("rPh"): isReading = true
        case 0x76 where element.isNamed("vertAlign"):
            isRaised = element.bytes("val")?.elementsEqual("superscript".utf8) ?? false
        default: break
        }
    }

    mutating func end(_ name: XMLName) {
        switch name.local[0] {
        case 0x74 where name.isNamed("t"):
            if isOpen { close() }
        case 0x72 where name.isNamed("r"): isRaised = false
        case 0x72 where name.isNamed("rPh"): isReading = false
        default: break
        }
    }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
        guard isOpen else { return }
        if bytes.count + piece.count + text.count > Self.mostBytes {
            isTooLong = true
        } else {
            piece.append(contentsOf: text)
        }
    }

    private mutating func close() {
        isOpen = false
        let text = OfficeXML.unescaped(piece)
        if isRaised { GridText.append(raised: text, to: &bytes) } else { bytes.append(contentsOf: text) }
    }
}
