import Annals
import Crypto
import Glibc
import Testing

@testable import Inbox

struct FilingTests {
    private let place: TemporaryInbox
    private let dataset = DatasetID("net-migration")!

    init() throws { place = try TemporaryInbox() }

    private func text(_ path: [UInt8]?) -> String? { path.map { EscapedName.text($0) } }

    private func hash8(_ content: String) -> String {
        String(Annals.Digest(bytes: SHA256.hash(data: Array(content.utf8)))!.hex.prefix(8))
    }

    private func fileDone(_ file: ClaimedFile) throws -> FilingOutcome {
        try place.filing().fileDone(FilingItem(file), dataset: dataset, years: "2011")
    }

    /// What is left of an item after a restart: no descriptor, no bytes.
    private func afterRestart(_ file: ClaimedFile) -> FilingItem {
        let item = FilingItem(file)
        return FilingItem(item.source)
    }

    // MARK: done/

    @Test func aTakenFileGoesUnderItsHash() throws {
        try place.write("x", to: "t.csv")
        let outcome = try fileDone(try place.claim("t.csv"))
        let path = "done/net-migration/2011/\(hash8("x"))-t.csv"
        #expect(outcome == .filed(at: Array(path.utf8)))
        #expect(try place.stored(path) == "x")
        #expect(try place.droppedNames().isEmpty)
    }

    /// Of more than a few the whole file system is synced in place of each.
    @Test func manyDirectoriesAreDoneAtOnce() throws {
        let filing = try place.filing()
        for year in 2000..<2012 {
            try place.write("x", to: "t-\(year).csv")
            let item = FilingItem(try place.claim("t-\(year).csv"))
            _ = try filing.fileDone(item, dataset: dataset, years: "\(year)")
        }
        #expect(try filing.finish().replaced.isEmpty)
        #expect(try filing.finish().replaced.isEmpty, "nothing is owed twice")
        #expect(try place.droppedNames().isEmpty)
        #expect(try place.stored("done/net-migration/2011/\(hash8("x"))-t-2011.csv") == "x")
    }

    @Test func yearsHaveOneName() {
        #expect(Filing.yearsName([2011]) == "2011")
        #expect(Filing.yearsName([2009, 2005, 2007]) == "2005-2009")
        #expect(Filing.yearsName([]) == "no-year")
    }

    @Test func theSameContentDroppedAgainIsNumbered() throws {
        var paths: [String] = []
        for _ in 1...3 {
            try place.write("x", to: "t.csv")
            guard case .filed(let path) = try fileDone(try place.claim("t.csv")) else {
                Issue.record("not filed")
                return
            }
            paths.append(RawPath.name(of: path).withUTF8Text)
        }
        let hash = hash8("x")
        #expect(paths == ["\(hash)-t.csv", "\(hash)-2-t.csv", "\(hash)-3-t.csv"])
    }

    @Test func theSidecarGoesAlong() throws {
        try place.write("x", to: "t.csv")
        try place.write("kind: routine", to: "t.csv.meta.yaml")
        _ = try fileDone(try place.claim("t.csv"))
        #expect(try place.stored("done/net-migration/2011/\(hash8("x"))-t.csv.meta.yaml") == "kind: routine")
        #expect(try place.droppedNames().isEmpty)
    }

    @Test func aSidecarInOtherLettersGoesAlongUnderTheUsualName() throws {
        try place.write("x", to: "T.CSV")
        try place.write("kind: correction\n", to: "T.CSV.META.YAML")
        let ready = SettleBook.Ready(
            arrival: try place.arrival("T.CSV"), wasMovedIn: false, sidecar: try place.sidecar("T.CSV.META.YAML"))
        guard case .claimed(let file) = try Claim().take(ready, beneath: place.openInbox()) else {
            Issue.record("not taken")
            return
        }
        _ = try fileDone(file)
        #expect(try place.stored("done/net-migration/2011/\(hash8("x"))-T.CSV.meta.yaml") == "kind: correction\n")
        #expect(try place.droppedNames().isEmpty)
    }

    @Test func aSidecarThatChangedSinceStays() throws {
        try place.write("x", to: "t.csv")
        try place.write("kind: routine", to: "t.csv.meta.yaml")
        let file = try place.claim("t.csv")
        try place.write("kind: reprint", to: "t.csv.meta.yaml")
        _ = try fileDone(file)
        #expect(try place.droppedNames() == ["t.csv.meta.yaml"])
    }

