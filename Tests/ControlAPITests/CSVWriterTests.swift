import ControlAPI
import Testing

@Suite struct CSVWriterTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""), ("=1+1", "'=1+1"), ("+47", "'+47"), ("-", "'-"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tcmd", "'\tcmd"), ("\rcmd", "\"'\rcmd\""), ("\ncmd", "\"'\ncmd\""),
        (" =1+1", "' =1+1"), ("\u{A0}\u{200B}@x", "'\u{A0}\u{200B}@x"), ("＝1", "'＝1"), (" a", " a"), (" ", " "),
        ("\u{1B}[2J\u{7F}", "\\u{1B}[2J\\u{7F}"), ("\u{0}", "\\u{0}"), ("x\u{202E}y", "x\u{202E}y"),
        ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""), ("a=b", "a=b"), ("Østfold", "Østfold"),
    ])
    func textIsNeverAFormula(text: String, expected: String) {
        #expect(String(decoding: CSVWriter.field(text), as: UTF8.self) == expected)
    }

    @Test func figuresKeepTheirSign() {
        var csv = CSVWriter()
        csv.text("a")
        csv.figure(-1250, decimals: 2)
        csv.figure(nil, decimals: 2)
        csv.integer(-3)
        csv.empty()
        csv.endRow()
        #expect(String(decoding: csv.bytes, as: UTF8.self) == "a,-12.50,,-3,\r\n")
    }

    @Test func aRowStartsWithoutAComma() {
        var csv = CSVWriter()
        csv.row(["", "b"])
        csv.row(["c"])
        #expect(String(decoding: csv.take(), as: UTF8.self) == ",b\r\nc\r\n")
        #expect(csv.bytes.isEmpty)
    }
}
