/// Swift source with code and comments told apart, line by line.
///
/// What stands inside a string literal is neither, save for the code of an interpolation. Regular expression literals
/// are taken for code.
struct SwiftText {
    struct Line {
        /// The line's code; string contents and comments are spaces.
        var code: String
        /// The line's comment with its slashes; empty where there is none.
        var comment: String
    }

    /// *Shape:* one a line of the text.
    let lines: [Line]

    init(_ text: String) {
        var scanner = Scanner(bytes: Array(text.utf8))
        scanner.scan()
        let code = scanner.code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let comments = scanner.comments.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        lines = zip(code, comments).map { code, comment in
            let comment = String(decoding: comment, as: UTF8.self)
            return Line(
                code: String(decoding: code, as: UTF8.self),
                comment: String(comment.drop(while: { $0 == " " })))
        }
    }
}

/// Splits bytes into two texts of the same lines: code, and comments.
private struct Scanner {
    private enum Mode {
        /// Parentheses that are open; inside an interpolation the last closing one ends it.
        case code(open: Int)
        case string(hashes: Int, isMultiline: Bool)
        case comment(depth: Int)
    }

    let bytes: [UInt8]
    private(set) var code: [UInt8] = []
    private(set) var comments: [UInt8] = []
    private var modes: [Mode] = [.code(open: 0)]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func scan() {
        while position < bytes.count {
            switch modes[modes.count - 1] {
            case .code(let open): scanCode(open: open)
            case .string(let hashes, let isMultiline): scanString(hashes: hashes, isMultiline: isMultiline)
            case .comment(let depth): scanComment(depth: depth)
            }
        }
    }

    private mutating func scanCode(open: Int) {
        if starts(with: "//") {
            while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { take(1, into: \.comments) }
        } else if starts(with: "/*") {
            modes.append(.comment(depth: 1))
            take(2, into: \.comments)
        } else if let hashes = openingQuote() {
            let isMultiline = starts(with: "\"\"\"", offset: hashes)
            modes.append(.string(hashes: hashes, isMultiline: isMultiline))
            take(hashes + (isMultiline ? 3 : 1), into: \.code)
        } else {
            scanPunctuation(open: open)
        }
    }

    private mutating func scanPunctuation(open: Int) {
        let byte = bytes[position]
        take(1, into: \.code)
        if byte == UInt8(ascii: "(") {
            modes[modes.count - 1] = .code(open: open + 1)
        } else if byte == UInt8(ascii: ")") {
            if open == 1, modes.count > 1 { modes.removeLast() } else { modes[modes.count - 1] = .code(open: open - 1) }
        }
    }

    private mutating func scanString(hashes: Int, isMultiline: Bool) {
        let hashMarks = String(repeating: "#", count: hashes)
        let end = (isMultiline ? "\"\"\"" : "\"") + hashMarks
        if starts(with: end) {
            modes.removeLast()
            take(end.utf8.count, into: \.code)
        } else if starts(with: "\\" + hashMarks + "(") {
            modes.append(.code(open: 1))
            blank(hashes + 1)
            take(1, into: \.code)
        } else if starts(with: "\\" + hashMarks) {
            blank(hashes + 2)
        } else if bytes[position] == UInt8(ascii: "\n"), !isMultiline {
            modes.removeLast()
        } else {
            blank(1)
        }
    }

    private mutating func scanComment(depth: Int) {
        if starts(with: "/*") {
            modes[modes.count - 1] = .comment(depth: depth + 1)
            take(2, into: \.comments)
        } else if starts(with: "*/") {
            if depth == 1 { modes.removeLast() } else { modes[modes.count - 1] = .comment(depth: depth - 1) }
            take(2, into: \.comments)
        } else {
            take(1, into: \.comments)
        }
    }

    /// How many hashes stand before the quote that opens a string here; nil where none opens.
    private func openingQuote() -> Int? {
        var hashes = 0
        while position + hashes < bytes.count, bytes[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
        return starts(with: "\"", offset: hashes) ? hashes : nil
    }

    private func starts(with text: String, offset: Int = 0) -> Bool {
        bytes.dropFirst(position + offset).starts(with: text.utf8)
    }

    /// Copies bytes into one of the two texts; newlines go into both.
    private mutating func take(_ count: Int, into target: WritableKeyPath<Scanner, [UInt8]>) {
        for byte in bytes[position..<min(position + count, bytes.count)] {
            if byte == UInt8(ascii: "\n") {
                code.append(byte)
                comments.append(byte)
            } else {
                let other = target == \.code ? \Scanner.comments : \Scanner.code
                self[keyPath: target].append(byte)
                self[keyPath: other].append(UInt8(ascii: " "))
            }
        }
        position += count
    }

    private mutating func blank(_ count: Int) {
        for byte in bytes[position..<min(position + count, bytes.count)] {
            code.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
            comments.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
        }
        position += count
    }
}
