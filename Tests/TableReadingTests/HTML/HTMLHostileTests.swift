import Annals
import Definitions
import Testing

@testable import TableReading

/// Pages that nobody wrote for a reader.
@Suite struct HTMLHostileTests {
    @Test(
        arguments: [
            (
                "nested",
                String(repeating: "<table><tr><td>", count: 500) + "5"
                    + String(repeating: "</td></tr></table>", count: 500), "deep"
            ),
            ("open", "<html>" + String(repeating: "<b>", count: 100_000) + "5", "deep"),
            (
                "cut off in a table", "<table><caption>A 2011</caption><tr><th>R<th>B<tr><td>O<td>5<tr><td>P<td>7",
                "closed"
            ),
            ("unclosed comment", "<html><!-- <table><tr><td>O<td>5</table>", "middle"),
            ("unclosed script", "<html><script>var x = 1; <table><tr><td>O<td>5</table>", "middle"),
            ("frames", "<html><frameset><frame src=a.htm></frameset></html>", "frames"),
            ("a login", "<html><title>Log in</title><form><input type=password></form></html>", "password"),
            ("an error", "<html><title>404 Not Found</title><h1>Not Found</h1></html>", "error"),
            ("an archive", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n", "MHTML"),
            (
                "a workbook in XML", "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook/>",
                "2003"
            ),
            (
                "a hidden row",
                "<table><caption>A 2011</caption><tr><th>R<th>B<tr><td>O<td>5<tr hidden><td>P<td>7</table>", "show"
            ),
            (
                "a hidden column",
                "<table><caption>A 2011</caption><col><col hidden><tr><th>R<th>B<tr><td>O<td>5<tr><td>P<td>7</table>",
                "hides"
            ),
            (
                "a text in no cell",
                "<table><caption>A 2011</caption><tr><th>R<th>B<tr>9<td>O<td>5<tr><td>P<td>7</table>",
                "none of its cells"
            ),
            (
                "a heading without its corner",
                "<table><caption>A</caption><tr><th>2010<th>2011<tr><td>O<td>5<td>6<tr><td>P<td>7<td>8</table>",
                "has no name"
            ),
            (
                "a short row",
                "<table><caption>A 2011</caption><tr><th>R<th>B<th>C<tr><td>O<td>5<td>6<tr><td>P<td>7</table>",
                "fewer cells"
            ),
            (
                "cells over one another",
                "<table><caption>A 2011</caption><tr><th>R<th>B<th>C<tr><td>O<td rowspan=2>x<td>6<tr><td colspan=2>P<td>7</table>",
                "over another"
            ),
            (
                "a wide cell",
                "<table><caption>A 2011</caption><tr><th>R<th>B<tr><td>O<td>5"
                    + String(repeating: "<td colspan=1000>", count: 20) + "</table>", "wider"
            ),
            (
                "a table in a table of figures",
                "<table><tr><th>R<th>B<th>C<tr><td>O<td>5<td>6<tr><td>P<td>7<td><table><tr><td>x</table></table>", nil
            ),
        ] as [(String, String, String?)])
    func refused(name: String, text: String, words: String?) {
        let reason = refusal(of: text, name: "page-2011.html")
        guard let words else { return }
        #expect(reason?.message.contains(words) == true, "\(name): \(reason?.message ?? "")")
    }

    @Test func spansAreBounded() {
        let rows = String(repeating: "<tr><td colspan=1000 rowspan=65534>x</td></tr>", count: 9000)
        // Whatever comes of them, it comes soon.
        _ = try? read("<table><tr><th>R<th>B<tr><td>O<td>5\(rows)</table>", name: "page-2011.html")
        let tags = String(repeating: "<tbody>", count: 20_000)
        // Row groups without end come soon to theirs.
        _ = try? read("<table><tr><td colspan=1000>x<td>5</tr>\(tags)</table>", name: "page-2011.html")
    }

    @Test func manyUnmatchedTagsTakeLinearTime() {
        let clock = ContinuousClock()
        let text = "<html>" + String(repeating: "<i>", count: 700) + String(repeating: "</b><p>", count: 20_000)
        // Whatever comes of it, it comes soon.
        let took = clock.measure { _ = try? read(text, name: "page-2011.html") }
        #expect(took < .seconds(15))
    }

    /// Any bytes end as a table or as a reason.
    @Test func bytesAtRandom() {
        var generator = SystemRandomNumberGenerator()
        let seed = generator.next()
        var state = seed
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let pieces = [
            "<table>", "</table>", "<tr>", "<td>", "<th colspan=2>", "<td rowspan=2>", "5", "Oslo", "2011",
            "<sup>1</sup>", "&nbsp;",
            "<br>", "<thead>", "<tfoot>", "</tr>", "</td>", "<p>", "<!--", "-->", "<div hidden>", "</div>", "<caption>",
            "1,234",
            "<ol><li>", "<td x:num=\"1.5\">", "&#0;", "<![if x]>", "\"", "<s>", "</s>", "<col hidden>", "<h2>",
        ]
        for _ in 0..<2000 {
            let text = "<html>" + (0..<next(60)).map { _ in pieces[next(pieces.count)] }.joined()
            do throws(Reason) {
                _ = try read(text, name: "page-2011.html")
            } catch {
                #expect(!error.message.isEmpty, "seed \(seed)")
            }
        }
    }
}
