import Annals
import Definitions
import Testing

@testable import TableReading

/// A page around what is in its body.
func page(_ body: String, head: String = "") -> String {
    "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\(head)</head><body>\n\(body)\n</body></html>\n"
}

/// Rows of cells, the first of them headings.
func table(_ rows: [[String]], caption: String? = nil) -> String {
    let lines = rows.enumerated().map { index, row in
        "<tr>" + row.map { index == 0 ? "<th>\($0)</th>" : "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return "<table>\n" + (caption.map { "<caption>\($0)</caption>\n" } ?? "") + lines.joined(separator: "\n")
        + "\n</table>"
}

@Suite struct HTMLReaderTests {
    private let births = [["Region", "Births"], ["Oslo", "5"], ["Bergen", "7"]]

    @Test func captionNamesTheDataset() throws {
        let document = try read(page(table(births, caption: "Births by region, 2011")), name: "page.html")
        #expect(document.facts.reader == "html")
        #expect(document.facts.dataset.slug == "births-by-region")
        #expect(document.tables[0].period.label == "2011")
        #expect(document.tables[0].shown("Oslo") == "5")
    }

    @Test func nearestHeadingIsTheTitle() throws {
        let body = "<h1>Statistics 2011</h1><h2>Births by region</h2>" + table(births)
        let document = try read(page(body), name: "page.html")
        #expect(document.facts.dataset.slug == "births-by-region")
        #expect(document.tables[0].period.label == "2011")
    }

    @Test func spansOfTheHeading() throws {
        let document = try read(
            page(
                """
                <table><caption>Births by region</caption><thead>
                <tr><th rowspan="2">Region</th><th colspan="2">2010</th><th colspan="2">2011</th></tr>
                <tr><th>Boys</th><th>Girls</th><th>Boys</th><th>Girls</th></tr></thead>
                <tr><th>Oslo</th><td>1</td><td>2</td><td>3</td><td>4</td></tr>
                <tr><th>Bergen</th><td>5</td><td>6</td><td>7</td><td>8</td></tr></table>
                """), name: "page.html")
        #expect(document.tables.map(\.period.label) == ["2010", "2011"])
        #expect(document.tables[0].shown("Oslo", "girls") == "2")
        #expect(document.tables[1].shown("Bergen", "boys") == "7")
    }

    @Test func labelsThatGoDownStandInEachRow() throws {
        let document = try read(
            page(
                """
                <table><caption>Persons, 2011</caption><tr><th>Region</th><th>Sex</th><th>Persons</th></tr>
                <tr><td rowspan="2">Oslo</td><td>Men</td><td>1</td></tr><tr><td>Women</td><td>2</td></tr>
                <tr><td rowspan="0">Bergen</td><td>Men</td><td>3</td></tr><tr><td>Women</td><td>4</td></tr></table>
                """), name: "page.html")
        #expect(document.tables[0].shown("Bergen", "Women") == "4")
        #expect(document.tables[0].shown("Oslo", "Women") == "2")
    }

    @Test(arguments: [
        ("<td rowspan=\"2\">8</td>", "", "several rows"),
        ("<td colspan=\"2\">8</td>", "<td>1</td><td>2</td>", "several columns"),
    ])
    func figuresThatGoOverPlaces(first: String, second: String, words: String) throws {
        let rest = first.contains("rowspan") ? "<td>9</td>" : ""
        let reason = refusal(
            of: page(
                "<table><caption>Persons, 2011</caption><tr><th>Region</th><th>Men</th><th>Women</th></tr>"
                    + "<tr><td>Oslo</td>\(rest)\(first)</tr><tr><td>Bergen</td>\(second.isEmpty ? "<td>3</td>" : second)</tr></table>"
            ),
            name: "page.html")
        #expect(reason?.message.contains(words) == true, "\(reason?.message ?? "")")
    }

    @Test func raisedMarksAreNoDigits() throws {
        let rows = [["Region", "Births<sup>2</sup>"], ["Oslo<sup>1</sup>", "120<sup>1</sup>"], ["Bergen", "7"]]
        let body = table(rows, caption: "Births 2011") + "<p><sup>1</sup> Provisional.</p><p>2) Live births.</p>"
        let document = try read(page(body), name: "page.html")
        #expect(document.tables[0].shown("Oslo") == "120")
        #expect(document.facts.findings.contains { $0.code == "figure-footnote" })
        #expect(document.tables[0].notes.contains("2) Live births."))
        let reason = refusal(of: page(table(rows, caption: "Births 2011")), name: "page.html")
        #expect(reason?.message.contains("raised") == true)
    }

    @Test(arguments: [
        "<td>120<br>130</td>", "<td>120<span>1</span></td>", "<td><b>12</b> <i>345</i></td>",
        "<td>120<sub>1</sub></td>",
        "<td><s>120</s> 130</td>", "<td><input value=\"120\"></td>", "<td><span aria-hidden=\"true\">120</span></td>",
        "<td><div>120</div><div>130</div></td>",
    ])
    func cellsThatAreNoOneFigure(cell: String) {
        let body =
            "<table><caption>Births 2011</caption><tr><th>Region</th><th>Births</th></tr><tr><td>Oslo</td>\(cell)</tr>"
            + "<tr><td>Bergen</td><td>7</td></tr></table>"
        #expect(refusal(of: page(body), name: "page.html") != nil)
    }

    @Test(arguments: [
        ("<td>12<span>345</span></td>", "12345"), ("<td><!-- 9 -->12&nbsp;345</td>", "12345"),
        ("<td><span style=\"display: none\">7005</span>120</td>", "120"),
        ("<td>5<script>document.write(9)</script></td>", "5"),
        ("<td>5<textarea><td>9</td></textarea></td>", "5"), ("<td>&minus;5</td>", "-5"),
        ("<td><![if !x]>5<![endif]></td>", "5"),
        ("<td>5 <span class=\"sr-only\">9</span></td>", "5"), ("<td><p>5</td>", "5"),
        ("<td><span hidden>1</span>5</div></td>", "5"),
        ("<td data-value=\"7\">5</td>", "5"), ("<td><template><td>9</td></template>5</td>", "5"),
    ])
    func cellsThatShowOneFigure(cell: String, figure: String) throws {
        let body =
            "<table><caption>Net migration 2011</caption><tr><th>Region</th><th>Net</th></tr><tr><td>Oslo</td>\(cell)</tr>"
            + "<tr><td>Bergen</td><td>7</td></tr><tr><td>Moss</td><td>8</td></tr></table>"
        let document = try read(page(body), name: "page.html")
        #expect(document.tables[0].shown("Oslo") == figure)
    }

    @Test func storedNumbersCount() throws {
        let body = """
            <table><tr><td colspan=2>Income 2011</td></tr><tr><td>Region</td><td>Income</td></tr>
            <tr><td>Oslo</td><td x:num="12345.678">12,346</td></tr><tr><td>Bergen</td><td x:num="10.5">10.50</td></tr>
            <tr><td>Moss</td><td x:num>7</td></tr></table>
            """
        let document = try read("<html xmlns:x=\"urn:x\"><body>\(body)</body></html>", name: "income.xls")
        #expect(document.tables[0].shown("Oslo") == "12345.678")
        #expect(document.tables[0].shown("Bergen") == "10.500")
        #expect(document.tables[0].shown("Moss") == "7.000")
    }

    @Test func severalTables() throws {
        let other = [["Region", "Births"], ["Oslo", "1"], ["Bergen", "2"]]
        let two = page("<h2>Births 2010</h2>" + table(other) + "<h2>Births 2011</h2>" + table(births))
        let document = try read(two, name: "page.html")
        #expect(document.tables.map(\.period.label) == ["2010", "2011"])
        #expect(document.tables[1].shown("Oslo") == "5")
        let different = page("<h2>Births 2011</h2>" + table(births) + "<h2>Deaths 2011</h2>" + table(other))
        let reason = refusal(of: different, name: "page.html")
        #expect(reason?.remedy?.contains("`table: 1` or `table: 2`") == true)
        let chosen = try read(different, name: "page.html", sidecar: Sidecar(table: "2"))
        #expect(chosen.facts.dataset.slug == "deaths")
        #expect(
            try read(different, name: "page.html", sidecar: Sidecar(table: "births 2011")).facts.dataset.slug
                == "births")
        #expect(
            refusal(of: different, name: "page.html", sidecar: Sidecar(table: "3"))?.message.contains("no table")
                == true)
    }

    @Test func aDefinitionChoosesTheTable() throws {
        let other = [["Region", "Deaths"], ["Oslo", "1"], ["Bergen", "2"]]
        let body = page("<h2>Births 2011</h2>" + table(births) + "<h2>Deaths 2011</h2>" + table(other))
        let chosen = try definitions("dataset: deaths\nmatch: {file: page*}\ntable: Deaths 2011\n")
        #expect(try read(body, name: "page.html", definitions: chosen).tables[0].shown("Oslo") == "1")
    }

    @Test func layoutTablesAreNoData() throws {
        let body =
            "<table><tr><td><h1>Births by region, 2011</h1></td></tr><tr><td><a href=\"x\">Home</a></td><td>"
            + table(births) + "</td></tr><tr><td>Source: Statistics Norway</td></tr></table>"
        let document = try read(page(body), name: "page.html")
        #expect(document.facts.dataset.slug == "births-by-region")
        #expect(document.tables[0].notes.contains("Source: Statistics Norway"))
    }

    @Test func reasonsNameTheRow() {
        let body = table(
            [["Region", "Births"], ["Oslo", "5"], ["Bergen", "x7"], ["Moss", "6"]], caption: "Births 2011")
        let reason = refusal(of: page(body), name: "page.html")
        #expect(reason?.line == 7)
        #expect(reason?.column == 2)
        #expect(reason?.message.hasSuffix("(row 3 of the table)") == true, "\(reason?.message ?? "")")
    }

    @Test func originsAreThoseOfThePage() throws {
        let body = page(table(births, caption: "Births 2011"))
        let tables = try TableReading.sourceTables(
            SourceDocument(name: "page.html", bytes: Array(body.utf8)), definitions: .builtIn)
        #expect(tables[0].origin(at: ["Bergen"]) == CellOrigin(line: 7, column: 2, text: "7"))
    }
}
