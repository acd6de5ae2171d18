import Annals

/// The first records of a delimited text, as far as finding the heading needs them.
///
/// What a field is, is told by its bytes, once; a text is made only of those that are asked for, which are few: making
/// texts of all costs more than reading the table.
struct HeaderLines {
    /// What a field holds.
    enum Kind {
        case nothing
        case figure
        case words
    }

    private let sample: RecordSample
    private let scanner: FieldScanner
    /// How many records are looked at.
    let count: Int
    /// *Shape:* one a field of these records.
    private let kinds: [Kind]

    /// - Parameters:
    ///   - sample: The records.
    ///   - scanner: Cuts their fields.
    ///   - count: How many records are looked at.
    init(_ sample: RecordSample, _ scanner: FieldScanner, count: Int) {
        self.sample = sample
        self.scanner = scanner
        self.count = min(count, sample.records.count)
        let end = self.count > 0 ? sample.records[self.count - 1].fields.upperBound : 0
        kinds = sample.fields[..<end].map { Self.kind($0, scanner) }
    }

    /// Fields of a record.
    func width(_ record: Int) -> Int { sample.records[record].fields.count }

    /// How many fields of a record have something in them.
    func filled(_ record: Int) -> Int { kinds[sample.records[record].fields].count { $0 != .nothing } }

    func isFilled(_ record: Int, _ column: Int) -> Bool { kind(record, column) != .nothing }

    /// Whether a field is a figure; `65+` is an age.
    func isFigure(_ record: Int, _ column: Int) -> Bool { kind(record, column) == .figure }

    /// Columns of a record that hold figures.
    func figures(_ record: Int) -> [Int] { (0..<width(record)).filter { isFigure(record, $0) } }

    private func kind(_ record: Int, _ column: Int) -> Kind {
        kinds[sample.records[record].fields.lowerBound + column]
    }

    /// A field as text, its words one space apart.
    func text(_ record: Int, _ column: Int) -> String {
        Self.text(sample.fields[sample.records[record].fields.lowerBound + column], scanner)
    }

    /// All fields of a record as texts.
    func texts(_ record: Int) -> [String] {
        sample.fields[sample.records[record].fields].map { Self.text($0, scanner) }
    }

    private static func text(_ field: Field, _ scanner: FieldScanner) -> String {
        LabelText.withoutInvisible(FieldText.collapsed(scanner.string(field)))
    }

    private static func kind(_ field: Field, _ scanner: FieldScanner) -> Kind {
        guard field.start < field.end else { return .nothing }
        let bytes = UnsafeBufferPointer(rebasing: scanner.text[field.start..<field.end])
        if NumberShape.isDigitsAlone(bytes) { return .figure }
        if !field.hasEscapes, FieldText.isCollapsed(bytes) { return isFigure(bytes) ? .figure : .words }
        let text = text(field, scanner)
        return text.isEmpty ? .nothing : isFigure(text) ? .figure : .words
    }

    private static func isFigure(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.last != UInt8(ascii: "+"), let shape = NumberShape(bytes) else { return false }
        return FieldText.looksLikeFigure(bytes, shape: shape)
    }

    /// Whether a text is a figure; `65+` is an age.
    static func isFigure(_ text: String) -> Bool { !text.isEmpty && FieldText.withBytes(of: text, isFigure) }
}
