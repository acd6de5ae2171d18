import Foundation
import Glibc
import SampleTables
import Testing

extension SystemTests {
    /// Files before release: compared as if they were dropped, and not recorded.
    @Suite struct BeforeRelease {
        /// Regions by sexes, drawn at random; a missing figure now and then, a region more or less.
        private static func csv(_ random: inout SeededRandom) -> String {
            var text = "region,sex,value\n"
            for region in ["North", "South", "West", "East"].prefix(Int.random(in: 3...4, using: &random)) {
                for sex in ["f", "m"] {
                    let isMissing = Int.random(in: 0..<8, using: &random) == 0
                    text +=
                        "\(region),\(sex),\(isMissing ? "" : String(Int.random(in: 100...999_999, using: &random)))\n"
                }
            }
            return text
        }

        private static let questions: [[String]] = [
            [], ["--top", "3"], ["--by", "sex"], ["--where", "region=North"], ["--totals", "exclude"],
            ["--where", "sex=f", "--top", "1"],
        ]

        private static func fields(_ delta: JSON) -> [JSON] {
            ["cells", "summary", "dimensions", "measures", "concordance", "axis", "definitions"].map { delta[$0] }
        }

        private static func delta(_ place: Workplace, _ arguments: [String]) async throws -> JSON {
            let answer = try await Answer.of(
                Repository.program("annalctl"), ["delta"] + arguments + ["--format", "json", "--socket", place.socket])
            try #require(answer.code == 0, "annalctl delta \(arguments.joined(separator: " ")): \(answer)")
            return answer.json
        }

        /// What is said of a file before it is dropped is what is said when it is.
        private static func check(
            _ text: String, as name: String, of dataset: String, year: Int, _ place: Workplace,
            _ questions: [[String]] = questions
        ) async throws {
            let file = place.root + "/" + name
            try Files.write(text, to: file)
            let before = try await place.annalctl("head").output
            let known = try await place.ask("years", dataset)["years"].items.map { $0["year"].int }
            var answers: [(question: [String], delta: JSON)] = []
            for question in questions {
                answers.append((question, try await delta(place, [dataset, "--against", file] + question)))
            }
            #expect(try await place.annalctl("head").output == before, "nothing is recorded")
            #expect(try place.waiting.isEmpty)
            try place.drop(text, as: name)
            let drops = try await place.synchronise(since: Int(before.prefix { $0 != ":" }) ?? 0)
            #expect(drops.count == 1)
            let version = try await place.ask("history", dataset, String(year))["vintages"].items.count
            for (question, delta) in answers {
                #expect(delta["to"]["file"].text == name && !delta["to"].has("version"))
                #expect(delta["to"]["sha256"].text?.count == 64)
                let sides =
                    known.contains(year)
                    ? ["--vintage", "\(year):\(delta["from"]["version"].int ?? 0)..\(version)"]
                    : ["\(delta["from"]["year"].int ?? 0)..\(year)"]
                // A file that changes nothing makes no version.
                guard drops[0]["outcome"].text != "identical" else { continue }
                let recorded = try await Self.delta(place, [dataset] + sides + question)
                #expect(fields(delta) == fields(recorded), "\(question) \(delta) \(recorded)")
                #expect(recorded["to"]["source"]["sha256"] == delta["to"]["sha256"])
                let table = try await place.ask("show", dataset, String(year))
                #expect(delta["audits"] == table["audits"], "\(table["audits"])")
            }
        }

        @Test(arguments: 0..<3) func itIsWhatIsSaidOnceItIsDropped(round: UInt64) async throws {
            let seed = Knob.seed &+ round
            var random = SeededRandom(state: seed)
            try await Workplace.with(definitions: .none) { place in
                try await place.withDaemon { _ in
                    var texts: [(String, Int)] = []
                    for year in [2010, 2011, 2011, 2013, 2010] { texts.append((Self.csv(&random), year)) }
                    try place.drop(texts[0].0, as: "people-2010.csv")
                    _ = try await place.synchronise()
                    for (text, year) in texts.dropFirst() {
                        try await Self.check(
                            text, as: "people-\(year).csv", of: "people", year: year, place,
                            Array(Self.questions.shuffled(using: &random).prefix(3)))
                    }
                }
            }
        }

