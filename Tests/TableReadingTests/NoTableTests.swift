import Annals
import Definitions
import Testing

@testable import TableReading

/// Files that are no tables, each by what it is.
@Suite struct NoTableTests {
    private func refusal(_ bytes: [UInt8], name: String = "figures-2011.csv") -> Reason? {
        do throws(Reason) {
            _ = try TableReading.read(SourceDocument(name: name, bytes: bytes), definitions: .builtIn)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("%PDF-1.7\n%\u{e2}", "a PDF document"), ("GIF89a", "an image"), ("PAR1\u{15}", "a Parquet file"),
        ("SQLite format 3\0", "an SQLite database"), ("$FL2@(#) SPSS", "an SPSS file"),
        ("<stata_dta><header>", "a Stata file"), ("HEADER RECORD*******LIBRARY HEADER", "a SAS transport file"),
        ("RDX3\nX\n", "an R data file"), ("{\\rtf1", "a text document (RTF)"),
        ("ARROW1\0\0", "an Arrow or Feather file"),
    ])
    func signatures(text: String, what: String) {
        let reason = refusal(Array(text.utf8))
        #expect(reason?.message == "The file is \(what), not a table")
        #expect(reason?.remedy != nil && reason?.found != nil)
    }

    @Test(
        arguments: [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "an image"), ([0xFF, 0xD8, 0xFF, 0xE0], "an image"),
            ([0x73, 0x02, 0x01, 0x00, 0x05], "a Stata file"),
            (
                [UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD],
                "a SAS file"
            ),
            ([0x58, 0x0A, 0x00, 0x00, 0x00, 0x03], "an R data file (RDS)"),
        ] as [([UInt8], String)])
    func binarySignatures(bytes: [UInt8], what: String) {
        #expect(refusal(bytes)?.message == "The file is \(what), not a table")
    }

    @Test func compoundFilesAreToldByTheirStreams() {
        let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        func file(_ stream: String) -> [UInt8] { magic + stream.utf8.flatMap { [$0, 0] } }
        #expect(refusal(magic)?.message == "The file is an old binary workbook (.xls)")
        #expect(refusal(file("WordDocument"))?.message == "The file is an old Word document (.doc)")
        #expect(refusal(file("EncryptedPackage"))?.message == "The workbook is encrypted with a password")
    }

    @Test(arguments: [
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
            "The file is a pointer of Git LFS, not the file itself", "oid sha256:4d7a, size 12345"
        ),
        (
            "../.git/annex/objects/XX/births.csv\n", "The file is a pointer of git-annex, not the file itself",
            "../.git/annex/objects/XX/births.csv"
        ),
        ("404: Not Found", "The file holds the message of a download that failed, and no table", "404: Not Found"),
        (
            "curl: (22) The requested URL returned error: 404\n",
            "The file holds the message of a download that failed, and no table",
            "curl: (22) The requested URL returned error: 404"
        ),
        (
            "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body><table><tr><td>1</table></html>",
            "The file is a web page that tells of an error, and no table", "404 Not Found"
        ),
        (
            "<html><body><h1>Please <b>sign in</b></h1><form><input name=a type=\"password\"></form></body></html>",
            "The file is a page that asks for a password, and no table", "Please sign in"
        ),
        ("\n<html><body>Loading …</body></html>", "The file is a web page without a table", "Loading …"),
        (
            "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>",
            "The file holds a server's message of an error, and no table", "AccessDenied"
        ),
        (
            "{\"message\": \"Not Found\", \"status\": \"404\"}",
            "The file holds the answer of an interface that tells of an error (message), and no table",
            "{\"message\": \"Not Found\", \"status\": \"404\"}"
        ),
    ])
    func textsInPlaceOfTables(text: String, message: String, found: String) {
        let reason = refusal(Array(text.utf8))
        #expect(reason?.message == message)
        #expect(reason?.found == found)
        #expect(reason?.remedy != nil)
    }

    @Test(arguments: [
        "error,year,value\nA,2010,1\nB,2010,2\n", "404;year;value\nA;2010;1\nB;2010;2\n",
        "status,year,value\nNot Found,2010,1\nForbidden,2010,2\n", "BM,year,value\nA,2010,1\nB,2010,2\n",
        "<html><title>Standard errors of 404 households</title><input type=password><table><tr><td>1</table></html>",
    ])
    func tablesAreNone(text: String) {
        #expect(NoTableText.reason(Array(text.utf8)) == nil)
        #expect(FileSignature.kind(of: Array(text.utf8)) == nil)
    }
}
