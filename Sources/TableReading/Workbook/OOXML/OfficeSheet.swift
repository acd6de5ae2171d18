import Annals

/// Makes a grid of a sheet's part, cell by cell as the parser comes to them.
///
/// A figure is what is stored (``StoredNumber``), with the decimals that its format shows. What can't be taken as it stands,
/// a formula without its result or a number that its format shows otherwise, refuses the sheet where it is read as a table,
/// and no other one.
final class OfficeSheet: XMLReceiver {
    private(set) var refusal: Reason?
    private(set) var grid: Grid
    private let strings: SharedStrings
    private let styles: StyleSheet
    private let usesEpoch1904: Bool

    private enum CellType { case number, shared, text, truth, error, date }

    private var row = 0
    private var isRowHidden = false
    private var column = 0
    private var isInCell = false
    private var type = CellType.number
    private var style = 0
    private var hasFormula = false
    private var hasValue = false
    private var isInValue = false
    private var isInline = false
    private var value: [UInt8] = []
    private var rich = RichText()
    /// The namespace that was found to be that of sheets; the parser has one copy of each.
    private var knownSpace: UnsafePointer<UInt8>?

    init(name: String, strings: SharedStrings, styles: StyleSheet, usesEpoch1904: Bool, limits: GridLimits) {
        grid = Grid(name: name, limits: limits)
        self.strings = strings
        self.styles = styles
        self.usesEpoch1904 = usesEpoch1904
    }

    private func isOfSheets(_ name: XMLName) -> Bool {
        if let space = name.space, space == knownSpace { return true }
        guard name.isIn(OfficeXML.main) else { return false }
        knownSpace = name.space
        return true
    }

    func begin(_ element: XMLElement) {
        guard isOfSheets(element.name) else { return }
        if isInCell {
            if element.isNamed("v") {
                (isInValue, hasValue) = (true, true)
            } else if element.isNamed("f") {
                hasFormula = true
            } else if element.isNamed("is") {
                isInline = true
                rich.clear()
            } else if isInline {
                rich.begin(element)
            }
        } else if element.isNamed("c") {
            beginCell(element)
        } else if element.isNamed("row") {
            beginRow(element)
        } else if element.isNamed("mergeCell") {
            merge(element)
        } else if element.isNamed("col") {
            hide(element)
        }
    }

