import ControlAPI
import Testing

@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("Østfold 😀", "Østfold 😀"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{1B}[2J", "\\u{1B}[2J"),
        ("\u{9B}31m", "\\u{9B}31m"), ("\u{0}\u{7F}", "\\u{0}\\u{7F}"), ("x\u{202E}fdp.exe", "x\\u{202E}fdp.exe"),
        ("\u{2066}\u{200F}\u{2028}", "\\u{2066}\\u{200F}\\u{2028}"), ("zero\u{200B}width", "zero\\u{200B}width"),
        ("\u{E0041}", "\\u{E0041}"), ("e\u{301}", "e\u{301}"), ("\r\n", "\\r\\n"),
    ])
    func nothingReachesTheTerminalThatControlsIt(text: String, expected: String) {
        #expect(TerminalText.sanitised(text) == expected)
    }
}
