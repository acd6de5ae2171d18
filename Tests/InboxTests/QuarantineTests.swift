import Annals
import Glibc
import Testing

@testable import Inbox

struct QuarantineTests {
    private let place: TemporaryInbox

    init() throws { place = try TemporaryInbox() }

    private var quarantine: Quarantine { get throws { Quarantine(state: try place.openState()) } }

    /// Takes a file of the inbox aside, and gives what its commit would name.
    private func quarantined(_ name: String, id: String = "7") throws -> SourceRef {
        let item = FilingItem(try place.claim(name))
        _ = try place.filing().quarantine(item, id: id, reason: Array("{}".utf8))
        return item.source
    }

    private func release(_ claim: SourceRef, id: String = "7") throws -> Quarantine.Release {
        try quarantine.release(id, claim, to: place.openInbox())
    }

    /// Puts a file back and says so, as its commit does.
    ///
    /// - Returns: What lies in its directory still.
    private func returned(_ claim: SourceRef, id: String = "7") throws -> [[UInt8]] {
        #expect(try release(claim, id: id) == .returned)
        return try quarantine.clear(id)
    }

    /// Lays something beside a quarantined file.
    private func lay(_ text: String, as name: String, id: String = "7") throws {
        let directory = try place.openState().directory(beneath: Array("quarantine/\(id)".utf8))
        try directory.remove(Array(name.utf8))
        try directory.create(Array(name.utf8)) { (file) throws(InboxError) in try file.write(Array(text.utf8)) }
    }

    private func kept(id: String = "7") throws -> [String] {
        try place.openState().directory(beneath: Array("quarantine/\(id)".utf8)).names().map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private func raw(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    // MARK: Back to the inbox

    @Test func aReleasedFileIsBackWithItsSidecar() throws {
        try place.write("x", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        let claim = try quarantined("t.csv")
        #expect(try place.droppedNames().isEmpty)
        #expect(try returned(claim) == [])
        #expect(place.dropped("t.csv") == "x")
        #expect(place.dropped("t.csv.meta.yaml") == "s")
        #expect(try place.openState().directory(beneath: Array("quarantine".utf8)).names().isEmpty)
        #expect(try release(claim) == .missing(beside: []))
    }

    /// Under another name it would be another dataset's, or another year's.
    @Test(arguments: ["t.csv", "t.csv.meta.yaml"])
    func nothingIsMovedWhereItsPlaceIsTaken(taken: String) throws {
        try place.write("old", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        let claim = try quarantined("t.csv")
        try place.write("new", to: taken)
        #expect(try release(claim) == .taken(path: Array(taken.utf8)))
        #expect(try place.droppedNames() == [taken])
        #expect(try kept() == ["reason.json", "t.csv", "t.csv.meta.yaml"])
        unlink(place.inboxPath + "/" + taken)
        #expect(try returned(claim) == [])
        #expect(place.dropped("t.csv") == "old")
    }

    /// A folder's name may name the dataset.
    @Test func itGoesBackToItsFolderAlsoWhereThatIsGone() throws {
        try place.makeDirectory("net")
        chmod(place.inboxPath, 0o2770)
        try place.makeDirectory("net/north")
        try place.write("x", to: "net/north/t.csv")
        let claim = try quarantined("net/north/t.csv")
        remove(tree: place.inboxPath + "/net")
        #expect(try returned(claim) == [])
        #expect(place.dropped("net/north/t.csv") == "x")
        let made = try place.openInbox().directory(beneath: Array("net/north".utf8))
        #expect(try made.status().permissions == 0o2770, "others may drop files there as before")
    }

    @Test func aFolderThatIsSomethingElseNowIsNotWrittenThrough() throws {
        try place.makeDirectory("net")
        try place.write("x", to: "net/t.csv")
        let claim = try quarantined("net/t.csv")
        remove(tree: place.inboxPath + "/net")
        #expect(symlink("/tmp", place.inboxPath + "/net") == 0)
        #expect(throws: InboxError.self) { try release(claim) }
        #expect(try kept() == ["reason.json", "t.csv"])
    }

    @Test(arguments: ["0-notes.txt", "README", "zz.csv", ".note", "t.csv.orig", "reason.json.old"])
    func aNoteBesideStays(note: String) throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        try lay("n", as: note)
        #expect(try returned(claim) == raw(note))
        #expect(try place.droppedNames() == ["t.csv"])
        #expect(place.dropped("t.csv") == "x")
        #expect(try place.stored("quarantine/7/\(note)") == "n")
    }

    @Test func aDirectoryBesideStays() throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        #expect(mkdir(place.statePath + "/quarantine/7/work", 0o770) == 0)
        #expect(try returned(claim) == raw("work"))
    }

    /// With or without the file that stood there: it is corrected under its name.
    @Test func aCorrectedFileAndSidecarAreTakenForTheirs() throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        try lay("corrected", as: "t.csv")
        try lay("dataset: t\n", as: "t.csv.meta.yaml")
        #expect(try returned(claim) == [])
        #expect(place.dropped("t.csv") == "corrected")
        #expect(place.dropped("t.csv.meta.yaml") == "dataset: t\n")
    }

    @Test func aFileThatWasRenamedThereIsFoundByWhatItIs() throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        let folder = place.statePath + "/quarantine/7/"
        #expect(rename(folder + "t.csv", folder + "checked.csv") == 0)
        try lay("another", as: "a.csv")
        #expect(try returned(claim) == raw("a.csv"))
        #expect(place.dropped("t.csv") == "x")
    }

