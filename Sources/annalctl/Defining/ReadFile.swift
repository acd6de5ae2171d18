import Annals
import ControlAPI
import Definitions
import Reading
import TableReading

/// A file as it would be taken under some definitions, in a line.
struct ReadFile {
    let path: String
    /// What was read, its audits aside.
    private(set) var document: ReadDocument?
    /// Why it would be quarantined; a file that was read may break an audit.
    private(set) var reason: Reason?

    /// The file's name, without folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    init(path: String, definitions: Definitions) {
        self.path = path
        do throws(Reason) {
            let source = InspectedSource(path: path)
            let audited = try Examiner(definitions: definitions).audited(try source.bytes(), try source.job())
            document = audited.document
            reason = audited.failure
        } catch {
            reason = error
        }
    }

    /// The dataset that the sidecar beside the file says; a sidecar that can't be read is told by the reading.
    var sidecarDataset: DatasetID? {
        // What keeps a sidecar from being read is the reason of the file's own refusal.
        guard let job = try? InspectedSource(path: path).job(), let bytes = job.sidecar else { return nil }
        // The same.
        return (try? Sidecar.parse(String(decoding: bytes, as: UTF8.self), file: name))?.dataset
    }

    /// Dataset, years and cells, or where and why it would be refused.
    var line: String {
        if let reason {
            let place = reason.line.map { " at line \($0)" + (reason.column.map { ", column \($0)" } ?? "") } ?? ""
            return "\(name): refused\(place): \(reason.message)"
        }
        guard let document else { return "\(name): nothing" }
        let tables = document.tables.map { table in
            let count = table.cells.count
            return "\(table.period.label) (\(count) \(count == 1 ? "cell" : "cells"))"
        }
        return "\(name): \(document.facts.dataset) \(tables.joined(separator: ", "))"
    }

    /// Adds it to an answer as a value of JSON.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("file", path)
        json.field("outcome", reason == nil ? "readable" : "refused")
        json.field("dataset", document?.facts.dataset.slug)
        json.key("years")
        json.beginArray()
        for table in document?.tables ?? [] {
            json.beginObject()
            json.field("year", table.period.year)
            json.field("label", table.period.label)
            json.field("cell_count", table.cells.count)
            json.endObject()
        }
        json.endArray()
        json.field("reason", reason)
        json.endObject()
    }
}
