import Foundation
import Glibc
import SampleTables
import Testing

extension SystemTests {
    /// What an editor needs to know on the day of a release.
    @Suite struct Reports {
        private static let dataset = "net-migration-between-counties"

        /// A made-up 2010, the founding table and a corrected one.
        private func withThree(_ body: @Sendable (Workplace) async throws -> Void) async throws {
            try await Workplace.with { place async throws in
                try await place.withDaemon { _ async throws in
                    try place.drop(NetMigrationPage(year: 2010, seed: 1).text, as: "net-migration-2010.txt")
                    _ = try await place.synchronise()
                    let page = try FoundingPage.text()
                    try place.drop(page, as: "net-migration-2011.txt", sidecar: "stage: provisional\n")
                    _ = try await place.synchronise()
                    let corrected = page.replacingOccurrences(of: "01 Østfold\t1 236\t", with: "01 Østfold\t1 246\t")
                        .replacingOccurrences(of: "02 Akershus\t2 650\t-550\t", with: "02 Akershus\t2 640\t-560\t")
                    try place.drop(
                        corrected, as: "corrected-2011.txt",
                        sidecar: "kind: correction\nreason: a typing error | *so*\n")
                    _ = try await place.synchronise()
                    try await body(place)
                }
            }
        }

        /// The commands of a report, as a shell runs them here.
        private static func commands(in report: String, prefix: String) -> [String] {
            report.split(separator: "\n").filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        }

        private static func run(_ command: String, _ place: Workplace) async throws -> Answer {
            let path = Repository.programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
            return try await Answer.of(
                "/bin/sh", ["-c", command], environment: ["ANNALD_SOCKET": place.socket, "PATH": path])
        }

        @Test func everyNumberHasItsCommand() async throws {
            try await withThree { place in
                let report = try await place.annalctl("report", Self.dataset, "2011")
                #expect(report.code == 0, "\(report)")
                let text = report.output
                #expect(
                    text.hasPrefix("# net-migration-between-counties 2011: Net migration between counties\n"), "\(text)"
                )
                for title in [
                    "What arrived", "Audits", "Largest changes since 2010", "Largest revisions since version 1",
                    "Breaks",
                ] { #expect(text.contains("\n## \(title)\n"), "\(title)") }
                #expect(text.contains("| correction; a typing error \\| \\*so\\* |"), "\(text)")
                #expect(text.contains("| antisymmetric-county-counterpart | holds | 19 | 0 | 0 |"), "\(text)")
                let commands = Self.commands(in: text, prefix: "    ")
                #expect(commands.count >= 5)
                // What comes later changes neither the report nor what its commands give.
                try place.drop(NetMigrationPage(year: 2010, seed: 2).text, as: "net-migration-2010.txt")
                _ = try await place.synchronise()
                for command in commands {
                    let answer = try await Self.run(command, place)
                    #expect(answer.code == 0 || command.contains("grep"), "\(command): \(answer)")
                }
                // Each figure of the two tables of changes stands in what its command prints.
                for (command, section) in [
                    (commands.first { $0.contains("--explain") }, "Largest changes since 2010"),
                    (commands.first { $0.contains("--vintage") }, "Largest revisions since version 1"),
                ] {
                    let printed = try await Self.run(try #require(command), place).output
                    let words = Set(printed.split(whereSeparator: \.isWhitespace).map(String.init))
                    let part = try #require(text.components(separatedBy: "\n## \(section)\n").last)
                    let rows = part.split(separator: "\n").drop { !$0.hasPrefix("| ---") }.dropFirst().prefix {
                        $0.hasPrefix("|")
                    }
                    #expect(!rows.isEmpty)
                    for row in rows {
                        for cell in row.split(separator: "|").dropFirst(2).map({
                            $0.trimmingCharacters(in: .whitespaces)
                        })
                        where !cell.isEmpty {
                            #expect(words.contains(cell), "\(cell) of \(row) in \(printed)")
                        }
                    }
                }
                let known = try await place.annalctl("report", Self.dataset, "2011", "--known-at", "3")
                #expect(
                    known.output.split(separator: "\n").dropFirst(3) == text.split(separator: "\n").dropFirst(3))
            }
        }

        @Test func otherFormats() async throws {
            try await withThree { place in
                let text = try await place.annalctl("report", Self.dataset, "2011", "--format", "table", "--top", "2")
                #expect(text.code == 0 && text.output.contains("a typing error | *so*"), "\(text)")
                #expect(
                    text.output.contains(
                        "  $ annalctl delta \(Self.dataset) 2010..2011 --top 2 --explain --known-at 3\n"))
                let json = try await place.ask("report", Self.dataset, "2011")
                #expect(json["head"].text?.hasPrefix("3:") == true && json["sections"].items.count >= 5)
                #expect(json["sections"][0]["commands"].texts.count == 1)
                #expect(try await place.annalctl("report", Self.dataset, "2011", "--format", "csv").code == 2)
                #expect(try await place.annalctl("report", Self.dataset, "1999").code == 4)
                #expect(try await place.annalctl("report", "nothing", "2011").code == 4)
                let first = try await place.annalctl("report", Self.dataset, "2010")
                #expect(first.code == 0 && !first.output.contains("Largest"), "\(first)")
            }
        }

