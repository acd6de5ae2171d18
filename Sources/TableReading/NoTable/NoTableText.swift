import Annals

/// Texts that stand where a table was expected: what a download left behind when it failed.
enum NoTableText {
    /// In bytes; error texts are short.
    private static let longestMessage = 4096
    private static let longestAnswer = 1 << 16
    /// As far as a page is looked at.
    private static let longestPage = 1 << 18

    /// Why a text is no table; nil where it may be one.
    static func reason(_ bytes: [UInt8]) -> Reason? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let first = bytes[start...].prefix(1024).firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) })
        else {
            return nil
        }
        switch bytes[first] {
        case UInt8(ascii: "<"): return markup(String(decoding: bytes[first...].prefix(longestPage), as: UTF8.self))
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
        let lines = text.split(whereSeparator: \.isNewline)
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
    private static func isError(_ line: String) -> Bool {
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

    // MARK: Pages

    private static func markup(_ text: String) -> Reason? {
        let folded = text.lowercased()
        if folded.hasPrefix("<?xml") || folded.hasPrefix("<error") {
            if folded.contains("progid=\"excel.sheet\"") {
                return Reason(
                    "The file is a workbook saved as XML (of 2003)", line: 1, found: "Excel.Sheet",
                    expected: "a workbook as .xlsx or .ods, or CSV",
                    remedy: "Open it, save it as .xlsx or CSV, and drop that")
            }
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
        guard
            ["<!doctype html", "<html", "<head", "<body"].contains(where: folded.hasPrefix)
                || folded.hasPrefix("<?xml") && folded.prefix(2000).contains("<html")
                || folded.hasPrefix("<!--") && folded.prefix(4000).contains("<html")
        else { return nil }
        return page(text, folded)
    }

    private static func page(_ text: String, _ folded: String) -> Reason? {
        let title = content(of: "title", text, folded) ?? content(of: "h1", text, folded) ?? ""
        let hasTable = folded.contains("<table")
        // A page may have a login in its corner beside a table.
        let isLogin =
            !hasTable && ["type=\"password\"", "type='password'", "type=password"].contains { folded.contains($0) }
        let isError = isError(title) || errors.contains { title.lowercased().hasPrefix($0) }
        guard isError || !hasTable else { return nil }
        let what = isLogin ? "a page that asks for a login" : isError ? "an error page" : "a web page without a table"
        return Reason(
            "The file is \(what), not a table", line: 1,
            found: title.isEmpty ? shortened(withoutTags(text[...])) : shortened(title), expected: "a table",
            remedy: isLogin
                ? "Fetch the file as somebody who is logged in, and drop it again"
                : isError
                    ? "Fetch the file again, and look whether its address still holds"
                    : "Fetch the file that the page links to, or save the table from it as CSV")
    }

    /// What titles of error pages begin with.
    private static let errors = [
        "page not found", "not found", "access denied", "just a moment", "attention required", "sign in", "log in",
    ]

    /// What an element of a page holds, its first one.
    private static func content(of name: String, _ text: String, _ folded: String) -> String? {
        guard folded.utf8.count == text.utf8.count, let open = folded.range(of: "<\(name)"),
            let start = folded[open.upperBound...].firstIndex(of: ">"),
            let end = folded[start...].range(of: "</\(name)")
        else { return nil }
        let first = text.utf8.index(
            text.startIndex, offsetBy: folded.utf8.distance(from: folded.startIndex, to: start) + 1)
        let last = text.utf8.index(
            text.startIndex, offsetBy: folded.utf8.distance(from: folded.startIndex, to: end.lowerBound))
        guard first <= last else { return nil }
        let words = withoutTags(text[first..<last])
        return words.isEmpty ? nil : words
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
