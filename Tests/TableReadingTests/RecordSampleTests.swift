import Annals
import Definitions
import Testing

@testable import TableReading

/// The survey goes on where the sample ends, whichever row decides something.
@Suite struct RecordSampleTests {
    @Test(arguments: [1, 299, 300, 301, 999, 1001, 1500]) func refusesInTheRightLine(place: Int) {
        let rows = (1...1600).map { row in "r\(row);\(row == place ? "?" : String(row))\n" }.joined()
        let reason = refusal(of: "region;persons\n" + rows)
        #expect(reason?.line == place + 1, "\(String(describing: reason))")
        #expect(reason?.column == 2)
    }

    @Test(arguments: [298, 299, 300, 301, 1500]) func readsAllRows(count: Int) throws {
        let rows = (1...count).map { "r\($0);\($0)\n\n" }.joined()
        let table = try read("sep=;\nregion;persons\n" + rows).tables[0]
        #expect(table.cells.values == (1...count).map(Int64.init))
    }

    @Test func cutsFieldsAsTheScannerDoes() throws {
        let text = Array("Title\n\na;\"b \"\"c\"\"\"\n1;2\n\n\"x\ny\";3\n\"open;4\n".utf8)
        text.withUnsafeBufferPointer { text in
            let sample = RecordSample(text, delimiter: UInt8(ascii: ";"), lineLimit: 1000)
            #expect(sample.records.map(\.line) == [1, 3, 4, 6])
            #expect(sample.records.map(\.fields.count) == [1, 2, 2, 2])
            #expect(sample.records.last?.next.line == 8)
            #expect(sample.end.line == 8 && sample.end.position == text.count - 8)
            #expect(sample.fields.count == 7)
        }
    }
}