    func end(_ name: XMLName) {
        guard isInCell, isOfSheets(name) else { return }
        if name.isNamed("v") {
            isInValue = false
        } else if name.isNamed("is") {
            isInline = false
        } else if name.isNamed("c") {
            isInCell = false
            do throws(Reason) {
                try finishCell()
            } catch {
                refusal = error
            }
        } else if isInline {
            rich.end(name)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInValue { value.append(contentsOf: bytes) } else if isInline { rich.text(bytes) }
        if value.count > RichText.mostBytes || rich.isTooLong {
            refuse("A text is longer than a cell may hold", found: nil, expected: "at most \(RichText.mostBytes) bytes")
        }
    }

    private func refuse(_ message: String, found: String?, expected: String) {
        refusal = Reason(
            "Sheet `\(grid.name)`: \(message)", line: row == 0 ? nil : row, found: found, expected: expected,
            remedy: "Open the workbook and save it anew")
    }

    // MARK: Rows, columns, merges

    private func beginRow(_ element: XMLElement) {
        let next = element.bytes("r").map { XMLElement.number($0) ?? 0 } ?? row + 1
        guard next > row, next <= GridLimits.rows else {
            return refuse(
                "A row has a number that can't be", found: element.text("r"),
                expected: "rows that go up, to \(GridLimits.rows)")
        }
        row = next
        column = 0
        isRowHidden = element.truth("hidden") ?? false
    }

    private func merge(_ element: XMLElement) {
        let ends = (element.text("ref") ?? "").split(separator: ":").map { CellReference($0.utf8) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first.row <= last.row,
            first.column <= last.column, last.row <= GridLimits.rows, last.column <= GridLimits.columns
        else {
            if ends.count == 1, ends[0] != nil { return }
            return refuse("A merged range can't be read", found: element.text("ref"), expected: "a range such as A1:C1")
        }
        guard grid.merges.count < Self.mostMerges else {
            return refuse("There are too many merged ranges", found: nil, expected: "at most \(Self.mostMerges)")
        }
        grid.merges.append(Grid.Merge(rows: first.row...last.row, columns: first.column...last.column))
    }

    private static let mostMerges = 1_000_000

    private func hide(_ element: XMLElement) {
        guard element.truth("hidden") ?? false, let first = element.number("min"), let last = element.number("max"),
            first <= last, grid.hiddenColumns.count < GridLimits.columns
        else { return }
        grid.hiddenColumns.append(first...last)
    }

    // MARK: Cells

    private func beginCell(_ element: XMLElement) {
        isInCell = true
        (hasFormula, hasValue, isInValue, isInline) = (false, false, false, false)
        value.removeAll(keepingCapacity: true)
        rich.clear()
        if let reference = element.bytes("r") {
            guard let place = CellReference(reference), place.row == row, place.column <= GridLimits.columns,
                place.column > column
            else {
                return refuse(
                    "A cell stands where it can't", found: String(decoding: reference, as: UTF8.self),
                    expected: "cells of row \(row), from left to right, to column XFD")
            }
            column = place.column
        } else {
            column += 1
            guard column <= GridLimits.columns else {
                return refuse("A row has too many cells", found: nil, expected: "at most \(GridLimits.columns)")
            }
        }
        style = element.number("s") ?? 0
        guard let name = element.bytes("t") else {
            type = .number
            return
        }
        switch name.first ?? 0 {
        case 0x73: type = name.count == 1 ? .shared : .text  // s, str
        case 0x69: type = .text  // inlineStr
        case 0x62: type = .truth  // b
        case 0x65: type = .error  // e
        case 0x64: type = .date  // d
        default: type = .number
        }
    }

    private func finishCell() throws(Reason) {
        let place = CellReference(row: row, column: column)
        if hasFormula, !hasValue || value.isEmpty && type != .text {
            return try grid.append(
                problem: Reason(
                    "The formula has no stored result", expected: "a result that was worked out and saved",
                    remedy: "Open the workbook in a spreadsheet program, let it calculate, and save it"), at: place)
        }
        switch type {
        case .number: if !value.isEmpty { try number(at: place) }
        case .shared: if !value.isEmpty { try shared(at: place) }
        case .text:
            let text = hasValue ? OfficeXML.unescaped(value) : rich.bytes
            try grid.append(text, .text, at: place, isHidden: isRowHidden)
        case .truth:
            guard !value.isEmpty else { return }
            let isTrue = value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
            try grid.append((isTrue ? "TRUE" : "FALSE").utf8, .truth, at: place, isHidden: isRowHidden)
        case .error: try grid.append(value, .error, at: place, isHidden: isRowHidden)
        case .date: try isoDate(at: place)
        }
    }

    private func shared(at place: CellReference) throws(Reason) {
        guard let index = value.withUnsafeBufferPointer(XMLElement.number), index < strings.count else {
            throw grid.place(
                Reason(
                    "The cell names a shared text that isn't there", found: String(decoding: value, as: UTF8.self),
                    expected: "a number below \(strings.count)", remedy: "Open the workbook and save it anew"),
                at: place)
        }
        try grid.append(strings.bytes(index), .text, at: place, isHidden: isRowHidden)
    }

    private func isoDate(at place: CellReference) throws(Reason) {
        let text = String(decoding: value, as: UTF8.self)
        guard let date = SheetDate(iso: text) else {
            return try grid.append(
                problem: Reason(
                    "The cell holds no date", found: text, expected: "a date such as 2011-12-31",
                    remedy: "Correct the cell"), at: place)
        }
        var parts = DateParts(hasYear: true, hasMonth: true, hasDay: true)
        if case .date(let shown) = styles.format(ofStyle: style).shown(.zero).shown { parts = shown }
        try grid.append(date.text(parts).utf8, .date, at: place, isHidden: isRowHidden)
    }

    private func number(at place: CellReference) throws(Reason) {
        // Most figures are short whole numbers that stand there as they are stored.
        if value.count <= StoredNumber.mostDigits, value[0] != 0x30 || value.count == 1,
            value.allSatisfy(NumberShape.isDigit), styles.isPlain(style: style)
        {
            return try grid.append(value, .number, at: place, isHidden: isRowHidden)
        }
        let number: StoredNumber
        do throws(StoredNumber.Failure) {
            number = try value.withUnsafeBufferPointer { (bytes) throws(StoredNumber.Failure) in
                try StoredNumber(bytes)
            }
        } catch {
            return try grid.append(problem: Self.reason(error, value), at: place)
        }
        try grid.append(
            number, styles.format(ofStyle: style), at: place, isHidden: isRowHidden, usesEpoch1904: usesEpoch1904)
    }

    private static func reason(_ failure: StoredNumber.Failure, _ value: [UInt8]) -> Reason {
        let found = String(decoding: value, as: UTF8.self)
        switch failure {
        case .noNumber:
            return Reason(
                "The cell holds no number", found: found, expected: "a number such as 12.5", remedy: "Correct the cell")
        case .tooLong:
            return Reason(
                "The number has more digits than a spreadsheet keeps", found: found,
                expected: "at most \(StoredNumber.mostDigits) digits",
                remedy: "Write it as text, where it is a code; else in a larger unit")
        }
    }
}
