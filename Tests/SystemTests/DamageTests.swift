import Foundation
import Testing

extension SystemTests {
    /// Each kind of damage to each kind of frame, in real files under the real daemon; `docs/damage.md` has the table.
    ///
    /// `ANNAL_DAMAGE` names words of the rows that are tried.
    @Suite struct DamageTable {
        /// What one kind of damage led to, as a row of the table.
        struct Row {
            var damage: String
            var hit: String
            /// State of the daemon on the damaged log.
            var state = ""
            /// The same once it was verified: damage in a segment that the index vouches for is found when it is read.
            var noticed = ""
            /// Which answers are as before.
            var reads = ""
            var verify = 0
            var repair = 0
            /// Nil where nothing had to be accepted.
            var acceptLoss: Int?
            var after = ""

            var text: String {
                let accepted = acceptLoss.map(String.init) ?? "-"
                return
                    "| \(damage) | \(hit) | \(state) | \(noticed) | \(reads) | \(verify) | \(repair) | \(accepted) | \(after) |"
            }
        }

        /// A state directory to be damaged, left by a daemon that stopped in order, and what that daemon answered.
        private struct Base: Sendable {
            var state: String
            var before: Replies
        }

        private static let settings = ["ANNALD_SEGMENT_BYTES": "65536"]
        /// Each row keeps a processor busy.
        private static let rowsAtOnce = 2

        @Test(.timeLimit(.minutes(10))) func survivesAsThePageSays() async throws {
            let page = try String(contentsOfFile: Repository.root + "/docs/damage.md", encoding: .utf8)
            let expected = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map(String.init)
            let cases = Vandalism.all.filter { Knob.damage.map(($0.damage + " " + $0.hit).contains) ?? true }
            try await Workplace.with { place in
                let bases = try await build(place)
                let rows = try await rows(of: cases, on: bases)
                for row in rows { print(row) }
                for row in rows where !expected.contains(row) {
                    Issue.record("docs/damage.md has another row than\n\(row)")
                }
                guard Knob.damage == nil else { return }
                for row in expected where !rows.contains(row) { Issue.record("nothing led to this row\n\(row)") }
            }
        }

        /// In the order of the cases.
        private func rows(of cases: [Vandalism], on bases: [Vandalism.Past: Base]) async throws -> [String] {
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                var rows = cases.map { _ in "" }
                for (number, vandalism) in cases.enumerated() {
                    if number >= Self.rowsAtOnce, let (done, row) = try await group.next() { rows[done] = row }
                    guard let base = bases[vandalism.past] else { continue }
                    group.addTask { (number, try await suffer(vandalism, base).text) }
                }
                for try await (done, row) in group { rows[done] = row }
                return rows
            }
        }

        /// Six drops over several segments; the same after a chunk was damaged and repaired; and after a loss was accepted.
        private func build(_ place: Workplace) async throws -> [Vandalism.Past: Base] {
            let whole = try await place.withDaemon(DaemonStart(environment: Self.settings)) { _ in
                for (count, year) in [2001, 1901, 1902, 1903, 2002, 2003].enumerated() {
                    if year < 2000 {
                        try place.drop(Self.noise(year), as: "noise-\(year).csv", sidecar: "stage: final\n")
                    } else {
                        try place.drop(SmallTables.csv(year), as: "crops-\(year).csv")
                    }
                    try #require(try await place.synchronise(since: count).count == 1)
                }
                return try await Replies(of: place)
            }
            var bases = [Vandalism.Past.whole: Base(state: place.state, before: whole)]
            for (past, vandalism) in Vandalism.pasts {
                let state = "\(place.root)/\(past.rawValue)"
                try await copy(place.state, to: state)
                bases[past] = try await repair(vandalism, at: place.at(state: state))
            }
            return bases
        }

        private func repair(_ vandalism: Vandalism, at place: Workplace) async throws -> Base {
            try vandalism.apply(place.state, try StoredFrames(log: place.state + "/log"))
            return try await place.withDaemon(DaemonStart(environment: Self.settings)) { _ in
                let repair = try await place.annalctl("repair", "--accept-loss")
                try #require(repair.code == 0, "\(repair)")
                return Base(state: place.state, before: try await Replies(of: place))
            }
        }

