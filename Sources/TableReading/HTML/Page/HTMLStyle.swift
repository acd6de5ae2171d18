import Annals

/// What an element's attributes say of how its text is shown.
struct HTMLStyle: OptionSet, Hashable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Not shown at all.
    static let hidden = HTMLStyle(rawValue: 1 << 0)
    /// For programs that read a page aloud, and not shown: `class="sr-only"`.
    static let spoken = HTMLStyle(rawValue: 1 << 1)
    /// Shown, and not read aloud: `aria-hidden`.
    static let unspoken = HTMLStyle(rawValue: 1 << 2)
    static let raised = HTMLStyle(rawValue: 1 << 3)
    static let lowered = HTMLStyle(rawValue: 1 << 4)
    static let struck = HTMLStyle(rawValue: 1 << 5)
    /// A link to somewhere on the page.
    static let link = HTMLStyle(rawValue: 1 << 6)

    /// - Parameters:
    ///   - tag: A start tag.
    ///   - classes: What the page's own style sheets say of classes and ids.
    init(_ tag: HTMLTag, classes: [String: HTMLStyle]) {
        self = Self.elements[tag.name] ?? []
        if tag["hidden"] != nil { insert(.hidden) }
        if tag["aria-hidden"]?.lowercased() == "true" { insert(.unspoken) }
        if let style = tag["style"] { formUnion(Self(declarations: style)) }
        if let id = tag["id"], let style = classes["#\(id)"] { formUnion(style) }
        if let names = tag["class"] { add(classNames: names, classes) }
        if tag.name == "dialog", tag["open"] == nil { insert(.hidden) }
        if tag.name == "a", let target = tag["href"], target.contains("#") {
            insert(.link)
            if Self.isNote(target) { insert(.raised) }
        }
    }

    private mutating func add(classNames names: String, _ classes: [String: HTMLStyle]) {
        let names = names.split(whereSeparator: \.isWhitespace).map(String.init)
        for name in names {
            formUnion(Self.known[name.lowercased()] ?? [])
            formUnion(classes[".\(name)"] ?? [])
        }
        // `d-none d-md-block` is shown on wide screens.
        if names.contains("d-none"), !names.contains(where: { $0.hasPrefix("d-") && $0 != "d-none" }) {
            insert(.hidden)
        }
    }

    /// `#fn1`, `#footnote-2`, `#cite_note-3`.
    private static func isNote(_ target: String) -> Bool {
        guard target.hasPrefix("#") else { return false }
        let target = target.dropFirst().lowercased()
        return target.hasPrefix("fn") || target.contains("note") || target.hasPrefix("ref") || target.hasPrefix("cite")
    }

    /// Of a `style` attribute or the block of a rule: `display:none; color: red`.
    init(declarations text: String) {
        self = []
        for declaration in text.lowercased().split(separator: ";") {
            let parts = declaration.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].split(whereSeparator: \.isWhitespace).first ?? ""
            switch (parts[0].filter { !$0.isWhitespace }, value.prefix { $0 != "!" }) {
            case ("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"), ("opacity", "0"),
                ("font-size", "0"), ("font-size", "0px"), ("font-size", "0pt"):
                insert(.hidden)
            case ("vertical-align", "super"): insert(.raised)
            case ("vertical-align", "sub"): insert(.lowered)
            case ("text-decoration", "line-through"), ("text-decoration-line", "line-through"): insert(.struck)
            default: break
            }
        }
    }

    private static let elements: [String: HTMLStyle] = [
        "sup": .raised, "sub": .lowered, "s": .struck, "strike": .struck, "del": .struck, "template": .hidden,
        "noscript": .hidden, "select": .hidden, "datalist": .hidden, "svg": .hidden, "math": .hidden,
        "canvas": .hidden, "video": .hidden, "audio": .hidden, "object": .hidden, "rt": .hidden, "rp": .hidden,
    ]

    private static let known: [String: HTMLStyle] = {
        var known: [String: HTMLStyle] = [:]
        let spoken = [
            "sr-only", "sr-only-focusable", "visually-hidden", "visuallyhidden", "u-visually-hidden",
            "govuk-visually-hidden",
            "screen-reader-text", "screen-reader-only", "screenreader", "element-invisible", "wb-inv", "wb-invisible",
            "offscreen", "assistive-text", "a11y-hidden", "show-for-sr", "ui-helper-hidden-accessible",
            "hidden-visually",
            "accessibly-hidden", "visually-hidden-focusable",
        ]
        for name in spoken { known[name] = .spoken }
        for name in ["hidden", "is-hidden", "element-hidden", "ui-helper-hidden", "sortkey"] { known[name] = .hidden }
        for name in ["footnote", "footnote-ref", "footnoteref", "footnote-link", "fnref", "reference"] {
            known[name] = .raised
        }
        return known
    }()
}

/// The rules of a page's own style sheets that are of one class or one id and hide, raise or strike text.
enum HTMLStyleSheet {
    /// *Shape:* `.name` or `#name`, and what the rule says.
    static func rules(_ text: ArraySlice<UInt8>) -> [String: HTMLStyle] {
        var rules: [String: HTMLStyle] = [:]
        var rest = String(decoding: text.prefix(longest), as: UTF8.self).unicodeScalars[...]
        while let open = rest.firstIndex(of: "{") {
            let selectors = String(String.UnicodeScalarView(rest[..<open]))
            rest = rest[rest.index(after: open)...]
            if selectors.contains("@") {
                skipBlock(&rest)
                continue
            }
            let close = rest.firstIndex(of: "}") ?? rest.endIndex
            let style = HTMLStyle(declarations: String(String.UnicodeScalarView(rest[..<close])))
            rest = close == rest.endIndex ? rest[close...] : rest[rest.index(after: close)...]
            guard !style.isEmpty, rules.count < mostRules else { continue }
            for selector in selectors.split(separator: ",") {
                let words = selector.split(whereSeparator: \.isWhitespace)
                guard let word = words.last, words.count == 1, let name = name(word) else { continue }
                rules[name, default: []].formUnion(style)
            }
        }
        return rules
    }

    /// In bytes.
    private static let longest = 4 << 20
    private static let mostRules = 10_000

    /// Behind a block with blocks in it: `@media print {…}`.
    private static func skipBlock(_ rest: inout Substring.UnicodeScalarView) {
        var depth = 1
        while depth > 0, let next = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            depth += rest[next] == "{" ? 1 : -1
            rest = rest[rest.index(after: next)...]
        }
        if depth > 0 { rest = rest[rest.endIndex...] }
    }

    /// `.name` of `.name` and `span.name`; nil for any other selector.
    private static func name(_ selector: Substring) -> String? {
        guard let mark = selector.firstIndex(where: { $0 == "." || $0 == "#" }) else { return nil }
        let name = selector[selector.index(after: mark)...]
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
            return nil
        }
        return String(selector[mark...])
    }
}
