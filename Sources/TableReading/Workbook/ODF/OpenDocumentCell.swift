import Annals

/// A cell of an OpenDocument sheet: its type, what is stored, and the text that it shows.
struct OpenDocumentCell {
    private enum ValueType { case none, number, percentage, date, time, truth, text, error }

    let repeats: Int
    let style: String?
    private let isCovered: Bool
    private let type: ValueType
    private let value: [UInt8]?
    private let hasFormula: Bool

    private var shown: [UInt8] = []
    private var paragraphs = 0
    private var isOpen = false
    /// For each open span whether it is raised.
    private var spans: [Bool] = []
    private var readings = 0
    /// Whether there is more than any cell holds.
    private var isTooLong = false
    private var isRaised: Bool { spans.contains(true) }
    private var raised: [UInt8] = []

    init(_ element: XMLElement, repeats: Int, isCovered: Bool) {
        self.repeats = repeats
        self.isCovered = isCovered
        style = element.text("style-name", in: OpenDocumentXML.table)
        hasFormula = element.bytes("formula", in: OpenDocumentXML.table) != nil
        let isError = element.bytes("value-type", in: OpenDocumentXML.extended)?.elementsEqual("error".utf8) ?? false
        let name = element.text("value-type", in: OpenDocumentXML.office)
        let attribute: StaticString
        switch isError ? "error" : name ?? "" {
        case "float", "currency": (type, attribute) = (.number, "value")
        case "percentage": (type, attribute) = (.percentage, "value")
        case "date": (type, attribute) = (.date, "date-value")
        case "time": (type, attribute) = (.time, "time-value")
        case "boolean": (type, attribute) = (.truth, "boolean-value")
        case "string": (type, attribute) = (.text, "string-value")
        case "error": (type, attribute) = (.error, "value")
        default: (type, attribute) = (.none, "value")
        }
        value = element.bytes(attribute, in: OpenDocumentXML.office).map { Array($0) }
    }

    var holdsSomething: Bool { type != .none || !GridText.isBlank(shown) || hasFormula }

    // MARK: What it shows

    mutating func begin(_ element: XMLElement, raised styles: Set<String>) {
        if element.isNamed("p") || element.isNamed("h") {
            if paragraphs > 0 { shown.append(0x20) }
            paragraphs += 1
            isOpen = true
        } else if element.isNamed("span") {
            flush()
            spans.append(element.text("style-name", in: OpenDocumentXML.text).map(styles.contains) ?? false)
        } else if element.isNamed("s") || element.isNamed("tab") || element.isNamed("line-break") {
            put([0x20])
        } else if element.isNamed("ruby-text") || element.isNamed("note") {
            readings += 1
        }
    }

