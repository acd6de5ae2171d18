import Annals

/// Texts that stand where a table was expected: what a download left behind when it failed.
enum NoTableText {
    /// In bytes; error texts are short.
    private static let longestMessage = 4096
    private static let longestAnswer = 1 << 16
    /// As far as a text in XML is looked at.
    private static let longestStart = 1 << 12

    /// Why a text is no table; nil where it may be one.
    static func reason(_ bytes: [UInt8]) -> Reason? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let first = bytes[start...].prefix(1024).firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) })
        else {
            return nil
        }
        switch bytes[first] {
        case UInt8(ascii: "<"): return markup(String(decoding: bytes[first...].prefix(longestStart), as: UTF8.self))
        case UInt8(ascii: "{"):
            guard bytes.count <= longestAnswer else { return nil }
            return answer(String(decoding: bytes[first...], as: UTF8.self))
        default:
            guard bytes.count <= longestMessage else { return nil }
            return message(String(decoding: bytes[first...], as: UTF8.self))
        }
    }

    // MARK: Pointers and messages

    private static func message(_ text: String) -> Reason? {
        let lines = text.split(maxSplits: mostLines, whereSeparator: \.isNewline)
        guard let first = lines.first.map(String.init) else { return nil }
        if first.hasPrefix("version https://git-lfs.github.com/spec/") {
            return Reason(
                "The file is a pointer of Git LFS, not the file itself", line: 1,
                found: lines.dropFirst().joined(separator: ", "), expected: "the file's own content",
                remedy: "Fetch the file (git lfs pull), and drop it again")
        }
        if lines.count == 1, first.contains("annex/objects/") {
            return Reason(
                "The file is a pointer of git-annex, not the file itself", line: 1, found: first,
                expected: "the file's own content", remedy: "Fetch the file (git annex get), and drop it again")
        }
        guard lines.count <= mostLines, isError(first) else { return nil }
        return Reason(
            "The file holds the message of a download that failed, and no table", line: 1, found: shortened(first),
            expected: "a table", remedy: "Fetch the file again, and look whether its address still holds")
    }

    private static let mostLines = 12

    /// Whether a line is one of those that programs and servers answer with in place of a file.
    static func isError(_ line: String) -> Bool {
        let folded = line.lowercased()
        if programs.contains(where: folded.hasPrefix) { return true }
        if let status = Int(folded.prefix(3)), (400...599).contains(status) {
            let rest = folded.dropFirst(3).drop { " :-".contains($0) }
            return phrases.contains { rest.hasPrefix($0) }
        }
        let bare = folded.hasPrefix("error") ? String(folded.dropFirst(5).drop { " :-".contains($0) }) : folded
        if let status = Int(bare.prefix(3)), (400...599).contains(status), bare != folded { return true }
        return phrases.contains { bare == $0 || bare == $0 + "." }
    }

    private static let programs = [
        "curl: (", "wget: ", "bash: ", "sh: ", "zsh: ", "traceback (most recent call last)", "fatal: ",
        "error: unable to", "http error ", "http/1.1 4", "http/1.1 5",
    ]
    private static let phrases = [
        "not found", "page not found", "file not found", "forbidden", "access denied", "unauthorized",
        "bad request", "internal server error", "bad gateway", "service unavailable", "gateway time-out",
        "gateway timeout", "too many requests", "request timeout", "permission denied",
        "no data found", "no results found",
    ]

    // MARK: Answers of interfaces

    /// A JSON object that tells of an error and holds no data.
    private static func answer(_ text: String) -> Reason? {
        let keys = [
            "\"error\"", "\"errors\"", "\"message\"", "\"detail\"", "\"errorMessage\"", "\"error_message\"",
            "\"fault\"",
        ]
        let data = [
            "\"value\"", "\"data\"", "\"dimension\"", "\"class\"", "\"dataset\"", "\"columns\"", "\"dataSets\"",
            "\"rows\"",
        ]
        let first = text.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" }
        guard firstKeys.contains(String(first)), let key = keys.first(where: { text.contains($0) }),
            !data.contains(where: { text.contains($0) })
        else {
            return nil
        }
        return Reason(
            "The file holds the answer of an interface that tells of an error (\(key.dropFirst().dropLast())), and no table",
            line: 1, found: shortened(FieldText.collapsed(text)), expected: "a table",
            remedy: "Correct the query that the file was fetched with, and fetch it again")
    }

    /// What such an object begins with; columns of data may be called `error` as well.
    private static let firstKeys: Set<String> = [
        "error", "errors", "message", "Message", "detail", "errorMessage", "error_message", "fault", "status", "code",
        "statusCode", "timestamp", "type", "title", "success",
    ]

    // MARK: Answers in XML

    private static func markup(_ text: String) -> Reason? {
        let folded = text.lowercased()
        if folded.hasPrefix("<?xml") || folded.hasPrefix("<error") {
            if let error = text.range(of: "<Error>") ?? text.range(of: ":Error>") ?? text.range(of: ":Error "),
                text.distance(from: text.startIndex, to: error.lowerBound) < 2000
            {
                return Reason(
                    "The file holds a server's message of an error, and no table", line: 1,
                    found: shortened(withoutTags(text[error.lowerBound...])), expected: "a table",
                    remedy: "Fetch the file again, and look whether its address still holds")
            }
            if folded.contains("<svg"), !folded.contains("<html") {
                return Reason(
                    "The file is an image (SVG), not a table", line: 1, found: "<svg", expected: "a table",
                    remedy: "Ask for the table that it was made of, as CSV for example")
            }
        }
        return nil
    }

    private static func withoutTags(_ text: Substring) -> String {
        var words = ""
        var isTag = false
        for character in text.prefix(2000) {
            switch character {
            case "<": isTag = true
            case ">":
                isTag = false
                words.append(" ")
            default: if !isTag { words.append(character) }
            }
        }
        return FieldText.collapsed(words)
    }

    private static func shortened(_ text: String) -> String { text.count > 200 ? text.prefix(200) + " …" : text }
}

extension StringProtocol {
    /// Where a text stands first.
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
