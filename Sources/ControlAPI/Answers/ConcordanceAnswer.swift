package import Annals

extension ConcordanceOutcome: JSONWritable {
    /// Writes it as the field `concordance` of a delta has it.
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("name", name)
        json.key("approximate")
        json.bool(isApproximate)
        json.key("groups")
        json.array(groups)
        json.key("ignored")
        json.array(ignored)
        json.key("not_in_use")
        json.array(notInUse)
        if let day = fromCodesOf { json.field("from_codes_of", day.description) }
        if let day = toCodesOf { json.field("to_codes_of", day.description) }
        json.endObject()
    }

    /// Lines for people, made safe for a terminal: what was merged, what was left out of account.
    package var lines: [String] {
        var lines = ["Concordance \(name)" + (isApproximate ? " (approximate)" : "")]
        let changed = groups.filter { !$0.from.isEmpty && !$0.to.isEmpty && $0.isChanged }
        if changed.isEmpty { lines[0] += ": no code changed" }
        lines += changed.map { group in
            "  \(group.code) from \(Self.list(group.from))"
        }
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

extension ConcordanceOutcome.Group: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("code", code)
        json.key("from")
        json.array(from)
        json.key("to")
        json.array(to)
        json.endObject()
    }
}

extension Concordance.Link: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("from", from)
        json.field("to", to)
        json.field("valid_from", validFrom.description)
        if let share = shareText {
            json.key("share")
            json.raw(share.utf8)
        }
        if let size {
            json.key("size")
            json.integer(size)
        }
        json.endObject()
    }
}