    @Test func strangeAndLongNamesFit() throws {
        let names: [[UInt8]] = [
            [UInt8](repeating: 0x61, count: 251) + Array(".csv".utf8), Array("two\nlines".utf8), [0xFF, 0xFE],
            Array(String(repeating: "å", count: 127).utf8),
        ]
        for name in names {
            try place.write("x", toRaw: name)
            let sighting = try Scanner().look(at: name, beneath: place.openInbox())
            guard case .arrival(let arrival) = sighting,
                case .claimed(let file) = try Claim().take(
                    .init(arrival: arrival, wasMovedIn: false), beneath: place.openInbox()),
                case .filed(let path) = try fileDone(file)
            else {
                Issue.record("\(EscapedName.text(name)): \(sighting)")
                continue
            }
            #expect(RawPath.name(of: path).count <= 255)
            #expect(try place.stored(path) == "x")
            #expect(String(validating: path, as: UTF8.self) != nil || name == [0xFF, 0xFE])
        }
        #expect(try place.droppedNames().isEmpty)
    }

    @Test func filesInSubdirectoriesAreFiledFromThere() throws {
        try place.makeDirectory("sub")
        try place.write("x", to: "sub/t.csv")
        guard case .filed = try fileDone(try place.claim("sub/t.csv")) else {
            Issue.record("not filed")
            return
        }
        #expect(try place.droppedNames() == ["sub"])
    }

    // MARK: quarantine/

    @Test func aQuarantinedFileKeepsItsNameAndTimes() throws {
        try place.write("x", to: "t.csv")
        let file = try place.claim("t.csv")
        let outcome = try place.filing().quarantine(FilingItem(file), id: "17", reason: Array("{}".utf8))
        #expect(outcome == .filed(at: Array("quarantine/17/t.csv".utf8)))
        #expect(try place.stored("quarantine/17/t.csv") == "x")
        #expect(try place.stored("quarantine/17/reason.json") == "{}")
        let stored = try place.openState().directory(beneath: Array("quarantine/17".utf8))
        #expect(try stored.status(ofName: Array("t.csv".utf8))?.mtimeNs == file.arrival.mtimeNs)
        #expect(try stored.names().count == 2)
    }

    @Test func aDropNamedLikeTheReasonGetsAnotherName() throws {
        try place.write("x", to: "reason.json")
        let file = try place.claim("reason.json")
        _ = try place.filing().quarantine(FilingItem(file), id: "17", reason: Array("{}".utf8))
        #expect(try place.stored("quarantine/17/reason.json") == "{}")
        #expect(try place.stored("quarantine/17/dropped-reason.json") == "x")
    }

    @Test func aQuarantinedFileOf255BytesKeepsItsName() throws {
        let name = String(repeating: "n", count: 255)
        try place.write("x", to: name)
        _ = try place.filing().quarantine(FilingItem(try place.claim(name)), id: "17", reason: [])
        #expect(try place.stored("quarantine/17/\(name)") == "x")
    }

    // MARK: Somebody puts another file there

    @Test func aNewFileUnderTheNameStaysAndTheClaimedBytesAreKept() throws {
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        try place.moveIn("new", as: "t.csv")
        let outcome = try fileDone(file)
        let path = "done/net-migration/2011/\(hash8("old"))-t.csv"
        #expect(outcome == .replaced(kept: Array(path.utf8)))
        #expect(try place.stored(path) == "old")
        #expect(place.dropped("t.csv") == "new")
    }

    @Test func aFileThatWasOverwrittenInPlaceStays() throws {
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        try place.write("newer", to: "t.csv")
        guard case .replaced(let kept?) = try fileDone(file) else {
            Issue.record("the bytes in memory were not kept")
            return
        }
        #expect(try place.stored(kept) == "old")
        #expect(place.dropped("t.csv") == "newer")
    }

    @Test func aFileThatAWriterHasOpenGoesBack() throws {
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        let writer = open(place.inboxPath + "/t.csv", O_WRONLY)
        defer { close(writer) }
        guard case .replaced = try fileDone(file) else {
            Issue.record("moved from under a writer")
            return
        }
        #expect(place.dropped("t.csv") == "old")
    }

    @Test func aFileThatWasRemovedIsKeptAllTheSame() throws {
        try place.write("x", to: "t.csv")
        let file = try place.claim("t.csv")
        unlink(place.inboxPath + "/t.csv")
        guard case .replaced(let kept?) = try fileDone(file) else {
            Issue.record("lost")
            return
        }
        #expect(try place.stored(kept) == "x")
        // And also where the whole inbox is gone.
        try place.write("y", to: "u.csv")
        let other = try place.claim("u.csv")
        remove(tree: place.inboxPath)
        let filing = Filing(inbox: nil, state: try place.openState())
        guard case .replaced(.some) = try filing.fileDone(FilingItem(other), dataset: dataset, years: "2011") else {
            Issue.record("lost with the inbox")
            return
        }
    }

