import Annals

/// The keywords of a PX file, in its own language.
struct PXMetadata {
    private struct Name: Hashable {
        var keyword: String
        var subkeys: [String]
    }

    private var statements: [String: [PXStatement]] = [:]
    /// The first of each keyword with the same in its brackets.
    private var byName: [Name: PXStatement] = [:]
    /// The file's own language; nil where it doesn't say.
    private(set) var language: String?
    /// Languages in which it says the same once more.
    private(set) var otherLanguages: [String] = []
    /// Where the figures begin.
    private(set) var dataStart = 0
    /// The line of that place.
    private(set) var dataLine = 1

    /// Keywords that are asked for; others are passed over, known or not.
    private static let wanted: Set<String> = [
        "AXIS-VERSION", "BASEPERIOD", "CELLNOTE", "CELLNOTEX", "CFPRICES", "CHARSET", "CODEPAGE", "CODES", "CONTENTS",
        "CONTVARIABLE", "DATANOTECELL", "DATASYMBOL1", "DATASYMBOL2", "DATASYMBOL3", "DATASYMBOL4", "DATASYMBOL5",
        "DATASYMBOL6", "DATASYMBOLNIL", "DATASYMBOLSUM", "DAYADJ", "DECIMALS", "DESCRIPTION", "DESCRIPTIONDEFAULT",
        "ELIMINATION", "HEADING", "HIERARCHIES", "KEYS", "LANGUAGE", "LAST-UPDATED", "MATRIX", "NOTE", "NOTEX",
        "REFPERIOD", "SEASADJ", "SOURCE", "STOCKFA", "STUB", "TIMEVAL", "TITLE", "UNITS", "VALUENOTE", "VALUENOTEX",
        "VALUES",
    ]

    /// - Throws: Where the text is no PX file, or has no figures.
    init(_ bytes: UnsafeBufferPointer<UInt8>, mostTexts: Int) throws(Reason) {
        var scanner = PXScanner(bytes, mostTexts: mostTexts)
        var foreign: [String: [PXStatement]] = [:]
        while true {
            let own = language
            guard
                let (head, statement) = try scanner.next({ head in
                    Self.wanted.contains(head.keyword) && (head.language == nil || head.language == own)
                })
            else { break }
            if let language = head.language, !otherLanguages.contains(language) { otherLanguages.append(language) }
            guard !statement.tokens.isEmpty else { continue }
            if head.language == nil {
                if head.keyword == "LANGUAGE" { language = statement.value }
                statements[head.keyword, default: []].append(statement)
            } else if head.language == language {
                foreign[head.keyword, default: []].append(statement)
            }
        }
        // Who writes `[en]` behind the keywords of the file's own language says nothing else by it.
        for (keyword, found) in foreign where statements[keyword] == nil { statements[keyword] = found }
        try index()
        otherLanguages.removeAll { $0 == language }
        (dataStart, dataLine) = (scanner.position, scanner.line)
    }

    /// - Throws: Where a keyword stands twice, and says two things.
    private mutating func index() throws(Reason) {
        for statement in statements.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
            let name = Name(keyword: statement.keyword, subkeys: statement.subkeys)
            guard let first = byName[name] else {
                byName[name] = statement
                continue
            }
            guard first.tokens != statement.tokens, !Self.repeated.contains(statement.keyword) else { continue }
            throw Reason(
                "\(statement.title) stands twice, and says two things: in line \(first.line) and in line \(statement.line)",
                line: statement.line, found: statement.values.prefix(3).joined(separator: ", "),
                expected: first.values.prefix(3).joined(separator: ", "),
                remedy: "Remove the wrong one, or export the file again")
        }
    }

    /// Keywords that may stand several times.
    private static let repeated: Set<String> = [
        "CELLNOTE", "CELLNOTEX", "DATANOTECELL", "LAST-UPDATED", "NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX",
    ]

    // MARK: Asking

    /// All statements of a keyword, in the order of the file.
    func all(_ keyword: String) -> [PXStatement] { statements[keyword] ?? [] }

    /// The statement of a keyword without brackets, or with these in them; the first where there are several.
    func first(_ keyword: String, _ subkeys: String...) -> PXStatement? {
        byName[Name(keyword: keyword, subkeys: subkeys)]
    }

    /// The text of a keyword without brackets; nil where it is missing or empty.
    func text(_ keyword: String) -> String? {
        let text = first(keyword).map { FieldText.collapsed($0.values.joined(separator: " ")) }
        return text?.isEmpty == false ? text : nil
    }

    /// The text of a keyword for one value of the contents, or else for all.
    func text(_ keyword: String, of names: [String]) -> String? {
        for name in names where !name.isEmpty {
            if let own = first(keyword, name) { return FieldText.collapsed(own.values.joined(separator: " ")) }
        }
        return text(keyword)
    }

    /// Whether a keyword says YES.
    func isYes(_ keyword: String) -> Bool { first(keyword)?.value.uppercased() == "YES" }

    /// The line of a keyword's first statement.
    func line(_ keyword: String) -> Int? { statements[keyword]?.first?.line }
}
