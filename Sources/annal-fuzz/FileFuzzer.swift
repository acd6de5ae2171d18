import Annals
import Definitions
import Reading
import TableCoding
import TableReading

/// Whole files, as a reader's process gets them: read, audited, encoded, and decoded again as the daemon does.
enum FileFuzzer {
    static let examiner = Examiner(definitions: .builtIn)

    private static let limits = ReadingLimits(
        fileBytes: 1 << 16, lineBytes: 1 << 12, cells: 10_000, categories: 1_000, years: 50)

    static func run(_ bytes: [UInt8]) {
        let job = job(for: bytes)
        expectSame(examiner.examine(bytes, job), job.source)
    }

    static func job(for bytes: [UInt8]) -> ReaderJob {
        let source = SourceRef(
            path: Array("in/table-2011.csv".utf8), size: Int64(bytes.count), sha256: ContentHasher.digest(of: bytes))
        return ReaderJob(source: source, limits: limits)
    }

    /// That the daemon can read what a reader says.
    static func expectSame(_ said: Examined, _ file: SourceRef) {
        guard let read = attempt({ () throws(CodingError) in try Examined(decoding: said.encoded, of: file) }) else {
            return hold(false, "an answer can be read")
        }
        hold(read.sidecar == said.sidecar, "the sidecar comes over")
        hold(read.blobs.mapValues(\.payload) == said.blobs.mapValues(\.payload), "the blobs come over")
        switch (read.content, said.content) {
        case (.refused(let read), .refused(let said)): hold(read == said, "a reason comes over")
        case (.tables(let read), .tables(let said)):
            hold(read.facts == said.facts && read.published == said.published, "the facts come over")
            hold(read.source == said.source && read.years.count == said.years.count, "the source comes over")
            for (read, said) in zip(read.years, said.years) {
                hold(read.table.saysTheSame(as: said.table, withDecimals: true), "the table comes over")
                hold(read.audits == said.audits && read.findings == said.findings, "audits and findings come over")
                hold(read.content == said.content, "the names come over")
            }
        default: hold(false, "an answer stays what it is")
        }
    }
}