        private func copy(_ state: String, to target: String) async throws {
            let copied = try await Answer.of("cp", ["-a", state, target])
            try #require(copied.code == 0, "\(copied)")
        }

        private func suffer(_ vandalism: Vandalism, _ base: Base) async throws -> Row {
            var row = Row(damage: vandalism.damage, hit: vandalism.hit)
            try await Workplace.with { place in
                try await copy(base.state, to: place.state)
                try vandalism.apply(place.state, try StoredFrames(log: place.state + "/log"))
                row = try await observe(row, vandalism, place, base.before)
            }
            return row
        }

        private func observe(
            _ row: Row, _ vandalism: Vandalism, _ place: Workplace, _ before: Replies
        ) async throws -> Row {
            var row = row
            let name = "\(vandalism.damage), \(vandalism.hit)"
            row = try await place.withDaemon(DaemonStart(environment: Self.settings)) { _ in
                var row = row
                row.state = try await place.ask("status")["state"].text ?? "?"
                row.reads = try await Replies(of: place).comparison(with: before)
                row.verify = try await place.annalctl("verify").code
                row.noticed = try await place.ask("status")["state"].text ?? "?"
                let repair = try await place.annalctl("repair")
                row.repair = repair.code
                if repair.code != 0 {
                    #expect(vandalism.isLoss, "\(name): \(repair)")
                    let accepted = try await place.annalctl("repair", "--accept-loss")
                    #expect(accepted.code == 0, "\(name): \(accepted)")
                    row.acceptLoss = accepted.code
                }
                row.after = try await outcome(place, before)
                try place.drop(SmallTables.csv(7), as: "crops-2007.csv")
                let drops = try await place.synchronise(since: 6)
                #expect(drops.map { $0["outcome"].text } == ["new"], "\(name): \(drops)")
                return row
            }
            let again = try await place.withDaemon(DaemonStart(environment: Self.settings)) { _ in
                try await outcome(place, before)
            }
            #expect(again == row.after, "\(name): the same after another start")
            return row
        }

        private func outcome(_ place: Workplace, _ before: Replies) async throws -> String {
            let state = try await place.ask("status")["state"].text ?? "?"
            let verify = try await place.annalctl("verify", "--against", before.head)
            let reads = try await Replies(of: place).comparison(with: before)
            return "\(state), verify \(verify.code), \(reads)"
        }

        /// Some 2,500 figures that don't compress, so that their frames are too large for the index; some combinations
        /// are missing, so that which are there is content too.
        private static func noise(_ year: Int) -> String {
            var random = SeededRandom(state: UInt64(year))
            let rows = (0..<2550).filter { $0 % 50 != 7 }
                .map { "R\($0 / 2),\($0 % 2),\(UInt32.random(in: 0...UInt32.max, using: &random))\n" }
            return "region,kind,value\n" + rows.joined()
        }
    }

    /// Everything that the daemon answers about the six drops.
    struct Replies: Sendable {
        var head = ""
        private var answers: [String: String] = [:]

        init(of place: Workplace) async throws {
            head = try await place.annalctl("head").output.trimmingCharacters(in: .whitespacesAndNewlines)
            for (dataset, years) in [("crops", 2001...2001), ("noise", 1901...1903)] {
                for year in years {
                    let answer = try await place.annalctl("show", dataset, String(year), "--format", "csv")
                    answers["\(dataset) \(year)"] = "\(answer.code)\n\(answer.output)"
                }
            }
            let source = try await place.annalctl(
                "show", "noise", "1902", "--where", "region=R5", "--source", "--format", "csv")
            answers["source of noise 1902"] = "\(source.code)\n\(source.output)"
            let drops = try await place.annalctl("drops", "--format", "ndjson")
            answers["drops"] = "\(drops.code)\n" + drops.lines.prefix(6).joined(separator: "\n")
        }

        /// `all`, or what isn't as it was.
        func comparison(with before: Replies) -> String {
            let others = before.answers.keys.sorted().filter { answers[$0] != before.answers[$0] }
            return others.isEmpty ? "all" : "all but " + others.joined(separator: ", ")
        }
    }
}
