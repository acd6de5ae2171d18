import Annals

/// The styles of an OpenDocument workbook, as far as they say something of cells: number formats, raised text, hidden sheets.
///
/// They stand in two parts, those of the document and those of the content; the second is told of by whoever reads the
/// content, element by element.
final class OpenDocumentStyles: XMLReceiver {
    let refusal: Reason? = nil

    /// A number format while its elements come.
    private struct DataStyle {
        var name: String
        var isPercent = false
        var hasNumber = false
        var isGeneral = false
        var isScaled = false
        var decimals = 0
        var integerDigits = 1
        var words = ""
        var parts = DateParts()
        var isDate = false
        var conditions: [(condition: String, name: String)] = []

        var format: NumberFormat {
            let shown: NumberFormat.Shown
            if isDate {
                shown = .date(parts)
            } else if isScaled || words.contains(where: \.isNumber) || !hasNumber {
                shown = .other
            } else if !isPercent, words.contains("%") {
                shown = .percentSign(decimals: decimals)
            } else if isPercent {
                shown = .percent(decimals: decimals)
            } else {
                shown = isGeneral ? .general : .number(decimals: decimals, integerDigits: integerDigits)
            }
            let isDash = !hasNumber && words.allSatisfy { "-–—−".contains($0) || $0.isWhitespace }
            let letters = words.contains(where: \.isLetter) ? FieldText.withoutWhitespace(words) : ""
            return NumberFormat(shown: shown, words: isDate ? "" : letters, isDash: isDash)
        }
    }

    private var formats: [String: NumberFormat] = [:]
    private var conditions: [String: [(condition: String, name: String)]] = [:]
    /// By the style of a cell: its format, and the style that it goes on from.
    private var cellStyles: [String: (format: String?, parent: String?)] = [:]
    private(set) var raised: Set<String> = []
    private(set) var hiddenTables: Set<String> = []
    private var data: DataStyle?
    private var isInWords = false
    private var style: (name: String, family: String)?
    private var known: [String: NumberFormat] = [:]

    private static let most = 1 << 20

    func begin(_ element: XMLElement) {
        if element.name.isIn([OpenDocumentXML.number]) { return beginNumber(element) }
        guard element.name.isIn([OpenDocumentXML.style]) else { return }
        if element.isNamed("style") {
            let name = element.text("name", in: OpenDocumentXML.style) ?? ""
            let family = element.text("family", in: OpenDocumentXML.style) ?? ""
            style = (name, family)
            if family == "table-cell", cellStyles.count < Self.most {
                cellStyles[name] = (
                    element.text("data-style-name", in: OpenDocumentXML.style),
                    element.text("parent-style-name", in: OpenDocumentXML.style)
                )
            }
        } else if element.isNamed("text-properties"), let style, style.family == "text" {
            // `super 58%`, or how much it is raised: `33% 58%`.
            let position = element.text("text-position", in: OpenDocumentXML.style) ?? ""
            let isRaised = position.hasPrefix("super") || position.first?.isNumber == true && !position.hasPrefix("0")
            if isRaised, raised.count < Self.most { raised.insert(style.name) }
        } else if element.isNamed("table-properties"), let style, style.family == "table" {
            if element.text("display", in: OpenDocumentXML.table) == "false" { hiddenTables.insert(style.name) }
        } else if element.isNamed("map"), data != nil {
            // `value()>=0`
            let condition = element.text("condition", in: OpenDocumentXML.style) ?? ""
            if condition.hasPrefix("value()"), let name = element.text("apply-style-name", in: OpenDocumentXML.style) {
                data?.conditions.append((String(condition.dropFirst(7)), name))
            }
        }
    }

    private func beginNumber(_ element: XMLElement) {
        if let name = element.text("name", in: OpenDocumentXML.style) {
            data = DataStyle(name: name)
            data?.isPercent = element.isNamed("percentage-style")
            data?.isDate = element.isNamed("date-style") || element.isNamed("time-style")
            if element.isNamed("text-style") || element.isNamed("boolean-style") {
                data?.hasNumber = true
                data?.isGeneral = true
            }
            return
        }
        guard data != nil else { return }
        if element.isNamed("number") {
            data?.hasNumber = true
            let decimals = element.bytes("decimal-places", in: OpenDocumentXML.number).flatMap(XMLElement.number)
            // Fewer than these are never shown; the other places are shown where something stands in them.
            let fewest = element.number("min-decimal-places", prefixed: true)
            data?.isGeneral = decimals == nil && fewest == nil
            data?.decimals = min(fewest ?? decimals ?? 0, 30)
            data?.integerDigits =
                element.text("grouping", in: OpenDocumentXML.number) == "true"
                ? 1 : max(1, min(element.number("min-integer-digits", prefixed: true) ?? 1, 30))
            if let factor = element.text("display-factor", in: OpenDocumentXML.number), factor != "1" {
                data?.isScaled = true
            }
        } else if element.isNamed("scientific-number") || element.isNamed("fraction") {
            data?.hasNumber = true
            data?.isGeneral = true
        } else if element.isNamed("text") {
            isInWords = true
        } else if element.isNamed("year") || element.isNamed("era") {
            data?.parts.hasYear = true
        } else if element.isNamed("month") {
            data?.parts.hasMonth = true
        } else if element.isNamed("day") || element.isNamed("day-of-week") {
            data?.parts.hasDay = true
        } else if element.isNamed("hours") || element.isNamed("minutes") || element.isNamed("seconds") {
            data?.parts.hasTime = true
        }
    }

    func end(_ name: XMLName) {
        if name.isIn([OpenDocumentXML.number]) {
            if isInWords {
                isInWords = false
            } else if name.isNamed("number-style") || name.isNamed("percentage-style") || name.isNamed("currency-style")
                || name.isNamed("date-style") || name.isNamed("time-style") || name.isNamed("text-style")
                || name.isNamed("boolean-style")
            {
                if let data, formats.count < Self.most {
                    formats[data.name] = data.format
                    conditions[data.name] = data.conditions
                }
                data = nil
            }
        } else if name.isNamed("style"), name.isIn([OpenDocumentXML.style]) {
            style = nil
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInWords, (data?.words.utf8.count ?? 0) < 200 { data?.words += String(decoding: bytes, as: UTF8.self) }
    }

    /// The format of a cell's style, or of the one that it goes on from.
    func format(ofCellStyle name: String) -> NumberFormat {
        if let format = known[name] { return format }
        var (next, steps) = (Optional(name), 0)
        while let style = next.flatMap({ cellStyles[$0] }), steps < 20 {
            if let data = style.format, let format = formats[data] {
                let others = (conditions[data] ?? []).compactMap { entry in
                    formats[entry.name].map { (condition: entry.condition, format: $0) }
                }
                let whole = others.isEmpty ? format : NumberFormat(format, unless: others)
                known[name] = whole
                return whole
            }
            (next, steps) = (style.parent, steps + 1)
        }
        known[name] = .general
        return .general
    }
}
