import Annals

/// The number format of each style of a workbook.
final class StyleSheet: XMLReceiver {
    let refusal: Reason? = nil
    /// *Shape:* one a style of cells: the number of its format.
    private var formatIDs: [Int] = []
    private var codes: [Int: String] = [:]
    private var formats: [Int: NumberFormat] = [:]
    /// *Shape:* one a style that was asked for; nil where nobody did.
    private var isPlain: [Bool?] = []
    private var isInCellStyles = false

    /// More styles than programs write.
    private static let most = 1 << 20

    func begin(_ element: XMLElement) {
        if element.isNamed("numFmt") {
            if let id = element.number("numFmtId"), let code = element.text("formatCode"), codes.count < Self.most {
                codes[id] = code
            }
        } else if element.isNamed("cellXfs") {
            isInCellStyles = true
        } else if isInCellStyles, element.isNamed("xf"), formatIDs.count < Self.most {
            formatIDs.append(element.number("numFmtId") ?? 0)
        }
    }

    func end(_ name: XMLName) {
        if name.isNamed("cellXfs") { isInCellStyles = false }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    /// The format of a style; `General` where the workbook has no such style.
    func format(ofStyle style: Int) -> NumberFormat {
        guard formatIDs.indices.contains(style) else { return .general }
        let id = formatIDs[style]
        if let known = formats[id] { return known }
        let format = (codes[id] ?? Self.builtIn[id]).map(NumberFormat.init) ?? .general
        formats[id] = format
        return format
    }

    /// Whether a style shows any whole number as it is stored; asked for each cell.
    func isPlain(style: Int) -> Bool {
        if isPlain.isEmpty { isPlain = [Bool?](repeating: nil, count: max(1, formatIDs.count)) }
        guard isPlain.indices.contains(style) else { return true }
        if let known = isPlain[style] { return known }
        let plain = format(ofStyle: style).showsWholeNumbersPlainly
        isPlain[style] = plain
        return plain
    }

    /// Formats that every program knows.
    ///
    /// Source: ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in East Asia.
    private static let builtIn: [Int: String] = {
        var codes = [
            1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
            13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
            19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0", 38: "#,##0",
            39: "#,##0.00", 40: "#,##0.00", 41: "#,##0;-#,##0;\"-\"", 42: "#,##0;-#,##0;\"-\"",
            43: "#,##0.00;-#,##0.00;\"-\"??", 44: "#,##0.00;-#,##0.00;\"-\"??", 45: "mm:ss", 46: "[h]:mm:ss",
            47: "mmss.0", 48: "##0.0E+0", 49: "@",
        ]
        for id in Array(27...36) + Array(50...58) { codes[id] = "yyyy-mm-dd" }
        return codes
    }()
}