    @Test func noOtherFileIsTakenInItsPlace() throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        unlink(place.statePath + "/quarantine/7/t.csv")
        try lay("another", as: "u.csv")
        #expect(mkfifo(place.statePath + "/quarantine/7/pipe", 0o600) == 0)
        #expect(try release(claim) == .missing(beside: raw("pipe", "u.csv")))
        #expect(try place.droppedNames().isEmpty)
    }

    @Test func aDropNamedLikeTheReasonHasItsNameBack() throws {
        try place.write("x", to: "reason.json")
        let claim = try quarantined("reason.json")
        #expect(try returned(claim) == [])
        #expect(place.dropped("reason.json") == "x")
    }

    @Test func aShortenedNameIsWholeAgain() throws {
        let name = String(repeating: "n", count: 245)
        try place.write("x", to: name)
        try place.write("s", to: name + ".meta.yaml")
        let claim = try quarantined(name)
        #expect(try returned(claim) == [])
        #expect(place.dropped(name) == "x" && place.dropped(name + ".meta.yaml") == "s")
    }

    /// A crash comes before it is recorded that the file was put back.
    @Test func whatWasPutBackIsKnownUntilItIsRecorded() throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        #expect(try !quarantine.wasReturned("7", claim))
        #expect(try release(claim) == .returned)
        #expect(try quarantine.wasReturned("7", claim))
        #expect(try release(claim) == .missing(beside: []), "the mark is nobody's file")
        #expect(try quarantine.clear("7") == [])
        #expect(try !quarantine.wasReturned("7", claim))
    }

    @Test func whatWasNotPutBackIsNotTakenForIt() throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        // The crash came before the file was moved.
        try lay("", as: ".returned")
        #expect(try !quarantine.wasReturned("7", claim))
        // Nothing is moved, and somebody removes the file afterwards.
        try place.write("new", to: "t.csv")
        #expect(try release(claim) == .taken(path: Array("t.csv".utf8)))
        unlink(place.statePath + "/quarantine/7/t.csv")
        #expect(try !quarantine.wasReturned("7", claim))
    }

    // MARK: For good

    @Test func discardedIsGone() throws {
        try place.write("x", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        let claim = try quarantined("t.csv")
        let (wasThere, beside) = try quarantine.discard("7", claim)
        #expect(wasThere && beside.isEmpty)
        #expect(try place.openState().directory(beneath: Array("quarantine".utf8)).names().isEmpty)
        #expect(try !quarantine.discard("7", claim).wasThere)
        #expect(try !quarantine.discard("../quarantine", claim).wasThere)
        #expect(try place.droppedNames().isEmpty)
    }

    @Test func whatSomebodyMadeThereIsNotDiscarded() throws {
        try place.write("x", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        let claim = try quarantined("t.csv")
        try lay("corrected", as: "t.csv.meta.yaml")
        try lay("n", as: "note")
        let (wasThere, beside) = try quarantine.discard("7", claim)
        #expect(wasThere && beside == raw("note", "t.csv.meta.yaml"))
        #expect(try place.stored("quarantine/7/t.csv") == nil)
        #expect(try place.stored("quarantine/7/t.csv.meta.yaml") == "corrected")
    }

    @Test func aCorrectedFileIsNotDiscarded() throws {
        try place.write("x", to: "t.csv")
        let claim = try quarantined("t.csv")
        try lay("y", as: "t.csv")
        let (wasThere, beside) = try quarantine.discard("7", claim)
        #expect(!wasThere && beside == raw("t.csv"))
        #expect(try place.stored("quarantine/7/t.csv") == "y")
    }
}
