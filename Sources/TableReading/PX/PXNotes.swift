import Annals

/// What a PX file says in words: of the table, of a variable, of a value, of cells.
struct PXNotes {
    private(set) var notes: [String] = []
    /// What is said of one category of time, by its place.
    private(set) var ofTime: [Int: [String]] = [:]
    private(set) var findings: [Finding] = []
    private let dimensions: [CubeDimension]
    private var count = 0
    private var leftOut = 0

    /// More are left out, with a finding.
    private static let most = 2000

    init(_ metadata: PXMetadata, _ dimensions: [CubeDimension]) {
        self.dimensions = dimensions
        for keyword in ["NOTEX", "NOTE"] {
            for statement in metadata.all(keyword) { add(statement, to: statement.subkeys.prefix(1).map(\.self)) }
        }
        for keyword in ["VALUENOTEX", "VALUENOTE"] {
            for statement in metadata.all(keyword) where statement.subkeys.count == 2 {
                let (name, value) = (statement.subkeys[0], statement.subkeys[1])
                let place = dimensions.firstIndex { $0.name == name }
                add(statement, to: ["\(name) \(value)"], of: [(place, value)])
            }
        }
        for keyword in ["CELLNOTEX", "CELLNOTE"] {
            for statement in metadata.all(keyword) where statement.subkeys.count == dimensions.count {
                let named = dimensions.indices.filter { statement.subkeys[$0] != PXCells.all }
                add(
                    statement, to: named.map { "\(dimensions[$0].name) \(statement.subkeys[$0])" },
                    of: named.map { ($0, statement.subkeys[$0]) })
            }
        }
        if leftOut > 0 {
            findings.append(Finding("notes-left-out", "\(leftOut) notes behind the first \(Self.most) are left out"))
        }
    }

    /// The category of time that values name; nil where they name none.
    private func time(_ values: [(place: Int?, value: String)]) -> Int? {
        for (place, value) in values {
            guard let place, dimensions[place].role == .time else { continue }
            return dimensions[place].categories.firstIndex { $0.label == value || $0.code == value }
        }
        return nil
    }

    private mutating func add(
        _ statement: PXStatement, to names: [String], of values: [(place: Int?, value: String)] = []
    ) {
        // A hash ends a line.
        let text = FieldText.collapsed(statement.values.joined(separator: " ").replacing("#", with: " "))
        guard !text.isEmpty else { return }
        count += 1
        guard count <= Self.most else {
            leftOut += 1
            return
        }
        let note = names.isEmpty ? text : "\(names.joined(separator: ", ")): \(text)"
        if let time = time(values) {
            ofTime[time, default: []].append(note)
        } else {
            notes.append(note)
        }
    }
}