    @Test func aFileThatComesBetweenTheLookAndTheMoveIsGivenBack() throws {
        // The window is too small to hit from outside: a claim that names another inode of equal size and time is
        // what the move sees then.
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        let target = try place.openState()
        var move = FileMove(
            source: try place.openInbox(), name: Array("t.csv".utf8), file: FilingItem(file).source,
            descriptor: file.descriptor, bytes: nil, target: target, names: .only("filed"),
            ending: FilingEnding())
        move.beforeMoving = { [place] in
            // Where it fails, the expectations below do too.
            try? place.moveIn("new", as: "t.csv")
        }
        #expect(try move.run() == .replaced(kept: Array("filed".utf8)))
        #expect(try place.stored("filed") == "old")
        #expect(place.dropped("t.csv") == "new")
    }

    // MARK: Again after a crash

    /// Another drop of the same content, written in the same moment, is no copy of it.
    @Test func afterARestartAFileIsNotTakenForAnotherOfItsContent() throws {
        var items: [FilingItem] = []
        for name in ["t.csv", "u.csv"] {
            try place.write("x", to: name)
            let time = timespec(tv_sec: 1_000_000, tv_nsec: 5)
            #expect(utimensat(AT_FDCWD, place.inboxPath + "/" + name, [time, time], 0) == 0)
            items.append(afterRestart(try place.claim(name)))
        }
        for item in items {
            guard case .filed = try place.filing().fileDone(item, dataset: dataset, years: "2011") else {
                Issue.record("\(EscapedName.text(item.source.path)) is not filed")
                return
            }
        }
        #expect(try place.droppedNames().isEmpty)
        for name in ["t.csv", "u.csv"] {
            #expect(try place.stored("done/net-migration/2011/\(hash8("x"))-\(name)") == "x")
        }
    }

    @Test func filingTwiceIsFilingOnce() throws {
        try place.write("x", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        let file = try place.claim("t.csv")
        guard case .filed(let path) = try fileDone(file) else {
            Issue.record("not filed")
            return
        }
        let filing = try place.filing()
        #expect(try filing.fileDone(FilingItem(file), dataset: dataset, years: "2011") == .alreadyFiled(at: path))
        #expect(try filing.fileDone(afterRestart(file), dataset: dataset, years: "2011") == .alreadyFiled(at: path))
        #expect(try place.openState().directory(beneath: RawPath.parent(of: path)!).names().count == 2)
    }

    @Test func theSidecarFollowsAfterACrashBetweenTheTwo() throws {
        try place.write("x", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        let file = try place.claim("t.csv")
        let stored = "done/net-migration/2011/\(hash8("x"))-t.csv"
        _ = try fileDone(file)
        #expect(rename("\(place.statePath)/\(stored).meta.yaml", place.inboxPath + "/t.csv.meta.yaml") == 0)
        let again = try place.filing().fileDone(afterRestart(file), dataset: dataset, years: "2011")
        #expect(again == .alreadyFiled(at: Array(stored.utf8)))
        #expect(try place.stored(stored + ".meta.yaml") == "s")
    }

    @Test func aNewFileUnderTheNameAfterACrashIsLeftAlone() throws {
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        guard case .filed(let path) = try fileDone(file) else {
            Issue.record("not filed")
            return
        }
        try place.moveIn("new", as: "t.csv")
        let again = try place.filing().fileDone(afterRestart(file), dataset: dataset, years: "2011")
        #expect(again == .alreadyFiled(at: path))
        #expect(place.dropped("t.csv") == "new")
    }

    @Test func aStrangerThatACrashLeftBehindIsGivenBack() throws {
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        // As if the move had taken a stranger, and the process had died before it looked.
        unlink(place.inboxPath + "/t.csv")
        let directory = place.statePath + "/done/net-migration/2011"
        for part in ["/done", "/done/net-migration", "/done/net-migration/2011"] {
            mkdir(place.statePath + part, 0o750)
        }
        try place.moveIn("new", as: "t.csv")
        #expect(rename(place.inboxPath + "/t.csv", "\(directory)/\(hash8("old"))-t.csv") == 0)
        let again = try place.filing().fileDone(afterRestart(file), dataset: dataset, years: "2011")
        #expect(again == .replaced(kept: nil))
        #expect(place.dropped("t.csv") == "new")
        #expect(try Descriptor.directory(at: directory).names().isEmpty)
    }

    @Test func aStateThatCanNotBeWrittenIsAnErrorAndTheFileStays() throws {
        try place.write("x", to: "t.csv")
        let file = try place.claim("t.csv")
        close(open(place.statePath + "/done", O_CREAT | O_WRONLY, 0o600))
        let error = #expect(throws: InboxError.self) { try fileDone(file) }
        #expect(
            error?.description.hasPrefix("Can't open the directory \(place.statePath)/done: Not a directory") == true)
        #expect(place.dropped("t.csv") == "x")
    }
}

extension Array where Element == UInt8 {
    /// For names that are known to be text.
    var withUTF8Text: String { String(decoding: self, as: UTF8.self) }
}
