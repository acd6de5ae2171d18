import Annals

/// A reason for people, a row for each thing that is known.
enum ReasonLayout {
    static func rows(_ reason: Reason) -> [(String, String)] {
        var rows = [("reason", reason.message)]
        if let line = reason.line {
            rows.append(("where", "line \(line)" + (reason.column.map { ", column \($0)" } ?? "")))
        }
        if let found = reason.found { rows.append(("found", found)) }
        if let expected = reason.expected { rows.append(("expected", expected)) }
        if let remedy = reason.remedy { rows.append(("remedy", remedy)) }
        return rows
    }
}
