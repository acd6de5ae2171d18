import Annals
import Testing

@testable import TableReading

@Suite struct ZipArchiveTests {
    static let members = [(name: "a.xml", text: "<a/>"), (name: "xl/b.xml", text: "<b>text</b>")]

    private static func refusal(_ bytes: [UInt8]) -> String? {
        do throws(Reason) {
            let archive = try ZipArchive(bytes, mostExpanded: 1 << 20)
            for name in archive.names { try archive.read(name) { _ in } }
            return nil
        } catch {
            return error.message
        }
    }

    @Test func readsItsMembers() throws {
        let archive = try ZipArchive(StoredZip.bytes(Self.members), mostExpanded: 1 << 20)
        #expect(archive.names == ["a.xml", "xl/b.xml"])
        #expect(try archive.short("XL/B.xml", upTo: 100) == Array("<b>text</b>".utf8))
        #expect(try archive.short("c.xml", upTo: 100) == nil)
    }

    @Test func refusesWhatNoWorkbookHas() {
        #expect(Self.refusal(StoredZip.bytes([("../a", "x")]))?.contains("leads out") == true)
        #expect(Self.refusal(StoredZip.bytes([("a/..\\b", "x")]))?.contains("leads out") == true)
        #expect(Self.refusal(StoredZip.bytes([("a", "x"), ("A", "y")]))?.contains("two members") == true)
        #expect(Self.refusal([])?.contains("cut off") == true)
    }

    @Test func noByteTraps() {
        let bytes = StoredZip.bytes(Self.members)
        for count in 0..<bytes.count { #expect(Self.refusal(Array(bytes[..<count])) != nil) }
        for index in bytes.indices {
            for value in [0, 1, 0x7F, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] = value
                _ = Self.refusal(changed)
            }
        }
    }

    @Test func limitsHoldForAllMembersTogether() throws {
        let archive = try ZipArchive(StoredZip.bytes([("a", "12345"), ("b", "12345")]), mostExpanded: 8)
        try archive.read("a") { _ in }
        #expect(throws: Reason.self) { try archive.read("b") { _ in } }
    }
}
