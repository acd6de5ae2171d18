import Glibc
import Testing

@testable import Inbox

struct QuarantineTests {
    private let place: TemporaryInbox

    init() throws { place = try TemporaryInbox() }

    private var quarantine: Quarantine { get throws { Quarantine(state: try place.openState()) } }

    private func quarantined(_ name: String, id: String) throws {
        _ = try place.filing().quarantine(FilingItem(try place.claim(name)), id: id, reason: Array("{}".utf8))
    }

    @Test func aReleasedFileIsBackWithItsSidecar() throws {
        try place.write("x", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        try quarantined("t.csv", id: "7")
        #expect(try place.droppedNames().isEmpty)
        #expect(try quarantine.release("7", to: place.openInbox()) == Array("t.csv".utf8))
        #expect(place.dropped("t.csv") == "x")
        #expect(place.dropped("t.csv.meta.yaml") == "s")
        #expect(try place.openState().directory(beneath: Array("quarantine".utf8)).names().isEmpty)
        #expect(try quarantine.release("7", to: place.openInbox()) == nil)
    }

    @Test func aTakenNameIsNotReplaced() throws {
        try place.write("old", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        try quarantined("t.csv", id: "7")
        try place.write("new", to: "t.csv")
        #expect(try quarantine.release("7", to: place.openInbox()) == Array("returned-t.csv".utf8))
        #expect(place.dropped("t.csv") == "new")
        #expect(place.dropped("returned-t.csv") == "old")
        #expect(place.dropped("returned-t.csv.meta.yaml") == "s")
    }

    @Test func itGoesBackToItsDirectoryWhileThatIsThere() throws {
        try place.makeDirectory("net-migration")
        for id in ["1", "2"] {
            try place.write("x", to: "net-migration/t.csv")
            try quarantined("net-migration/t.csv", id: id)
        }
        let directory = Array("net-migration".utf8)
        #expect(
            try quarantine.release("1", to: place.openInbox(), directory: directory)
                == Array("net-migration/t.csv".utf8))
        remove(tree: place.inboxPath + "/net-migration")
        #expect(try quarantine.release("2", to: place.openInbox(), directory: directory) == Array("t.csv".utf8))
    }

    @Test func aDropNamedLikeTheReasonHasItsNameBack() throws {
        try place.write("x", to: "reason.json")
        try quarantined("reason.json", id: "7")
        #expect(try quarantine.release("7", to: place.openInbox()) == Array("reason.json".utf8))
        #expect(place.dropped("reason.json") == "x")
    }

    @Test func discardedIsGone() throws {
        try place.write("x", to: "t.csv")
        try quarantined("t.csv", id: "7")
        #expect(try quarantine.discard("7"))
        #expect(try !quarantine.discard("7"))
        #expect(try !quarantine.discard("../quarantine"))
        #expect(try place.stored("quarantine/7/t.csv") == nil)
        #expect(try place.droppedNames().isEmpty)
    }
}
