import Annals
import Definitions

/// Marks at single figures: DATANOTECELL, with a value or a star for each variable.
struct PXCells {
    /// Stands for every value of a variable.
    static let all = "*"

    private let dimensions: [CubeDimension]
    private let strides: [Int]
    /// *Shape:* one a dimension: places of categories by code and by label.
    private let places: [[String: Int]]
    /// Marks that the dialect doesn't explain.
    private var unexplained: [String] = []
    /// Statements that name a value that isn't there.
    private var lost: [PXStatement] = []

    init(_ dimensions: [CubeDimension]) {
        self.dimensions = dimensions
        strides = CubeTable.strides(dimensions.map(\.categories.count))
        places = dimensions.map { dimension in
            let labels = dimension.categories.enumerated().map { ($1.label, $0) }
            let codes = dimension.categories.enumerated().filter { !$1.code.isEmpty }.map { ($1.code, $0) }
            return Dictionary(codes + labels, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Puts the marks at their figures.
    ///
    /// - Parameters:
    ///   - metadata: The file's keywords.
    ///   - figures: Of the file.
    ///   - dialect: Explains them.
    ///   - limit: How many figures may be marked in all.
    /// - Throws: Where a mark is of another number of variables, or too many cells are named.
    mutating func mark(
        _ metadata: PXMetadata, _ figures: inout CubeFigures, dialect: Dialect, limit: Int
    ) throws(Reason) {
        let statements = metadata.all("DATANOTECELL")
        guard !statements.isEmpty else { return }
        let byOrdinal = figures.ordinals.map { ordinals in
            Dictionary(ordinals.enumerated().map { (Int($1), $0) }, uniquingKeysWith: { first, _ in first })
        }
        var left = limit
        for statement in statements {
            guard let chosen = try chosen(statement) else {
                lost.append(statement)
                continue
            }
            let glyph = FieldText.collapsed(statement.values.joined(separator: " "))
            guard !glyph.isEmpty else { continue }
            let flags = FieldText.withBytes(of: glyph) { dialect.glyphs.flags(ofSuffix: $0) }
            if flags == nil, !unexplained.contains(glyph), unexplained.count < 5 { unexplained.append(glyph) }
            var ordinals = [0]
            for (place, categories) in chosen.enumerated() {
                left -= ordinals.count
                guard left >= 0, ordinals.count <= limit / max(1, categories.count) else {
                    throw Reason(
                        "DATANOTECELL names more cells than the limit", line: statement.line,
                        expected: "at most \(limit)", remedy: "Export the file again")
                }
                let stride = strides[place]
                ordinals = ordinals.flatMap { ordinal in categories.map { ordinal + $0 * stride } }
            }
            left -= ordinals.count
            for ordinal in ordinals {
                guard let figure = byOrdinal.map({ $0[ordinal] }) ?? ordinal, figure < figures.count else { continue }
                let own = figures.palette.marks[Int(figures.marks[figure])]
                let mark = Mark(
                    own.status, flags: own.flags.union(flags ?? []),
                    glyph: own.glyph.isEmpty || own.glyph == glyph ? glyph : own.glyph)
                guard let index = figures.palette.index(of: mark) else {
                    throw MarkPalette.fullReason(line: statement.line, column: 1)
                }
                figures.setMark(ofFigure: figure, to: index)
            }
        }
    }

    /// *Shape:* one a dimension: the categories that a statement names; nil where it names one that isn't there.
    private func chosen(_ statement: PXStatement) throws(Reason) -> [[Int]]? {
        guard statement.subkeys.count == dimensions.count else {
            throw Reason(
                "DATANOTECELL names \(statement.subkeys.count) values, and the table has \(dimensions.count) variables",
                line: statement.line, found: "\(statement.subkeys.count) values",
                expected: "\(dimensions.count) values, in the order of STUB and HEADING", remedy: "Correct the file")
        }
        var chosen: [[Int]] = []
        for (place, key) in statement.subkeys.enumerated() {
            if key == Self.all {
                chosen.append(Array(dimensions[place].categories.indices))
            } else if let category = places[place][key] {
                chosen.append([category])
            } else {
                return nil
            }
        }
        return chosen
    }

    /// What is to be said of marks that nobody explains, or that are of nothing.
    var findings: [Finding] {
        var findings: [Finding] = []
        if let first = unexplained.first {
            let names = unexplained.map { "`\($0)`" }.joined(separator: ", ")
            findings.append(
                Finding(
                    "mark-unexplained",
                    "DATANOTECELL marks cells by \(names), which the dialect doesn't explain: the figures are taken, and "
                        + "`\(first)` stands beside them without a meaning"))
        }
        if let first = lost.first {
            findings.append(
                Finding(
                    "keyword-of-nothing",
                    "\(lost.count) DATANOTECELL of a value that the table doesn't have, first "
                        + first.subkeys.joined(separator: ", "), line: first.line))
        }
        return findings
    }
}
