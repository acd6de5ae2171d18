import Annals

/// A mapping whose keys were checked against those that may stand there.
struct YAMLMapping {
    let file: String
    let line: Int
    private let entries: [YAMLEntry]
    private let placeByKey: [String: Int]

    /// Refuses what is no mapping, and every key that isn't allowed.
    ///
    /// - Parameters:
    ///   - value: What stands there.
    ///   - file: The text's name, for errors.
    ///   - what: What the mapping describes, for errors: `a dimension`.
    ///   - allowed: The keys, in the order in which an error should name them; empty for any.
    /// - Throws: A ``DefinitionError`` with the line of what may not stand there.
    init(_ value: YAMLValue, file: String, what: String, allowed: [String]) throws(DefinitionError) {
        guard case .mapping(let entries, let line) = value else {
            throw DefinitionError(
                file: file, line: value.line, message: "\(what) must be a mapping of keys to values, not \(value.kind)")
        }
        for entry in entries where !allowed.isEmpty && !allowed.contains(entry.key) {
            throw DefinitionError(
                file: file, line: entry.line, message: "\(what) has the unknown key `\(entry.key)`",
                remedy: "known keys are \(allowed.joined(separator: ", "))")
        }
        self.file = file
        self.line = line
        self.entries = entries
        placeByKey = Dictionary(
            entries.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    var keys: [(name: String, line: Int)] { entries.map { ($0.key, $0.line) } }

    func value(_ key: String) -> YAMLValue? { placeByKey[key].map { entries[$0].value } }

    func line(of key: String) -> Int { placeByKey[key].map { entries[$0].line } ?? line }

    func error(_ key: String, _ message: String, remedy: String? = nil) -> DefinitionError {
        DefinitionError(file: file, line: line(of: key), message: message, remedy: remedy)
    }

    /// The text of a key; nil where the key is absent.
    func text(_ key: String) throws(DefinitionError) -> String? {
        guard let value = value(key) else { return nil }
        return try text(of: value, key: key)
    }

    /// The text of a key that may be empty: `join: ""`.
    func textOrEmpty(_ key: String) throws(DefinitionError) -> String? {
        if case .scalar("", _) = value(key) { return "" }
        return try text(key)
    }

    /// What stands under a key, or in its list, as a text.
    func text(of value: YAMLValue, key: String) throws(DefinitionError) -> String {
        guard case .scalar(let text, let line) = value, !text.isEmpty else {
            throw DefinitionError(file: file, line: value.line, message: "`\(key)` must be one value")
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7F })
        else { throw DefinitionError(file: file, line: line, message: "`\(key)` has control characters in it") }
        return text
    }

    func required(_ key: String, of what: String) throws(DefinitionError) -> String {
        guard let text = try text(key) else {
            throw DefinitionError(file: file, line: line, message: "\(what) lacks `\(key)`")
        }
        return text
    }

    /// One text, or a list of them.
    func texts(_ key: String) throws(DefinitionError) -> [String] {
        var texts: [String] = []
        for value in values(key) { texts.append(try text(of: value, key: key)) }
        return texts
    }

    /// What stands in the list of a key, or alone under it.
    func values(_ key: String) -> [YAMLValue] {
        switch value(key) {
        case nil: []
        case .list(let values, _): values
        case .some(let value): [value]
        }
    }

    func list(_ key: String) throws(DefinitionError) -> [YAMLValue] {
        switch value(key) {
        case nil: return []
        case .list(let values, _): return values
        case .some(let value):
            throw DefinitionError(file: file, line: value.line, message: "`\(key)` must be a list, not \(value.kind)")
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(DefinitionError) -> Int? {
        guard let text = try text(key) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw error(
                key, "`\(key)` must be a whole number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
        }
        return number
    }

    /// A number from 0 on, exactly as it is written.
    func decimal(_ key: String) throws(DefinitionError) -> DecimalNumber? {
        guard let text = try text(key) else { return nil }
        guard let number = DecimalNumber(text) else {
            throw error(
                key, "`\(key)` must be a number from 0 on, not `\(text)`",
                remedy: "write 5 or 0.01, with at most 15 digits")
        }
        return number
    }

    func truth(_ key: String) throws(DefinitionError) -> Bool? {
        switch try text(key) {
        case nil: return nil
        case "true", "yes": return true
        case "false", "no": return false
        case .some(let text): throw error(key, "`\(key)` must be true or false, not `\(text)`")
        }
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, as: Choice.Type = Choice.self
    ) throws(DefinitionError) -> Choice? {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(key, "`\(key)` can't be `\(text)`", remedy: "it is one of \(known)")
        }
        return choice
    }
}
