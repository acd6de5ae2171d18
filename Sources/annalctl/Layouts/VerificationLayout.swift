import ControlAPI

/// What a check of the log found, for people.
enum VerificationLayout {
    static func text(_ report: VerificationReport) -> String {
        let counts = "\(report.commits) commits, \(report.blobs) blobs, \(report.frames) frames, \(report.bytes) bytes"
        var lines = report.problems.map(line)
        for damage in report.damage { lines += self.lines(damage) }
        for repaired in report.restored { lines.append("restored: \(repaired.place)") }
        for repaired in report.losses {
            lines.append("recorded as lost: \(repaired.place)")
            lines += repaired.vintages.map { "  \($0)" }
        }
        for backup in report.backups ?? [] { lines += self.lines(backup) }
        let verdict =
            if report.isSound {
                "sound"
            } else if report.problems.isEmpty, report.damage.isEmpty {
                "sound in itself, but NOT what it was held against"
            } else {
                "NOT sound"
            }
        lines.append("\(verdict): \(counts)")
        if !report.damage.isEmpty { lines.append("annalctl repair repairs what has a second copy") }
        lines.append("head \(report.head)")
        return lines.map { TerminalText.sanitised($0) + "\n" }.joined()
    }

    static func line(_ problem: VerificationReport.Problem) -> String {
        problem.frame == 0 ? problem.message : "frame \(problem.frame): \(problem.message)"
    }

    private static func lines(_ damage: DamageReport) -> [String] {
        ["damaged: \(damage.place)"]
            + damage.hits.map { hit in
                let copy = hit.secondCopy == "none" ? "NO second copy" : "second copy: \(hit.secondCopy)"
                let whose = hit.vintages.isEmpty ? "" : " of " + hit.vintages.map(\.description).joined(separator: ", ")
                return "  frame \(hit.frame): \(hit.content)\(whose); \(copy)"
            }
    }

    private static func lines(_ comparison: BackupComparison) -> [String] {
        let name = "backup \(comparison.backup)"
        let problems = comparison.problems.map { "\(name), \(line($0))" }
        guard let difference = comparison.difference else {
            return problems + [
                "\(name): its \(comparison.common) commits are the beginning of this history, "
                    + "\(comparison.since) came since"
            ]
        }
        return problems + [
            "\(name): \(comparison.common) commits are the same, the first difference is at number \(difference.seq)",
            "  here:   \(difference.here?.description ?? "nothing")",
            "  backup: \(difference.there?.description ?? "nothing")",
        ]
    }
}
