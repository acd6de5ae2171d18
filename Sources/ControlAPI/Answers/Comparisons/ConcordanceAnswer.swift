package import Annals

extension ConcordanceOutcome: Encodable {
    private enum CodingKeys: String, CodingKey {
        case name, approximate, groups, ignored
        case notInUse = "not_in_use"
        case fromCodesOf = "from_codes_of"
        case toCodesOf = "to_codes_of"
    }

    /// As the field `concordance` of an answer has it.
    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(isApproximate, forKey: .approximate)
        try fields.encode(groups, forKey: .groups)
        try fields.encode(ignored, forKey: .ignored)
        try fields.encode(notInUse, forKey: .notInUse)
        try fields.encodeIfPresent(fromCodesOf?.description, forKey: .fromCodesOf)
        try fields.encodeIfPresent(toCodesOf?.description, forKey: .toCodesOf)
    }

    /// Lines for people, made safe for a terminal: what was merged, what was left out of account.
    ///
    /// - Parameters:
    ///   - limit: How many groups, links and codes are written out; what is left is counted.
    ///   - rows: Codes of the groups in the rows below, which are written out rather than others.
    /// - Returns: The name's line first, without line breaks.
    package func lines(atMost limit: Int = .max, in rows: Set<String>? = nil) -> [String] {
        var lines = ["Concordance \(name)" + (isApproximate ? " (approximate)" : "")]
        let (shown, otherSums, otherNames) = Self.shown(of: groups, in: rows, atMost: limit)
        let rest = Self.rest(sums: otherSums, names: otherNames)
        if shown.isEmpty, rest.isEmpty { lines[0] += ": no code changed" }
        lines += shown.map { "  \($0.code) from \($0.from.joined(separator: ", "))" }
        if !rest.isEmpty { lines.append("  and \(rest.joined(separator: " and ")): `--format json` has them all") }
        if !ignored.isEmpty {
            let links = ignored.map { "\($0.from) → \($0.to) (\($0.validFrom))" }
            lines.append("Ignored: \(Self.list(links, limit))")
        }
        if !notInUse.isEmpty { lines.append("Not in use: \(Self.list(notInUse, limit))") }
        for (side, day) in [("first", fromCodesOf), ("second", toCodesOf)] {
            if let day { lines.append("The \(side) table has the codes of \(day)") }
        }
        return lines.map(TerminalText.sanitised)
    }

    /// What is left of groups that are too many, in words.
    package static func rest(sums: Int, names: Int) -> [String] {
        [(sums, "sum"), (names, "renamed code")].filter { $0.0 > 0 }.map { count, noun in
            "\(count) other \(noun)" + (count == 1 ? "" : "s")
        }
    }

    private static func list(_ texts: [String], _ limit: Int) -> String {
        let shown = texts.prefix(limit).joined(separator: ", ")
        return texts.count > limit ? "\(shown) and \(texts.count - limit) more" : shown
    }
}

extension ConcordanceOutcome.Group: Codable {
    private enum CodingKeys: String, CodingKey {
        case code, from, to
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            code: try fields.decode(String.self, forKey: .code), from: try fields.decode([String].self, forKey: .from),
            to: try fields.decode([String].self, forKey: .to))
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(code, forKey: .code)
        try fields.encode(from, forKey: .from)
        try fields.encode(to, forKey: .to)
    }
}

extension Concordance.Link: Encodable {
    private enum CodingKeys: String, CodingKey {
        case from, to, share, size
        case validFrom = "valid_from"
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(from, forKey: .from)
        try fields.encode(to, forKey: .to)
        try fields.encode(validFrom.description, forKey: .validFrom)
        try fields.encodeIfPresent(share.map { ExactFigure($0.scaled, decimals: $0.decimals) }, forKey: .share)
        try fields.encodeIfPresent(size, forKey: .size)
    }
}
