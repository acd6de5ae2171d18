import Annals

/// The keywords of a PX file, in its own language.
struct PXMetadata {
    private var statements: [String: [PXStatement]] = [:]
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
        otherLanguages.removeAll { $0 == language }
        (dataStart, dataLine) = (scanner.position, scanner.line)
    }

    // MARK: Asking

    /// All statements of a keyword, in the order of the file.
    func all(_ keyword: String) -> [PXStatement] { statements[keyword] ?? [] }

    /// The statement of a keyword without brackets, or with these in them; the first where there are several.
    func first(_ keyword: String, _ subkeys: String...) -> PXStatement? {
        statements[keyword]?.first { $0.subkeys == subkeys }
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
