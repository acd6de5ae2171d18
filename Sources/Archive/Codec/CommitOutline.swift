internal import Annals
internal import TableCoding

/// What can be told of a commit that can't be read: enough to say what is given up with it, and which numbers it took.
///
/// Whatever makes sense is taken and the rest passed over, so nothing here is more than a hint.
struct CommitOutline: Sendable {
    /// Number of its first entry.
    private(set) var firstSequence: UInt64?
    /// The path of its file in the inbox.
    private(set) var path: [UInt8] = []
    private(set) var dataset: DatasetID?
    /// The years that it has, with their versions; none for a file that was taken aside.
    private(set) var years: [(year: Int, version: Int)] = []
    private var entryCount: UInt64 = 0

    init(_ body: [UInt8]) {
        var reader = FieldReader(body, what: "commit")
        // Where the fields themselves don't follow one another, what came before is all that there is.
        while let field = try? reader.next() {
            switch field.number {
            case 1: firstSequence = try? reader.number(field)  // see above
            case 3, 4:
                guard let message = try? reader.message(field, what: "drop") else { continue }  // see above
                takeDrop(message)
            default: continue
            }
        }
    }

    /// The numbers of its entries; nil where it doesn't say them, or says what can't be.
    var sequences: ClosedRange<UInt64>? {
        guard let firstSequence, (1...UInt64(Int64.max)).contains(firstSequence) else { return nil }
        return firstSequence...firstSequence + max(entryCount, 1) - 1
    }

    /// The vintages that it brought, as people name them.
    var vintages: [VintageName] {
        guard let dataset else { return [] }
        return years.map {
            VintageName(dataset: dataset, year: $0.year, version: $0.version, file: EscapedName.text(path))
        }
    }

    private mutating func takeDrop(_ message: FieldReader) {
        var reader = message
        // As above: hints, each taken where it can be read.
        while let field = try? reader.next() {
            switch field.number {
            case 1: if let claim = try? reader.message(field, what: "claim") { takeClaim(claim) }  // see above
            case 3: dataset = try? reader.dataset(field)  // see above
            case 15:
                entryCount += 1
                if let year = try? reader.message(field, what: "year") { takeYear(year) }  // see above
            default: continue
            }
        }
    }

    private mutating func takeClaim(_ message: FieldReader) {
        var reader = message
        while let field = try? reader.next() {  // as above
            if field.number == 1, let path = try? reader.data(field) { self.path = path }  // as above
        }
    }

    private mutating func takeYear(_ message: FieldReader) {
        var reader = message
        var (year, version): (Int?, Int?)
        while let field = try? reader.next() {  // as above
            switch field.number {
            case 1: year = try? reader.integer(field, in: 1000...9999)  // as above
            case 5: version = try? reader.integer(field, in: 1...Int(Int32.max))  // as above
            default: continue
            }
        }
        if let year, let version { years.append((year, version)) }
    }
}
