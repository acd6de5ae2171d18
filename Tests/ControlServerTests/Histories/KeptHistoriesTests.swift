import Annals
import Archive
import ControlServer
import Glibc
import TableCoding
import TestSupport
import Testing

/// Histories say the same with and without kept answers, byte for byte, over random drops; and with them no table is read.
@Suite struct KeptHistoriesTests {
    private static let seeds = getenv("ANNAL_SEED").flatMap { UInt64(String(cString: $0)) }.map { $0...$0 } ?? 0...59

    private static func archive(_ seed: UInt64) throws -> HistoryArchive {
        var drops = RandomDrops(SeededNumbers(seed))
        let archive = try HistoryArchive(drops)
        for drop in drops.drops() {
            if let drop { _ = try archive.record(drop) } else { try archive.quarantine() }
        }
        return archive
    }

    /// Every year as it is, at each release, and at each entry.
    private static func targets(_ archive: HistoryArchive) -> [String] {
        let catalog = archive.catalog
        return catalog.years(HistoryArchive.dataset).flatMap { year in
            let published = catalog.vintages(HistoryArchive.dataset, year).map { "?as_of=\($0.published)" }
            let known = (1...catalog.head.sequence).map { "?known_at=\($0)" }
            return ([""] + published + known).map { "datasets/history/years/\(year)/vintages" + $0 }
        }
    }

    /// What the log, opened anew, is answered with, and how much of tables was read for it.
    private static func answers(
        _ archive: HistoryArchive, _ targets: [String], keeps: Bool, tolerates: Bool = false, prepares: Bool = false
    ) async throws -> (texts: [String], readBytes: Int) {
        let backend = try archive.served(keeps: keeps, tolerates: tolerates)
        if prepares {
            for year in backend.archive.catalog.years(HistoryArchive.dataset) {
                backend.changes.prepare(HistoryArchive.dataset, year, backend.definitions)
            }
        }
        let texts = Texts()
        try await RunningServer.with(backend) { server in
            for target in targets {
                do { await texts.add(try await server.text(target)) } catch { await texts.add("\(error)") }
            }
        }
        return (await texts.all, backend.archive.cachedByteCount)
    }

    private actor Texts {
        private(set) var all: [String] = []

        func add(_ text: String) { all.append(text) }
    }

    @Test(arguments: seeds) func theSameIsAnsweredWithAndWithout(seed: UInt64) async throws {
        let archive = try Self.archive(seed)
        let targets = Self.targets(archive)
        let tolerates = seed.isMultiple(of: 2)
        let plain = try await Self.answers(archive, targets, keeps: false, tolerates: tolerates)

        // Made ready as after a commit, then asked; what else is asked is kept, too.
        let prepared = try await Self.answers(archive, targets, keeps: true, tolerates: tolerates, prepares: true)
        #expect(prepared.texts == plain.texts)
        let kept = try await Self.answers(archive, targets, keeps: true, tolerates: tolerates)
        #expect(kept.texts == plain.texts)
        #expect(kept.readBytes == 0)

        // Other tolerances are other answers.
        let other = try await Self.answers(archive, targets, keeps: false, tolerates: !tolerates)
        #expect(try await Self.answers(archive, targets, keeps: true, tolerates: !tolerates).texts == other.texts)
    }

    @Test func whatIsMadeReadyIsAllThatIsAsked() async throws {
        let archive = try Self.archive(3)
        let targets = Self.targets(archive).filter { !$0.contains("?") }
        _ = try await Self.answers(archive, [], keeps: true, tolerates: true, prepares: true)
        let asked = try await Self.answers(archive, targets, keeps: true, tolerates: true)
        #expect(asked.texts.contains { $0.contains("\"changed\":{") } && asked.readBytes == 0)
    }

    @Test(arguments: seeds.prefix(12)) func theSameIsSaidOfWhatIsLost(seed: UInt64) async throws {
        let archive = try Self.archive(seed)
        let targets = Self.targets(archive)
        _ = try await Self.answers(archive, targets, keeps: true)
        var numbers = SeededNumbers(seed &+ 99)
        let vintages = archive.catalog.years(HistoryArchive.dataset)
            .flatMap { archive.catalog.vintages(HistoryArchive.dataset, $0) }
        let content = try #require(vintages.randomElement(using: &numbers)).content
        try archive.damage([content.keySpace] + content.chunks)
        for isGivenUp in [false, true] {
            if isGivenUp { try archive.repair() }
            let plain = try await Self.answers(archive, targets, keeps: false)
            #expect(try await Self.answers(archive, targets, keeps: true).texts == plain.texts)
        }
    }
}
