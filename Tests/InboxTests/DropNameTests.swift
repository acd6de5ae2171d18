import Testing

@testable import Inbox

struct DropNameTests {
    @Test(arguments: [
        ".hidden", "..", "notes~", "t.csv.part", "t.filepart", "t.tmp", "t.crdownload", "t.csv.meta.yaml", "T.CSV.PART",
        "",
    ])
    func ignored(name: String) {
        #expect(DropName.isIgnored(Array(name.utf8)))
    }

    @Test(arguments: ["t.csv", "tmp", "part", "a.tmp.csv", "meta.yaml", "~t", "t.part2"])
    func notIgnored(name: String) {
        #expect(!DropName.isIgnored(Array(name.utf8)))
    }

    @Test func theSidecarOfALongNameCanNotExist() {
        #expect(DropName.sidecar(of: Array("t.csv".utf8)) == Array("t.csv.meta.yaml".utf8))
        #expect(DropName.sidecar(of: [UInt8](repeating: 0x61, count: 245))?.count == 255)
        #expect(DropName.sidecar(of: [UInt8](repeating: 0x61, count: 246)) == nil)
    }

    @Test func shorteningKeepsTheExtensionAndWholeCharacters() {
        let shorten = { (text: String, limit: Int) in
            String(decoding: DropName.shortened(Array(text.utf8), toBytes: limit), as: UTF8.self)
        }
        #expect(shorten("table.csv", 9) == "table.csv")
        #expect(shorten("population.csv", 10) == "popula.csv")
        #expect(shorten("åååå.csv", 9) == "åå.csv")
        #expect(shorten("no-extension-here", 5) == "no-ex")
        #expect(shorten("a.verylongextension", 6) == "a.very")
    }

    @Test func shorteningCutsWhatIsNoTextWhereItMust() {
        let raw = [UInt8](repeating: 0x80, count: 300)
        #expect(DropName.shortened(raw, toBytes: 246).count == 246)
    }
}
