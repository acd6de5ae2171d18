import Annals

/// A workbook of Office Open XML: its sheets, and what all of them share.
final class OfficeWorkbook {
    /// One sheet, as the workbook lists it.
    struct Sheet {
        var name: String
        var part: String
        var isHidden: Bool
    }

    private let archive: ZipArchive
    private let limits: GridLimits
    /// Sheets of cells, in the order of the workbook; charts are none.
    let sheets: [Sheet]
    private let usesEpoch1904: Bool
    private var strings: SharedStrings?
    private var styles: StyleSheet?
    private let stringsPart: String?
    private let stylesPart: String?

    /// - Throws: Where the archive is none, or lacks a part.
    init(_ archive: ZipArchive, limits: GridLimits) throws(Reason) {
        self.archive = archive
        self.limits = limits
        let root = try Self.relationships(of: "", archive)
        let workbook = root.first { $0.type.hasSuffix("/officeDocument") }?.target ?? "xl/workbook.xml"
        let list = SheetList()
        try archive.parse(workbook, list)
        usesEpoch1904 = list.usesEpoch1904
        let relationships = try Self.relationships(of: workbook, archive)
        let byID = Dictionary(relationships.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var sheets: [Sheet] = []
        for entry in list.entries {
            guard let target = byID[entry.id] else {
                throw Reason(
                    "The workbook has no part for its sheet `\(entry.name)`", found: entry.id,
                    expected: "a part for each sheet", remedy: "Open the workbook and save it anew")
            }
            guard target.type.hasSuffix("/worksheet") else { continue }
            sheets.append(Sheet(name: entry.name, part: target.target, isHidden: entry.isHidden))
        }
        self.sheets = sheets
        stringsPart = relationships.first { $0.type.hasSuffix("/sharedStrings") }?.target
        stylesPart = relationships.first { $0.type.hasSuffix("/styles") }?.target
    }

    /// The cells of a sheet.
    ///
    /// - Throws: Where its part is missing, damaged, or says what can't be.
    func grid(_ sheet: Sheet) throws(Reason) -> Grid {
        let parser = OfficeSheet(
            name: sheet.name, strings: try sharedStrings(), styles: try styleSheet(), usesEpoch1904: usesEpoch1904,
            limits: limits)
        try archive.parse(sheet.part, parser)
        return parser.grid
    }

    private func sharedStrings() throws(Reason) -> SharedStrings {
        if let strings { return strings }
        let read = SharedStrings(limits: limits)
        if let stringsPart, archive.holds(stringsPart) { try archive.parse(stringsPart, read) }
        strings = read
        return read
    }

    private func styleSheet() throws(Reason) -> StyleSheet {
        if let styles { return styles }
        let read = StyleSheet()
        if let stylesPart, archive.holds(stylesPart) { try archive.parse(stylesPart, read) }
        styles = read
        return read
    }

    /// What a part names by ids; the archive itself for an empty name.
    private static func relationships(
        of part: String, _ archive: ZipArchive
    ) throws(Reason) -> [RelationshipList.Relationship] {
        let (folder, name) = split(part)
        let list = RelationshipList(folder: folder)
        let file = "\(folder.isEmpty ? "" : folder + "/")_rels/\(name).rels"
        if archive.holds(file) { try archive.parse(file, list) }
        return list.relationships
    }

    private static func split(_ part: String) -> (folder: String, name: String) {
        guard let slash = part.lastIndex(of: "/") else { return ("", part) }
        return (String(part[..<slash]), String(part[part.index(after: slash)...]))
    }
}

/// The list of sheets in the part of the workbook.
private final class SheetList: XMLReceiver {
    private(set) var refusal: Reason?
    private(set) var entries: [(name: String, id: String, isHidden: Bool)] = []
    private(set) var usesEpoch1904 = false

    /// More than any workbook has.
    private static let most = 10_000

    func begin(_ element: XMLElement) {
        guard element.name.isIn(OfficeXML.main) else { return }
        if element.isNamed("workbookPr") {
            usesEpoch1904 = element.truth("date1904") ?? false
        } else if element.isNamed("sheet") {
            guard entries.count < Self.most else {
                refusal = Reason(
                    "The workbook has too many sheets", expected: "at most \(Self.most)", remedy: "Split the workbook")
                return
            }
            let state = element.text("state") ?? "visible"
            entries.append((element.text("name") ?? "", element.text("id", prefixed: true) ?? "", state != "visible"))
        }
    }

    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// What a part of the package calls other parts, and where these lie.
private final class RelationshipList: XMLReceiver {
    struct Relationship {
        var id: String
        var type: String
        /// From the root of the archive.
        var target: String
    }

    let refusal: Reason? = nil
    private(set) var relationships: [Relationship] = []
    private let folder: String

    private static let most = 100_000

    init(folder: String) { self.folder = folder }

    func begin(_ element: XMLElement) {
        // What lies outside the package is never followed.
        guard element.isNamed("Relationship"), element.text("TargetMode") != "External",
            let id = element.text("Id"), let type = element.text("Type"), let target = element.text("Target"),
            relationships.count < Self.most
        else { return }
        relationships.append(Relationship(id: id, type: type, target: resolved(target)))
    }

    /// The name of a member of the archive, which it only is if the archive has one of that name.
    private func resolved(_ target: String) -> String {
        var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
