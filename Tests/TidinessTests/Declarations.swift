/// One declaration of a Swift file that is not inside a function.
struct Declaration {
    /// `struct`, `func`, `var`; `requirement` stands in `isRequirement`.
    var keyword: String
    var name: String
    /// Counts from 1; where its modifiers or attributes start.
    var line: Int
    /// `package`, `private`; nil where nothing is said.
    var access: String?
    /// Whether it stands in the body of a protocol.
    var isRequirement: Bool
    /// What it is declared in, innermost last.
    var scopes: [Scope]
    /// What a type or an extension conforms to or inherits from.
    var conformances: [String]

    /// The body of a type, a protocol or an extension.
    struct Scope {
        var keyword: String
        var name: String
        var access: String?
        var conformances: [String]
    }

    /// Whether other targets can use it: said by itself, by its protocol, or by its extension.
    var isShared: Bool {
        let isInherited = isRequirement || scopes.last?.keyword == "extension"
        guard let access = access ?? (isInherited ? scopes.last?.access : nil) else { return false }
        return ["package", "public", "open"].contains(access)
    }

    /// All declarations of a file, in order.
    static func all(in text: SwiftText) -> [Declaration] {
        var scanner = DeclarationScanner(tokens: Token.all(in: text))
        return scanner.scan()
    }
}

/// A word or a mark of Swift code.
private struct Token {
    var text: String
    var line: Int

    var isWord: Bool { text.first.map { $0.isLetter || $0 == "_" || $0 == "`" } ?? false }

    static func all(in text: SwiftText) -> [Token] {
        var tokens: [Token] = []
        for (index, line) in text.lines.enumerated() {
            var rest = Substring(line.code)
            while let first = rest.first {
                let length: Int
                if first.isLetter || first == "_" || first == "`" {
                    length = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "`" }.count
                } else if "=<>!+-*/%&|^~".contains(first) {
                    length = rest.prefix { "=<>!+-*/%&|^~".contains($0) }.count
                } else {
                    length = 1
                }
                if first != " " { tokens.append(Token(text: String(rest.prefix(length)), line: index + 1)) }
                rest = rest.dropFirst(length)
            }
        }
        return tokens
    }
}

/// Walks over tokens and keeps account of what they stand in.
private struct DeclarationScanner {
    private static let types: Set = ["struct", "enum", "class", "actor", "protocol", "extension"]
    private static let members: Set = ["func", "var", "let", "subscript", "typealias", "associatedtype"]
    private static let accesses: Set = ["package", "public", "open", "internal", "private", "fileprivate"]
    private static let modifiers: Set = [
        "package", "public", "open", "internal", "private", "fileprivate", "static", "final", "mutating",
        "nonmutating", "nonisolated", "override", "convenience", "required", "indirect", "lazy", "weak", "unowned",
        "consuming", "borrowing", "prefix", "postfix", "infix", "isolated", "dynamic",
    ]

    private struct Body {
        /// Nil inside functions, closures and accessors, where declarations are nobody else's.
        var scope: Declaration.Scope?
        var openParentheses = 0
    }

    let tokens: [Token]
    private var position = 0
    private var bodies = [Body(scope: Declaration.Scope(keyword: "file", name: "", access: nil, conformances: []))]
    private var found: [Declaration] = []
    /// The type whose body opens next.
    private var opening: Declaration.Scope?
    /// Where the modifiers and attributes in front of a declaration start.
    private var start: Int?
    private var access: String?

    init(tokens: [Token]) { self.tokens = tokens }

    mutating func scan() -> [Declaration] {
        while position < tokens.count { step() }
        return found
    }

    private mutating func step() {
        let token = tokens[position]
        switch token.text {
        case "{":
            bodies.append(Body(scope: opening))
            opening = nil
            forgetModifiers()
        case "}":
            if bodies.count > 1 { bodies.removeLast() }
            forgetModifiers()
        case "(", "[": bodies[bodies.count - 1].openParentheses += 1
        case ")", "]": bodies[bodies.count - 1].openParentheses -= 1
        default:
            if bodies[bodies.count - 1].scope != nil, bodies[bodies.count - 1].openParentheses == 0 { consider(token) }
        }
        position += 1
    }

    private mutating func consider(_ token: Token) {
        let next = position + 1 < tokens.count ? tokens[position + 1] : nil
        let isMember = position > 0 && tokens[position - 1].text == "."
        if token.text == "@" {
            start = start ?? token.line
            skipAttribute()
        } else if token.text == "import" {
            while position + 1 < tokens.count, tokens[position + 1].line == token.line { position += 1 }
            forgetModifiers()
        } else if isMember {
            forgetModifiers()
        } else if Self.modifiers.contains(token.text) || (token.text == "class" && next?.text == "func") {
            start = start ?? token.line
            if next?.text == "(" {
                position += 1
                skipParentheses()
            } else if Self.accesses.contains(token.text) {
                access = token.text
            }
        } else if Self.types.contains(token.text), let next, next.isWord {
            declareType(token, named: next)
        } else if Self.members.contains(token.text), let next {
            declare(token, named: token.text == "subscript" ? token.text : next.text, conformances: [])
        } else {
            forgetModifiers()
        }
    }

    private mutating func declareType(_ keyword: Token, named name: Token) {
        let header = tokens[position...].prefix { $0.text != "{" }
        let clause = header.drop { $0.text != ":" }.prefix { $0.text != "where" }
        let conformances = clause.filter(\.isWord).map(\.text)
        let declaredAccess = access
        declare(keyword, named: name.text, conformances: conformances)
        opening = Declaration.Scope(
            keyword: keyword.text, name: name.text, access: declaredAccess, conformances: conformances)
        // Nothing in a header is a declaration; the brace comes next.
        position += header.count - 1
    }

    private mutating func declare(_ keyword: Token, named name: String, conformances: [String]) {
        let scopes = bodies.compactMap(\.scope)
        found.append(
            Declaration(
                keyword: keyword.text, name: name, line: start ?? keyword.line, access: access,
                isRequirement: scopes.last?.keyword == "protocol", scopes: scopes, conformances: conformances))
        forgetModifiers()
    }

    private mutating func forgetModifiers() {
        start = nil
        access = nil
    }

    /// Leaves the position at the attribute's last token.
    private mutating func skipAttribute() {
        position += 1
        guard position + 1 < tokens.count, tokens[position + 1].text == "(" else { return }
        position += 1
        skipParentheses()
    }

    /// From an opening parenthesis to its closing one.
    private mutating func skipParentheses() {
        var open = 0
        while position < tokens.count {
            if tokens[position].text == "(" { open += 1 }
            if tokens[position].text == ")" { open -= 1 }
            if open == 0 { return }
            position += 1
        }
    }
}
