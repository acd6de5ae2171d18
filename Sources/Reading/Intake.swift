package import Annals
package import Auditing
package import Definitions
package import TableReading

/// What a file says and whether its figures agree with themselves: everything that is known before it is committed.
package struct ExaminedDocument: Sendable {
    package var document: ReadDocument
    /// One a year, in the order of `document.tables`: the table as completed, and its audits.
    package var years: [Examined]

    /// Why the whole file is to be quarantined, where an audit of any year failed.
    package var failure: Reason? { years.lazy.compactMap(\.failure).first }
}

/// Reading and auditing in one step, from bytes: a pure function, so that it can run in any process.
package enum Intake {
    /// Reads a document and holds every year of it against what is expected of its dataset.
    ///
    /// - Parameters:
    ///   - document: The bytes, with what lies around the file.
    ///   - definitions: What the office has written down.
    ///   - limits: What the file may not exceed.
    ///   - bound: The identities that held before for a dataset, which every later table must satisfy.
    /// - Returns: Tables with their audits; look at `failure` before committing.
    /// - Throws: `Reason` where the file can't be read whole.
    package static func examine(
        _ document: SourceDocument, definitions: Definitions, limits: ReadingLimits = ReadingLimits(),
        bound: (DatasetID) -> [Identity] = { _ in [] }
    ) throws(Reason) -> ExaminedDocument {
        let read = try TableReading.read(document, definitions: definitions, limits: limits)
        let expectations = expectations(of: read, bound: bound(read.dataset))
        let years = read.tables.map { Auditing.examine($0, expecting: expectations) }
        return ExaminedDocument(document: read, years: years)
    }

    private static func expectations(of read: ReadDocument, bound: [Identity]) -> Expectations {
        let definition = read.definition
        return Expectations(
            declared: definition?.audits ?? [],
            antisymmetric: definition?.antisymmetric.map { (row: $0.row, column: $0.column) },
            bound: bound,
            warnOnly: definition?.onFailedAudit == .warn)
    }
}