    mutating func end(_ name: XMLName) {
        if name.isNamed("p") || name.isNamed("h") {
            flush()
            isOpen = false
        } else if name.isNamed("span") {
            flush()
            _ = spans.popLast()
        } else if name.isNamed("ruby-text") || name.isNamed("note") {
            readings = max(0, readings - 1)
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { put(bytes) }

    private mutating func put(_ bytes: some Sequence<UInt8>) {
        guard isOpen, readings == 0 else { return }
        if shown.count + raised.count > RichText.mostBytes {
            isTooLong = true
        } else if isRaised {
            raised.append(contentsOf: bytes)
        } else {
            shown.append(contentsOf: bytes)
        }
    }

    /// Where raised text begins or ends.
    private mutating func flush() {
        guard !raised.isEmpty else { return }
        GridText.append(raised: raised, to: &shown)
        raised.removeAll()
    }

    // MARK: What it is

    /// What of a cell goes into a grid.
    enum Content {
        case nothing
        case text([UInt8], Grid.Kind)
        case number(StoredNumber, isPercent: Bool)
        case date(SheetDate)
        case problem(Reason)
    }

    var content: Content {
        if isTooLong {
            return .problem(
                Reason(
                    "The text is longer than a cell may hold", expected: "at most \(RichText.mostBytes) bytes",
                    remedy: "Shorten it"))
        }
        if isCovered {
            return holdsSomething && type != .none
                ? .problem(Grid.covered) : GridText.isBlank(shown) ? .nothing : .problem(Grid.covered)
        }
        switch type {
        case .none:
            if hasFormula, GridText.isBlank(shown) { return .problem(Self.withoutResult) }
            return .text(shown, .text)
        case .text:
            let text = paragraphs > 0 ? shown : value ?? []
            return Self.isError(text) && hasFormula ? .text(text, .error) : .text(text, .text)
        case .error: return .text(GridText.isBlank(shown) ? Array("#ERROR".utf8) : shown, .error)
        case .truth:
            return .text(Array((value?.elementsEqual("true".utf8) == true ? "TRUE" : "FALSE").utf8), .truth)
        case .time: return .text(shown, .date)
        case .date:
            guard let value, let date = SheetDate(iso: String(decoding: value, as: UTF8.self)) else {
                return .problem(no("date", "2011-12-31"))
            }
            return .date(date)
        case .number, .percentage:
            // Older programs store a zero below an error.
            if Self.isError(shown) { return .text(shown, .error) }
            guard let value else { return .problem(Self.withoutResult) }
            do throws(StoredNumber.Failure) {
                let number = try value.withUnsafeBufferPointer { (bytes) throws(StoredNumber.Failure) in
                    try StoredNumber(bytes)
                }
                return .number(number, isPercent: type == .percentage)
            } catch {
                return .problem(error == .tooLong ? Self.tooLong(value) : no("number", "12.5"))
            }
        }
    }

    private static func isError(_ text: [UInt8]) -> Bool {
        text.starts(with: "Err:".utf8)
            || text.first == 0x23 && text.count > 3 && text.last.map { $0 == 0x21 || $0 == 0x3F || $0 == 0x41 } == true
                && text.dropFirst().allSatisfy { (0x41...0x5A).contains($0) || "/!?0".utf8.contains($0) }
    }

    private func no(_ what: String, _ example: String) -> Reason {
        Reason(
            "The cell holds no \(what)", found: value.map { String(decoding: $0, as: UTF8.self) },
            expected: "a \(what) such as \(example)", remedy: "Correct the cell")
    }

    private static func tooLong(_ value: [UInt8]) -> Reason {
        Reason(
            "The number has more digits than a spreadsheet keeps", found: String(decoding: value, as: UTF8.self),
            expected: "at most \(StoredNumber.mostDigits) digits",
            remedy: "Write it as text, where it is a code; else in a larger unit")
    }

    private static let withoutResult = Reason(
        "The formula has no stored result", expected: "a result that was worked out and saved",
        remedy: "Open the workbook in a spreadsheet program, let it calculate, and save it")

}

extension Grid {
    /// Adds a cell as its style has it read.
    ///
    /// - Throws: As ``append(_:_:at:isHidden:)``.
    mutating func append(
        _ cell: OpenDocumentCell, _ format: NumberFormat, at place: CellReference, isHidden: Bool
    ) throws(Reason) {
        switch cell.content {
        case .nothing: break
        case .text(let text, let kind): try append(text, kind, at: place, isHidden: isHidden)
        case .problem(let reason): try append(problem: reason, at: place)
        case .date(let date):
            var parts = DateParts(hasYear: true, hasMonth: true, hasDay: true)
            if case .date(let shown) = format.shown(.zero).shown, !shown.isEmpty { parts = shown }
            try append(date.text(parts).utf8, .date, at: place, isHidden: isHidden)
        case .number(let number, let isPercent):
            var format = format
            if isPercent {
                var decimals = 0
                if case .percent(let shown) = format.shown(number).shown { decimals = shown }
                format = NumberFormat(shown: .percent(decimals: decimals), words: "", isDash: false)
            }
            try append(number, format, at: place, isHidden: isHidden, usesEpoch1904: false)
        }
    }
}
