import Annals
import ControlAPI
import Definitions
import Reading
import TableCoding

/// Texts that people write: sidecars, definitions, and the queries of requests.
enum TextFuzzers {
    static func sidecar(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let read = attempt { () throws(DefinitionError) in try Sidecar.parse(text, file: "t.meta.yaml") }
        guard let read else { return }
        var writer = FieldWriter()
        read.encode(to: &writer)
        let again = attempt { () throws(CodingError) in
            try Sidecar(decoding: FieldReader(writer.bytes, what: "sidecar"))
        }
        hold(again == read, "a sidecar that is accepted can be read back")
    }

    /// Taken as a dialect, as a dataset and as a concordance; a small table is read with what is accepted.
    static func definition(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let dialect = attempt { () throws(DefinitionError) in try Dialect.parse(text, file: "d.yaml") }
        if let dialect {
            hold(
                attempt { () throws(DefinitionError) in try Dialect.parse(text, file: "d.yaml") } == dialect,
                "a dialect reads the same twice")
        }
        for path in ["dialects/fuzz.yaml", "datasets.d/fuzz.yaml", "concordances/fuzz.csv"] {
            let read = attempt { () throws(DefinitionError) in try Definitions.load(directory: [(path, text)]) }
            guard let read else { continue }
            let job = FileFuzzer.job(for: table)
            FileFuzzer.expectSame(Examiner(definitions: read).examine(table, job), job.source)
        }
    }

    private static let table = Array(
        "region,sex,year,value\n01 A,M,2010,\"1,5\"\n01 A,F,2010,..\n04 B,M,2010,7\n04 B,F,2010,8*\n".utf8)

    static func query(_ bytes: [UInt8]) {
        let names = [WhereParameter.name, "limit", "all", "known-at", "format"]
        let text = String(decoding: bytes, as: UTF8.self)
        let read = attempt { () throws(ControlProblem) in try QueryParameters(text, allowed: names) }
        guard let read else { return }
        for name in names {
            _ = attempt { () throws(ControlProblem) in try read.number(name, in: 1...Int.max) }
            _ = attempt { () throws(ControlProblem) in try read.number(name, in: UInt64.min...UInt64.max) }
            _ = attempt { () throws(ControlProblem) in try read.flag(name) }
            _ = attempt { () throws(ControlProblem) in try read.choice(name, of: AnswerFormat.self) }
            let instant = attempt { () throws(ControlProblem) in try read.instant(name) } ?? nil
            if let instant { hold(Instant.domain.contains(instant), "an instant lies in its domain") }
        }
        _ = attempt { () throws(ControlProblem) in try WhereParameter.codes(in: read) }
        let written = names.flatMap { name in read.all(name).map { "\(name)=\(percentEncoded($0))" } }
            .joined(separator: "&")
        guard written.utf8.count <= QueryParameters.maximumBytes else { return }
        let again = attempt { () throws(ControlProblem) in try QueryParameters(written, allowed: names) }
        hold(names.allSatisfy { again?.all($0) == read.all($0) }, "a query that is accepted can be read back")
    }

    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { "%\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    }
}
