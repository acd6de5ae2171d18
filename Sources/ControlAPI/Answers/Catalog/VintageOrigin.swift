package import Annals

/// When a vintage was recorded and published, and the file that it came from: what answers say of each that they name.
///
/// It never changes, so its JSON is written once, and shared by all points and answers that say it.
package final class VintageOrigin: Sendable {
    package let recorded: Instant
    package let published: Instant
    package let source: SourceReport
    // The same as values of JSON.
    let recordedJSON: [UInt8]
    let publishedJSON: [UInt8]
    let sourceJSON: [UInt8]

    package init(recorded: Instant, published: Instant, source: SourceReport) {
        self.recorded = recorded
        self.published = published
        self.source = source
        recordedJSON = JSONWriter.bytes(of: recorded)
        publishedJSON = JSONWriter.bytes(of: published)
        sourceJSON = JSONWriter.bytes(of: source)
    }
}
