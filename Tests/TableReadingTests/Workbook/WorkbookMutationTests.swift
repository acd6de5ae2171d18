import Annals
import Definitions
import Testing

@testable import TableReading

/// Workbooks with every byte of their parts changed: tables or a reason come back, and never a trap.
@Suite struct WorkbookMutationTests {
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    private static let sheet = """
        <worksheet xmlns="\(main)"><cols><col min="2" max="2" hidden="1"/></cols><sheetData>\
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2010</v></c><c t="inlineStr"><is><r><t>2011</t></r><r><rPr>\
        <vertAlign val="superscript"/></rPr><t>1</t></r></is></c></row>\
        <row r="2" hidden="1"><c t="s"><v>1</v></c><c s="1"><f>1+1</f><v>0.12</v></c><c><v>1E-2</v></c></row>\
        <row><c t="str"><v>So_x000D_uth</v></c><c s="1"><v>5</v></c><c><v>-7</v></c></row></sheetData>\
        <mergeCells><mergeCell ref="A5:B6"/></mergeCells></worksheet>
        """
    private static let members: [(name: String, text: String)] = [
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"
        ),
        (
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships xmlns="\(package)"><Relationship Id="a" Type="\(office)/worksheet" Target="s.xml"/>\
            <Relationship Id="b" Type="\(office)/sharedStrings" Target="t.xml"/>\
            <Relationship Id="c" Type="\(office)/styles" Target="/xl/u.xml"/></Relationships>
            """
        ),
        ("xl/t.xml", "<sst xmlns=\"\(main)\"><si><t>region</t></si><si><t>North</t><rPh><t>x</t></rPh></si></sst>"),
        (
            "xl/u.xml",
            """
            <styleSheet xmlns="\(main)"><numFmts><numFmt numFmtId="170" formatCode="0.0;[&lt;5]&quot;x&quot;;yyyy"/></numFmts>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>
            """
        ),
        ("xl/s.xml", sheet),
    ]

    private static let content = """
        <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>\
        <table:table table:name="S"><table:table-column table:number-columns-repeated="3"/><table:table-row>\
        <table:table-cell office:value-type="string"><text:p>region</text:p></table:table-cell>\
        <table:table-cell office:value-type="float" office:value="2010"/>\
        <table:table-cell office:value-type="date" office:date-value="2011-12-31"/></table:table-row>\
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>North</text:p>\
        </table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="percentage" \
        office:value="0.5"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>
        """

    /// Two of those that mean something, by the place.
    private static func values(_ index: Int) -> [UInt8] {
        let values = Array("0<\"9: A/".utf8)
        return [values[index % values.count], values[(index + 3) % values.count]]
    }

    private static func read(_ members: [(name: String, text: String)], _ name: String) {
        // Whether it is read or refused doesn't matter here.
        _ = try? TableReading.sourceTables(
            SourceDocument(name: name, bytes: StoredZip.bytes(members)), definitions: .builtIn,
            limits: ReadingLimits(fileBytes: 1 << 16, cells: 10_000))
    }

    @Test(arguments: members.indices) func partsOfOfficeOpenXML(place: Int) {
        let bytes = Array(Self.members[place].text.utf8)
        for index in bytes.indices {
            for value in Self.values(index) {
                var changed = bytes
                changed[index] = value
                var members = Self.members
                members[place].text = String(decoding: changed, as: UTF8.self)
                Self.read(members, "x.xlsx")
            }
        }
    }

    @Test func theContentOfOpenDocument() {
        let bytes = Array(Self.content.utf8)
        for index in bytes.indices {
            for value in Self.values(index) {
                var changed = bytes
                changed[index] = value
                Self.read(
                    [("content.xml", String(decoding: changed, as: UTF8.self)), ("META-INF/manifest.xml", "<m/>")],
                    "x.ods")
            }
        }
    }

    @Test func readsWithoutChanges() throws {
        let document = SourceDocument(
            name: "x.ods", bytes: StoredZip.bytes([("content.xml", Self.content), ("META-INF/manifest.xml", "<m/>")]))
        // Two rows of one label: read up to the point where a table is made of them.
        #expect(throws: Reason.self) { try TableReading.read(document, definitions: .builtIn) }
    }
}
