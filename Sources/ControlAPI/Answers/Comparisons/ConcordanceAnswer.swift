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
    package var lines: [String] {
        var lines = ["Concordance \(name)" + (isApproximate ? " (approximate)" : "")]
        let changed = groups.filter { !$0.from.isEmpty && !$0.to.isEmpty && $0.isChanged }
        if changed.isEmpty { lines[0] += ": no code changed" }
        lines += changed.map { "  \($0.code) from \(Self.list($0.from))" }
        if !ignored.isEmpty {
            lines.append(
                "Ignored: " + ignored.map { "\($0.from) → \($0.to) (\($0.validFrom))" }.joined(separator: ", "))
        }
        if !notInUse.isEmpty { lines.append("Not in use: \(Self.list(notInUse))") }
        for (side, day) in [("first", fromCodesOf), ("second", toCodesOf)] {
            if let day { lines.append("The \(side) table has the codes of \(day)") }
        }
        return lines.map(TerminalText.sanitised)
    }

    private static func list(_ codes: [String]) -> String { codes.joined(separator: ", ") }
}

extension ConcordanceOutcome.Group: Encodable {
    private enum CodingKeys: String, CodingKey {
        case code, from, to
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