        @Test func acrossABreakAndWhatAVersionChanged() async throws {
            try await Workplace.with(definitions: .none) { place in
                try await place.withDaemon { _ in
                    let sidecar = "dialect: eurostat\n"
                    try place.drop(
                        "region,sex,value\nN,f,100\nN,m,110\nS,f,200\nS,m,211\n", as: "crops-2010.csv",
                        sidecar: sidecar)
                    try place.drop(
                        "region,sex,value\nN,f,130 b\nN,m,110\nS,f,205\nS,m,211\n", as: "crops-2011.csv",
                        sidecar: sidecar)
                    _ = try await place.synchronise()
                    try place.drop(
                        "region,sex,value\nN,f,131 b\nN,m,110\nS,f,207\nS,m,211\n", as: "crops-2011.csv",
                        sidecar: sidecar + "kind: routine\n")
                    _ = try await place.synchronise()
                    let report = try await place.annalctl("report", "crops", "2011")
                    let text = report.output
                    #expect(report.code == 0, "\(report)")
                    #expect(
                        text.contains("| N | f | 100 | 131 | +31 | +31.0% | +30 | +1 | 0 | across a break |"), "\(text)"
                    )
                    #expect(text.contains("| S | f | 200 | 207 | +7 | +3.5% | +5 | +2 | 0 |  |"), "\(text)")
                    #expect(text.contains("## Across a break since 2010\n\n- 1 cells, totals left out: "), "\(text)")
                    #expect(text.contains("| N | f | 100 | 131 | across a break |"), "\(text)")
                    #expect(
                        text.contains("- Version 2: by 3 in all, most at S × f 205 → 207, against version 1."),
                        "\(text)")
                    // A remedy ends in a full stop of its own.
                    try place.drop(
                        "region,age,value\nN,y,131\nN,o,110\nS,y,207\nS,o,211\n", as: "crops-2011.csv",
                        sidecar: sidecar + "dataset: crops\n")
                    _ = try await place.synchronise()
                    let later = try await place.annalctl("report", "crops", "2011").output
                    #expect(later.contains("- In quarantine: crops-2011.csv, "), "\(later)")
                    #expect(!later.contains("..\n"), "\(later)")
                    let command = try #require(
                        Self.commands(in: text, prefix: "    ").first { $0.contains("across a break") })
                    #expect(try await Self.run(command, place).lines.count == 1)
                }
            }
        }

        /// Codes, labels and reasons that would be Markdown, HTML or worse; hidden cells, codes that come and go.
        @Test func hostileTextAndWhatBecameHidden() async throws {
            try await Workplace.with(definitions: .none) { place in
                try await place.withDaemon { _ in
                    try place.drop(
                        "region,sex,value\n*North*,f,100\n*North*,m,110\n`So|uth`,f,200\n`So|uth`,m,211\n<b>West</b>,f,\n"
                            + "<b>West</b>,m,317\n[x](y),f,900\n[x](y),m,919\n", as: "crops-2010.csv")
                    try place.drop(
                        "region,sex,value\n*North*,f,150\n*North*,m,110\n`So|uth`,f,\n`So|uth`,m,211\n<b>West</b>,f,300\n"
                            + "<b>West</b>,m,317\n\u{202E}East,f,7\n\u{202E}East,m,9\n", as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    let report = try await place.annalctl("report", "crops", "2011")
                    let text = report.output
                    #expect(report.code == 0 && !text.contains("\u{202E}"), "\(report)")
                    #expect(text.contains("| \\*North\\* | f | 100 | 150 | +50 | +50.0% | +50 | 0 | 0 |"), "\(text)")
                    #expect(
                        text.contains("## Cells that became hidden or available since 2010\n\n- 2 cells"), "\(text)")
                    #expect(text.contains("| \\`So\\|uth\\` | f | 200 | blank | hidden |"), "\(text)")
                    #expect(text.contains("| \\<b\\>West\\</b\\> | f | blank | 300 | available |"), "\(text)")
                    #expect(
                        text.contains("- region: \\\\u{202E}East appeared.\n- region: \\[x\\](y) vanished."),
                        "\(text)")
                    let command = try #require(
                        Self.commands(in: text, prefix: "    ").first { $0.contains("grep -w transition") })
                    #expect(try await Self.run(command, place).lines.count == 2)
                }
            }
        }
    }
}