        /// The page, its derived triangle and its audits; then what a swapped pair of digits is refused with.
        @Test func theFoundingTable() async throws {
            let dataset = "net-migration-between-counties"
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(NetMigrationPage(year: 2010, seed: 1).text, as: "net-migration-2010.txt")
                    _ = try await place.synchronise()
                    let page = try FoundingPage.text()
                    try await Self.check(
                        page, as: "net-migration-2011.txt", of: dataset, year: 2011, place, [[], ["--top", "10"]])
                    let typo = place.root + "/typo-2011.txt"
                    try Files.write(
                        page.replacingOccurrences(of: "03 Oslo\t-417\t96\t", with: "03 Oslo\t-417\t69\t"), to: typo)
                    let refused = try await place.annalctl("delta", dataset, "--against", typo)
                    #expect(
                        refused.code == 1 && refused.errors.contains("03 × 01 being 96 rather than 69"), "\(refused)")
                    #expect(try await place.ask("status")["drops"]["quarantined"].int == 0)
                    #expect(try place.quarantine.isEmpty)
                    let text = try await place.annalctl(
                        "delta", dataset, "--against", place.root + "/net-migration-2011.txt")
                    #expect(text.output.contains("audit: antisymmetric-county-counterpart holds"), "\(text)")
                }
            }
        }

        private func withPeople(
            configuration: String = "", program: String = "annald",
            _ body: @escaping @Sendable (Workplace, Daemon) async throws -> Void
        ) async throws {
            try await Workplace.with(definitions: .none, configuration: configuration) { place in
                try await place.withDaemon(DaemonStart(program: program)) { daemon in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    try await body(place, daemon)
                }
            }
        }

        @Test(arguments: [
            "-draft 2011.csv", "draft\u{1B}[31m-2011.csv", "a;b 'c' \"d\"-2011.csv", "Æ–ø\u{202E}-2011.csv",
        ])
        func hostileNames(name: String) async throws {
            try await withPeople { place, _ in
                let file = place.root + "/" + name
                try Files.write(SmallTables.csv(2), to: file)
                let json = try await Self.delta(place, ["crops", "--against", file])
                #expect(json["summary"]["increased"].int == 3)
                let text = try await place.annalctl("delta", "crops", "--against=" + file)
                #expect(
                    text.code == 0 && !text.output.contains("\u{1B}") && !text.output.contains("\u{202E}"), "\(text)")
            }
        }

        @Test func whatCanNotBeCompared() async throws {
            try await withPeople(configuration: "file_bytes: 100000\n") { place, _ in
                func code(_ arguments: String...) async throws -> Int {
                    try await Answer.of(
                        Repository.program("annalctl"), ["delta"] + arguments + ["--socket", place.socket]
                    ).code
                }
                let file = place.root + "/crops-2011.csv"
                try Files.write(SmallTables.csv(2), to: file)
                #expect(try await code("crops", "--against", file) == 0)
                #expect(try await code("crops", "2011", "--against", file) == 0)
                #expect(try await code("crops", "2011..2011", "--against", file) == 0)
                #expect(try await code("crops", "2012", "--against", file) == 4)
                #expect(try await code("crops", "2010..2011", "--against", file) == 4)
                #expect(try await code("potatoes", "--against", file) == 4)
                #expect(try await code("crops", "--against", file, "--explain") == 1)
                #expect(try await code("crops", "--against", file, "--vintage", "2011:1..1") == 2)
                #expect(try await code("crops", "2011") == 2)
                #expect(try await code("crops", "--against", place.root + "/nothing") == 1)
                #expect(try await code("crops", "--against", place.root) == 1)
                let broken = place.root + "/broken-2011.csv"
                try Files.write(SmallTables.broken(1), to: broken)
                #expect(try await code("crops", "--against", broken) == 1)
                let other = place.root + "/other-2011.csv"
                try Files.write("Potatoes 2011\n\n" + SmallTables.csv(2), to: other)
                let refused = try await place.annalctl("delta", "crops", "--against", other)
                #expect(refused.code == 1 && refused.errors.contains("potatoes"), "\(refused)")
                try Files.write("dataset: crops\n", to: other + ".meta.yaml")
                #expect(try await code("crops", "--against", other) == 0)
                let long = place.root + "/long-2011.csv"
                try Files.write(SmallTables.csv(2) + String(repeating: "\n", count: 5_000_000), to: long)
                let tooLong = try await place.annalctl("delta", "crops", "--against", long)
                #expect(tooLong.code == 2 && tooLong.errors.contains("file_bytes"), "\(tooLong)")
                let status = try await place.ask("status")
                #expect(status["state"].text == "ready" && status["drops"]["quarantined"].int == 0)
            }
        }

        /// Whoever may read may ask; nobody can write into what the state directory holds by it.
        @Test func nothingIsLeftBehind() async throws {
            try await withPeople { place, _ in
                // What is kept of answers beside the log comes a moment later than the drop, and may go at any time.
                func tree() throws -> [[UInt8]] {
                    try Files.tree(place.state).filter { path in
                        !(path.split(separator: UInt8(ascii: "/")).last?.starts(with: "changes".utf8) ?? false)
                    }
                }
                let before = try tree()
                let file = place.root + "/crops-2011.csv"
                try Files.write(SmallTables.csv(2) + String(repeating: "\n", count: 3 << 20), to: file)
                #expect(try await place.annalctl("delta", "crops", "--against", file).code == 0)
                #expect(try tree() == before)
            }
        }

        @Test(arguments: ["trap", "loop", "leave"]) func aReaderThatBreaksDown(trial: String) async throws {
            try await withPeople(
                configuration: "reader_workers: 0\nreader_bytes: 268435456\nreader_seconds: 2\n",
                program: "annald-trials"
            ) { place, daemon in
                let file = place.root + "/crops-2011.csv"
                try Files.write("# trial: \(trial)\n" + SmallTables.csv(2), to: file)
                let answer = try await place.annalctl("delta", "crops", "--against", file)
                #expect(answer.code == 1 && answer.errors.contains("would be quarantined"), "\(answer)")
                #expect(!daemon.hasEnded)
                #expect(try await place.ask("status")["state"].text == "ready")
                try Files.write(SmallTables.csv(2), to: file)
                #expect(try await place.annalctl("delta", "crops", "--against", file).code == 0)
            }
        }

        /// One that leaves takes its reader along.
        @Test func aClientThatLeaves() async throws {
            try await withPeople(
                configuration: "reader_workers: 1\nreader_bytes: 268435456\nreader_seconds: 60\n",
                program: "annald-trials"
            ) { place, daemon in
                let file = place.root + "/crops-2011.csv"
                try Files.write("# trial: loop\n" + SmallTables.csv(2), to: file)
                let asked = ContinuousClock.now
                let answer = try await place.annalctl("delta", "crops", "--against", file, "--timeout", "1")
                #expect(answer.code == 7, "\(answer)")
                try await wait(upTo: .seconds(10), for: "its reader to end") {
                    try Self.busyReaders(of: daemon.pid) == 0
                }
                #expect(asked.duration(to: .now) < .seconds(20))
            }
        }

        /// How many of the processes that a process has started run now.
        private static func busyReaders(of parent: Int32) throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init).count { process in
                // One that has just ended has no such file.
                let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
                return status?.contains("PPid:\t\(parent)\n") == true && status?.contains("State:\tR") == true
            }
        }
    }
}
