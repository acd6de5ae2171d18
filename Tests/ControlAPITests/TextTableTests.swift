import ControlAPI
import Testing

@Suite struct TextTableTests {
    @Test func figuresStandToTheRightAndLinesHaveNoTail() {
        var table = TextTable([("county", .left), ("value", .right), ("note", .left)])
        table.add(["Østfold", "550", ""])
        table.add(["Oslo", "-1 234", "revised"])
        #expect(
            table.text() == """
                county    value  note
                Østfold     550
                Oslo     -1 234  revised

                """)
    }

    @Test func withoutHeadingsThereIsNoHeadingLine() {
        var table = TextTable([("", .left), ("", .left)])
        table.add(["state", "ready"])
        #expect(table.text() == "state  ready\n")
    }

    @Test func wideCharactersTakeTwoColumnsAndControlsNone() {
        var table = TextTable([("a", .left), ("b", .left)])
        table.add(["東京", "x"])
        table.add(["e\u{301}\u{1B}", "y"])
        #expect(table.text() == "a        b\n東京     x\ne\u{301}\\u{1B}  y\n")
    }
}
