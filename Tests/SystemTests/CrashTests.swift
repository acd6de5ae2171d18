import Foundation
import Glibc
import Testing

extension SystemTests {
    /// The daemon is killed at random moments while files arrive, and started again until all is taken.
    ///
    /// `ANNAL_CRASH_ROUNDS` and `ANNAL_CRASH_FILES` make it longer; `ANNAL_SEED` replays it.
    @Suite struct Crashes {
        @Test func everyFileEndsOnceWhereverTheDaemonDies() async throws {
            for round in 0..<Knob.crashRounds {
                let seed = Knob.seed &+ UInt64(round)
                let replay = "ANNAL_SEED=\(seed) ANNAL_CRASH_ROUNDS=1 ANNAL_CRASH_FILES=\(Knob.crashFiles)"
                print("crash round \(round + 1): \(replay) swift test --filter Crashes")
                try await Workplace.with { place in
                    let plan = CrashPlan(seed: seed, files: Knob.crashFiles)
                    let taken = try await run(plan, in: place)
                    let kills = taken.count
                    print("  killed \(kills) times, when \(taken) of \(plan.files.count) files had been filed")
                    try await place.withDaemon { _ in
                        _ = try await place.synchronise(timeoutSeconds: 60)
                        try await expectOutcomes(of: plan, in: place, replay: "\(replay), \(kills) kills")
                    }
                }
            }
        }

        /// Drops everything while the daemon is killed and started again; gives what had been filed each time.
        private func run(_ plan: CrashPlan, in place: Workplace) async throws -> [Int] {
            for directory in plan.directories {
                try place.define(directory)
                try Files.makeDirectory("\(place.inbox)/\(directory)")
            }
            return try await withThrowingTaskGroup(of: [Int].self) { group in
                group.addTask {
                    var random = SeededRandom(state: plan.seed &+ 1)
                    for file in plan.files {
                        try place.drop(file.text, as: file.path, sidecar: file.sidecar)
                        if Int.random(in: 0..<4, using: &random) == 0 {
                            try await Task.sleep(for: .milliseconds(Int.random(in: 0...80, using: &random)))
                        }
                    }
                    return []
                }
                group.addTask {
                    var random = SeededRandom(state: plan.seed &+ 2)
                    let kills = Int.random(in: 3...8, using: &random)
                    var taken: [Int] = []
                    for _ in 0..<kills {
                        let start = DaemonStart(ending: .killed, waitsForReady: false)
                        try await place.withDaemon(start) { _ in
                            // The random moment itself: from before it reads its log to well into the work.
                            try await Task.sleep(for: .milliseconds(Int.random(in: 20...900, using: &random)))
                        }
                        taken.append(try place.done.keys.count { !$0.hasSuffix(".meta.yaml") })
                    }
                    return taken
                }
                return try await group.reduce([], +)
            }
        }

        private func expectOutcomes(of plan: CrashPlan, in place: Workplace, replay: String) async throws {
            let drops = try await place.ask("drops")["drops"].items
            let numbers = drops.compactMap { $0["seq"].int }
            #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count, "\(replay)")
            let byFile = Dictionary(grouping: drops) { $0["file"].text ?? "" }
            #expect(byFile.count == plan.files.count, "\(replay)")
            for expected in plan.expected {
                let found = byFile[expected.path] ?? []
                #expect(
                    found.map { CrashPlan.Outcome(path: expected.path, drop: $0) } == [expected],
                    "one outcome, in order of arrival: \(found); \(replay)")
            }
            try expectFiles(of: plan, in: place, replay: replay)
            let verify = try await place.annalctl("verify")
            #expect(verify.code == 0, "\(verify); \(replay)")
        }

        /// Every file lies in exactly one place, its bytes unharmed.
        private func expectFiles(of plan: CrashPlan, in place: Workplace, replay: String) throws {
            let isDrop = { (path: String) in !path.hasSuffix(".meta.yaml") && !path.hasSuffix("reason.json") }
            let lying = [try place.done, try place.quarantine, try place.waiting]
                .flatMap { $0.filter { isDrop($0.key) }.map { ($0.key, $0.value) } }
            var found: [String: [[UInt8]]] = [:]
            for (path, bytes) in lying {
                let name = path.split(separator: "/").last.map(String.init) ?? ""
                found[plan.originalName(of: name), default: []].append(bytes)
            }
            for file in plan.files {
                #expect(found[file.name] == [Array(file.text.utf8)], "\(file.path) once, unharmed; \(replay)")
            }
            #expect(lying.count == plan.files.count, "\(replay)")
            #expect(try place.waiting.isEmpty, "\(replay)")
        }
    }
}

/// What a round drops, in order, and what must come of it.
struct CrashPlan: Sendable {
    struct File: Sendable {
        var name: String
        var path: String
        var text: String
        var sidecar: String?
    }

    struct Outcome: Hashable, Sendable {
        var path: String
        var outcome: String
        var version: Int?

        init(path: String, outcome: String, version: Int?) {
            self.path = path
            self.outcome = outcome
            self.version = version
        }

        init(path: String, drop: JSON) {
            self.init(path: path, outcome: drop["outcome"].text ?? "none", version: drop["version"].int)
        }
    }

    let seed: UInt64
    private(set) var files: [File] = []
    private(set) var expected: [Outcome] = []
    private(set) var directories: Set<String> = []

    /// A third as many (dataset, year) pairs as files, so that most are revised; one file in ten is broken.
    init(seed: UInt64, files count: Int) {
        self.seed = seed
        var random = SeededRandom(state: seed)
        var latest: [String: (seed: Int, version: Int)] = [:]
        for index in 0..<count {
            let pair = Int.random(in: 0..<max(1, count / 3), using: &random)
            let dataset = "crops-\(Self.letters(pair / 5))"
            let year = 2000 + pair % 5
            let figures = Int.random(in: 0..<20, using: &random)
            let isBroken = Int.random(in: 0..<10, using: &random) == 0
            add(index, dataset, year, text: isBroken ? SmallTables.broken(figures) : SmallTables.csv(figures))
            guard !isBroken else {
                expected.append(Outcome(path: files[index].path, outcome: "quarantined", version: nil))
                continue
            }
            let key = "\(dataset) \(year)"
            let before = latest[key]
            let isSame = before?.seed == figures
            let version = isSame ? before?.version ?? 0 : (before?.version ?? 0) + 1
            latest[key] = (figures, version)
            let outcome = before == nil ? "new" : isSame ? "identical" : "revised"
            expected.append(Outcome(path: files[index].path, outcome: outcome, version: version))
        }
    }

    /// A file of a subdirectory that is called as its dataset, or one beside a sidecar; names sort as they arrive, should times be equal.
    private mutating func add(_ index: Int, _ dataset: String, _ year: Int, text: String) {
        // No name of a month: `abr-2002.csv` is of April.
        let name = "k\(Self.letters(index))-\(year).csv"
        if dataset.utf8.last.map({ $0 % 2 == 0 }) == true {
            directories.insert(dataset)
            files.append(File(name: name, path: "\(dataset)/\(name)", text: text))
        } else {
            files.append(File(name: name, path: name, text: text, sidecar: "dataset: \(dataset)\n"))
        }
    }

    /// The dropped name of a file that was filed as `HASH8-NAME`.
    func originalName(of name: String) -> String {
        files.contains { $0.name == name } ? name : String(name.dropFirst(9))
    }

    /// Three letters for a number, in order.
    private static func letters(_ number: Int) -> String {
        String(decoding: [number / 676 % 26, number / 26 % 26, number % 26].map { UInt8(0x61 + $0) }, as: UTF8.self)
    }
}
