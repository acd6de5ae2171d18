/// What an answer rests on besides the vintages that it names: with the log at that head and these definitions, anybody
/// gets the same.
package struct AnswerBasis: Codable, Hashable, Sendable {
    /// A definition in force that the answer was made with; how a file was read is said by its ``SourceReport``.
    package struct Definition: Codable, Hashable, Sendable {
        /// What it is about.
        package enum Kind: String, Codable, Sendable, CaseIterable {
            case dataset, concordance
        }

        package var kind: Kind
        package var name: String
        /// Of the file that says so.
        package var sha256: String

        package init(_ kind: Kind, name: String, sha256: String) {
            self.kind = kind
            self.name = name
            self.sha256 = sha256
        }
    }

    /// Where the log ended when it was asked, `SEQ:HEX`.
    package var head: String
    package var definitions: [Definition]

    package init(head: String, definitions: [Definition] = []) {
        self.head = head
        self.definitions = definitions
    }

    /// Writes its fields into an object that is open.
    package func writeFields(to json: inout JSONWriter) {
        json.field("head", head)
        json.field("definitions", definitions)
    }

    /// Lines for people, made safe for a terminal.
    package var lines: [String] {
        let used = definitions.map {
            "\($0.kind.rawValue) definition \($0.name) (sha256 \(ShortDigest.text($0.sha256)))"
        }
        return (used + ["head \(head)"]).map(TerminalText.sanitised)
    }
}

/// The beginning of a digest, for people: what a file's name in `done/` begins with.
enum ShortDigest {
    static func text(_ hex: String) -> String { String(hex.prefix(8)) }
}
