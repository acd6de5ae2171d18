import Annals

/// The heading of an SDMX-CSV file: what each column is called, and what the format has in it.
///
/// Version 1 begins with `DATAFLOW`, version 2 with `STRUCTURE` and `STRUCTURE_ID`; agencies leave these out and keep
/// `TIME_PERIOD` and `OBS_VALUE`. Where labels were asked for, a heading is `GEO: Geopolitical entity`, or a column of
/// labels with a heading in words stands behind each column of codes. Any order of the columns is valid; but agencies
/// write dimensions, figures, attributes, and where figures come first nothing tells dimensions from attributes.
///
/// Source: github.com/sdmx-twg/sdmx-csv, field guides of versions 1.0 and 2.0.
struct SDMXHeading: Sendable {
    /// What a column is by its place and its name.
    enum Kind: Equatable, Sendable {
        /// Says which data they are, or what is to be done with a row.
        case structure
        case action
        /// The codes of all dimensions once more.
        case seriesKey
        case updated
        case frequency
        case dimension
        case time
        case value
        /// Says something of figures, series, or the whole.
        case attribute
        /// Words for the codes of another column, by its place.
        case label(of: Int)
        /// Not told by the heading.
        case open
    }

    /// One column of the file.
    struct Column: Equatable, Sendable {
        /// As definitions and people call it: `geo`.
        var id: String
        /// What it is called in words; nil where the heading doesn't say it.
        var name: String?
        /// As printed.
        var text: String
        var kind: Kind = .open
    }

    /// *Shape:* one a column of the file.
    private(set) var columns: [Column]

    /// The column that names the dataflow, by its place.
    var dataflow: Int? { columns.firstIndex { Self.references.contains(Self.base($0.id)) } }

    /// The column that says its name.
    var dataflowName: Int? { columns.firstIndex { $0.id == "STRUCTURE_NAME" } }

    /// The dimension that says what is counted.
    var measure: Int? {
        ["MEASURE", "INDICATOR"].lazy.compactMap { id in
            columns.firstIndex { $0.kind == .dimension && $0.id == id }
        }.first
    }

    private static let references: Set<String> = ["DATAFLOW", "STRUCTURE_ID"]
    /// What says something of figures wherever it stands.
    private static let attributes: Set<String> = [
        "OBS_STATUS", "OBS_FLAG", "OBS_CONF", "CONF_STATUS", "OBS_COMMENT", "COMMENT_OBS", "UNIT_MULT", "DECIMALS",
    ]
    private static let updates: Set<String> = ["LAST UPDATE", "LAST_UPDATE", "LASTUPDATE", "UPDATED"]

    /// Nil where the heading is none of SDMX-CSV.
    ///
    /// - Parameter header: The fields of the heading, without spaces around them.
    init?(_ header: [String]) {
        columns = header.map { text in
            let (id, name) = SDMXLabel.parts(of: text)
            return Column(id: id, name: name, text: text)
        }
        let ids = columns.map(\.id)
        let isOfVersion1 = ids.first == "DATAFLOW"
        let isOfVersion2 =
            ids.first.map { Self.base($0) == "STRUCTURE" } == true && ids.dropFirst().first == "STRUCTURE_ID"
        let value = ids.firstIndex(of: "OBS_VALUE")
        let time = ids.firstIndex(of: "TIME_PERIOD")
        guard isOfVersion1 || isOfVersion2 || value != nil && time != nil else { return nil }
        assignKnown()
        assignLabels(inPairs: ids.contains("STRUCTURE_NAME"))
        guard let value else { return }
        columns[value].kind = .value
        if let time { columns[time].kind = .time }
        let isInOrder = time.map { $0 < value } ?? columns[..<value].contains { $0.kind == .open }
        guard isInOrder else { return }
        for place in columns.indices where columns[place].kind == .open {
            columns[place].kind = place < value ? .dimension : .attribute
        }
    }

    /// Whether all columns are told by their place and their names.
    var hasValue: Bool { columns.contains { $0.kind == .value } }

    /// Whether a slug is the name of a column that says which message a row is of, its version among it.
    static func isOfMessage(_ slug: String) -> Bool { ofMessage.contains(slug) }

    private static let ofMessage: Set<String> = [
        "dataflow", "structure", "structure-id", "structure-name", "action", "series-key", "obs-key",
    ]

    /// `STRUCTURE` of `STRUCTURE[;]`, `ATTR` of `ATTR[]`.
    static func base(_ id: String) -> String {
        id.firstIndex(of: "[").map { String(id[..<$0]) } ?? id
    }

    private mutating func assignKnown() {
        for place in columns.indices {
            let id = Self.base(columns[place].id)
            switch id {
            case "DATAFLOW" where place == 0, "STRUCTURE" where place == 0, "STRUCTURE_ID", "STRUCTURE_NAME":
                columns[place].kind = .structure
            case "ACTION": columns[place].kind = .action
            case "SERIES_KEY", "OBS_KEY": columns[place].kind = .seriesKey
            case "KEY" where place == 0: columns[place].kind = .seriesKey
            case "FREQ", "freq": columns[place].kind = .frequency
            case let id where Self.updates.contains(id): columns[place].kind = .updated
            // What has several values is no dimension.
            case let id where Self.attributes.contains(id) || id != columns[place].id: columns[place].kind = .attribute
            default: continue
            }
        }
    }

    /// - Parameter inPairs: Whether each column of a component has one of labels behind it.
    private mutating func assignLabels(inPairs: Bool) {
        let hasLabels = columns.allSatisfy { $0.name == nil }
        guard hasLabels else { return }
        var place = columns.prefix { $0.kind != .open && $0.kind != .frequency }.count
        if inPairs, arePairs(from: place) {
            while place + 1 < columns.count {
                take(place + 1, asLabelOf: place)
                place += 2
            }
            return
        }
        let places = Dictionary(columns.indices.map { (columns[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        for place in columns.indices where columns[place].kind == .open {
            let id = columns[place].id
            for ending in ["_LABEL", "_NAME", "_label", "_name"] where id.hasSuffix(ending) {
                guard let code = places[String(id.dropLast(ending.count))], code != place else { continue }
                take(place, asLabelOf: code)
            }
            guard columns[place].kind == .open, place > 0, !Self.isID(id), Self.isID(columns[place - 1].id) else {
                continue
            }
            take(place, asLabelOf: place - 1)
        }
    }

    private mutating func take(_ label: Int, asLabelOf code: Int) {
        columns[label].kind = .label(of: code)
        // `REF_AREA_LABEL` says nothing in words.
        if !Self.isID(columns[label].text) { columns[code].name = columns[label].text }
    }

    /// Whether ids and words alternate from a place on: the known ids all stand where ids do.
    private func arePairs(from start: Int) -> Bool {
        let ids = columns.indices[start...].filter { ($0 - start) % 2 == 0 }.map { columns[$0].id }
        return ids.contains("OBS_VALUE")
            && (ids.contains("TIME_PERIOD") || !columns.contains { $0.id == "TIME_PERIOD" })
    }

    /// Whether a text looks like the id of a component: no spaces, and in one case throughout.
    private static func isID(_ text: String) -> Bool {
        let bytes = text.utf8
        guard !bytes.contains(where: { !FieldText.isLetter($0) && !NumberShape.isDigit($0) && !marks.contains($0) })
        else { return false }
        return !bytes.contains { $0 &- 0x41 < 26 } || !bytes.contains { $0 &- 0x61 < 26 }
    }

    private static let marks = Set("_-@$.[]".utf8)
}
