import Annals

/// One keyword of a PX file, with what stands around its equals sign: `VALUES[sv]("region")="00 Riket","01 Stockholm";`.
struct PXStatement {
    /// What stands behind the equals sign.
    enum Token: Equatable {
        /// In quotes; pieces that follow one another without a comma are one.
        case text(String)
        /// Not in quotes: `YES`, `2`, `TLIST(A1`.
        case word(String)
        case comma
        case colon
    }

    var keyword: String
    /// What stands in brackets behind the keyword.
    var subkeys: [String]
    var tokens: [Token]
    /// Where the keyword stands.
    var line: Int

    /// As it begins: `VALUES("region")`.
    var title: String {
        subkeys.isEmpty ? keyword : keyword + "(" + subkeys.map { "\"\($0)\"" }.joined(separator: ",") + ")"
    }

    /// The texts and words, commas left out.
    var values: [String] {
        tokens.compactMap { token in
            switch token {
            case .text(let text), .word(let text): text
            case .comma, .colon: nil
            }
        }
    }

    /// The first of them without spaces around it; empty where there is none.
    var value: String { FieldText.withoutWhitespace(values.first ?? "") }

    /// A list of texts, with a comma between each two, and perhaps one behind the last.
    ///
    /// - Throws: Where something else stands there.
    func list() throws(Reason) -> [String] {
        var values: [String] = []
        for (place, token) in tokens.enumerated() {
            switch token {
            case .text(let text) where place.isMultiple(of: 2): values.append(text)
            case .word(let word) where place.isMultiple(of: 2): values.append(word)
            case .comma where !place.isMultiple(of: 2): continue
            default:
                throw Reason(
                    "\(keyword) is no list of texts with commas between them", line: line,
                    found: values.last.map { "something else behind \"\($0)\"" } ?? "no text", expected: "\"…\",\"…\"",
                    remedy: "Correct the file: each text stands in quotes, with a comma before the next")
            }
        }
        guard !values.isEmpty else {
            throw Reason(
                "\(keyword) is empty", line: line, expected: "a text in quotes", remedy: "Export the file again")
        }
        return values
    }
}
