import ControlAPI
import Testing

@Suite struct TerminalFilterTests {
    private func filtered(_ bytes: [UInt8], inPiecesOf count: Int) -> String {
        var filter = TerminalFilter()
        var printed: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: count) {
            printed += filter.pass(Array(bytes[start..<min(bytes.count, start + count)]))
        }
        return String(decoding: printed + filter.finish(), as: UTF8.self)
    }

    @Test(arguments: [1, 2, 3, 5, 1000])
    func wherePiecesEndMakesNoDifference(count: Int) {
        let text = "a,Østfold 😀\r\n\u{1B}[2J,\u{9B}31m\r\nx\u{202E}y,\tz\rq\u{E0041}\n"
        let expected = "a,Østfold 😀\r\n\\u{1B}[2J,\\u{9B}31m\r\nx\\u{202E}y,\\tz\\rq\\u{E0041}\n"
        #expect(filtered(Array(text.utf8), inPiecesOf: count) == expected)
    }

    @Test func whatIsNoUTF8ControlsNothing() {
        let printed = filtered([0x61, 0x9B, 0x33, 0xF0, 0x9F], inPiecesOf: 2)
        #expect(!printed.unicodeScalars.contains { (0x80..<0xA0).contains($0.value) })
        #expect(printed.hasPrefix("a\u{FFFD}3"))
    }
}
