/// Swift source with code and comments told apart, line by line.
///
/// What stands inside a string literal is neither, save for the code of an interpolation. Regular expression literals
/// are taken for code.
struct SwiftText: Sendable {
    struct Line: Sendable {
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

    /// *Shape:* one a byte value; whether the byte may begin or end something.
    private static let codeMarks = marks("/\"#()\n")
    private static let stringMarks = marks("\\\"\n")
    private static let commentMarks = marks("/*\n")
    private static let newline = marks("\n")

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
            take(run(until: Self.newline), into: \.comments)
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
        guard Self.codeMarks[Int(byte)] else { return take(run(until: Self.codeMarks), into: \.code) }
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
            blank(max(1, run(until: Self.stringMarks)))
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
            take(max(1, run(until: Self.commentMarks)), into: \.comments)
        }
    }

    /// How many hashes stand before the quote that opens a string here; nil where none opens.
    private func openingQuote() -> Int? {
        var hashes = 0
        while position + hashes < bytes.count, bytes[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
        return starts(with: "\"", offset: hashes) ? hashes : nil
    }

    private func starts(with text: String, offset: Int = 0) -> Bool {
        var place = position + offset
        for byte in text.utf8 {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }

    /// How many bytes come before the next one that may mean something, or before the end.
    private func run(until marks: [Bool]) -> Int {
        var end = position
        while end < bytes.count, !marks[Int(bytes[end])] { end += 1 }
        return end - position
    }

    private static func marks(_ text: String) -> [Bool] {
        var marks = [Bool](repeating: false, count: 256)
        for byte in text.utf8 { marks[Int(byte)] = true }
        return marks
    }

    /// Copies bytes into one of the two texts; newlines go into both.
    private mutating func take(_ count: Int, into target: WritableKeyPath<Scanner, [UInt8]>) {
        let piece = bytes[position..<min(position + count, bytes.count)]
        position += count
        if piece.first == UInt8(ascii: "\n") { return endLine() }
        self[keyPath: target] += piece
        let other = target == \.code ? \Scanner.comments : \Scanner.code
        self[keyPath: other] += [UInt8](repeating: UInt8(ascii: " "), count: piece.count)
    }

    private mutating func blank(_ count: Int) {
        let end = min(position + count, bytes.count)
        let length = end - position
        let isNewline = bytes[position] == UInt8(ascii: "\n")
        // An escaped newline of a multi-line string comes as its backslash and the newline.
        let endsLine = length == 2 && bytes[end - 1] == UInt8(ascii: "\n")
        position = end
        if isNewline { return endLine() }
        let blanks = [UInt8](repeating: UInt8(ascii: " "), count: length - (endsLine ? 1 : 0))
        code += blanks
        comments += blanks
        if endsLine { endLine() }
    }

    private mutating func endLine() {
        code.append(UInt8(ascii: "\n"))
        comments.append(UInt8(ascii: "\n"))
    }
}
