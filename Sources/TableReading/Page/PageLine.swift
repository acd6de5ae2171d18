import Annals

/// One line of a page, by what it looks like on its own.
struct PageLine {
    enum Form {
        case blank
        /// `[Explanation of symbols](#)`: furniture of the page, not of the table.
        case link
        case text
        /// Parted by tabs, spaces around each field removed.
        case fields([String])
    }

    /// Counts from 1.
    var number: Int
    var text: String
    var form: Form

    /// More columns than any page has; a line with more is no row.
    private static let maximumTabs = 16_384

    init(number: Int, text: String) {
        self.number = number
        self.text = Self.trimmed(text)
        if self.text.isEmpty {
            form = .blank
        } else if (1...Self.maximumTabs).contains(text.utf8.reduce(0) { $1 == 0x09 ? $0 + 1 : $0 }) {
            form = .fields(
                text.split(separator: "\t", omittingEmptySubsequences: false).map { Self.trimmed(String($0)) })
        } else if self.text.hasPrefix("["), self.text.hasSuffix(")"), self.text.contains("](") {
            form = .link
        } else {
            form = .text
        }
    }

    static func trimmed(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace || first == "\u{1A}" { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace || last == "\u{1A}" { scalars.removeLast() }
        return String(scalars)
    }

    /// The lines of a text.
    ///
    /// - Throws: The first line that is longer than the limit.
    static func lines(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) throws(Reason) -> [PageLine] {
        var lines: [PageLine] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            guard end - start <= limit else { throw LineLimit.reason(line: lines.count + 1, limit: limit) }
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
            lines.append(PageLine(number: lines.count + 1, text: text))
            start = end + 1
        }
        return lines
    }

    /// Whether a field looks like a figure or a symbol in its place, under whatever dialect.
    ///
    /// `1 236`, `153 p`, `12*`, `..`; not `01 Aa`, which is a code and its label, nor `0-4`.
    static func looksLikeFigure(_ field: String) -> Bool {
        FieldText.withBytes(of: field) { bytes in
            guard let shape = NumberShape(bytes) else {
                return field.count <= 4 && !field.contains { $0.isLetter || $0.isNumber }
            }
            guard shape.evidence != .invalid else { return false }
            if shape.end == bytes.count { return true }
            let suffix = FieldText.string(FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...])))
            guard !shape.hasLeadingZero, suffix.count <= 2, !suffix.contains(where: \.isNumber) else { return false }
            return suffix.count == 1 || !suffix.contains(where: \.isUppercase)
        }
    }
}

/// The refusal of a line that is too long.
enum LineLimit {
    static func reason(line: Int, limit: Int) -> Reason {
        Reason(
            "The line is longer than the limit", line: line, expected: "at most \(limit) bytes a line",
            remedy: "Look whether the file is a table at all; or raise the limit")
    }
}
