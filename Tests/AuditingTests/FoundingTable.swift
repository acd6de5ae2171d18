import Annals

/// Net migration between Norway's counties in 2011, as printed: totals, and the triangle below the diagonal.
///
/// Source: Statistics Norway, "Net migration between counties. 2011".
enum FoundingTable {
    /// Code, label, printed total, printed figures against the counties before it.
    static let printed: [(code: String, label: String, total: Int64, before: [Int64])] = [
        ("01", "Østfold", 1236, []),
        ("02", "Akershus", 2650, [-550]),
        ("03", "Oslo", -417, [96, -3969]),
        ("04", "Hedmark", 174, [0, 316, -262]),
        ("05", "Oppland", -288, [-1, 146, -222, -12]),
        ("06", "Buskerud", 571, [-95, 595, -27, 37, 74]),
        ("07", "Vestfold", 589, [-14, 192, -182, -1, 24, 168]),
        ("08", "Telemark", -240, [-26, 48, -291, -16, -25, -27, -22]),
        ("09", "Aust-Agder", 235, [-43, 5, -42, 27, -1, 45, -5, 9]),
        ("10", "Vest-Agder", -80, [-21, 11, -158, 20, 29, 4, 39, -16, -80]),
        ("11", "Rogaland", -159, [-65, -131, -247, -3, 38, -49, -88, 3, -41, -46]),
        ("12", "Hordaland", -234, [-37, -41, -438, 2, 35, 22, 16, -37, -62, -23, -220]),
        ("14", "Sogn og Fjordane", -685, [-10, -64, -138, -12, -4, -7, -21, -17, -16, 5, -59, -284]),
        ("15", "Møre og Romsdal", -765, [-59, 27, -294, -33, -10, -18, -56, 13, 24, 10, -10, -109, 41]),
        ("16", "Sør-Trøndelag", 56, [-59, -54, -390, -5, 92, 2, -72, 12, -9, 16, -32, -26, 28, 291]),
        ("17", "Nord-Trøndelag", 9, [5, -5, -102, -23, 2, 2, 19, -25, -7, -9, -22, -50, 3, 39, 85]),
        ("18", "Nordland", -1129, [-165, -120, -255, -13, -34, -24, -55, -43, -18, -33, -71, 0, -3, -14, -234, -61]),
        (
            "19", "Troms Romsa", -871,
            [-124, -91, -307, -56, -10, -79, -89, -21, -30, -11, -16, -47, 0, -28, -82, -20, 13]
        ),
        (
            "20", "Finnmark Finnmarku", -652,
            [-68, -65, -101, -32, -11, -26, -68, 3, -1, -1, -40, -33, -11, 3, -31, -16, -27, -127]
        ),
    ]

    static var codes: [String] { printed.map(\.code) }

    /// As a reader gives it: a dense matrix with blanks above the diagonal and dashes on it.
    ///
    /// `changing` puts other figures in their place, `hiding` other statuses, both by row and column code.
    static func table(
        diagonal: Mark = Mark(.nilFigure, glyph: "-"), totals: Bool = true, totalCode: String? = nil,
        totalLabel: String = "Net migration, total", measure: Measure = Measure(code: "net-migration"),
        changing: [[String]: Int64] = [:], hiding: [[String]: CellStatus] = [:]
    ) -> Table {
        let counties = printed.map { Category(code: $0.code, label: $0.label) }
        let total = totals ? [Category(code: "total", label: totalLabel)] : []
        let dimensions = [
            Dimension(id: "row", label: "row", categories: counties),
            Dimension(id: "column", label: "column", categories: total + counties, totalCode: totalCode),
        ]
        var builder = CellsBuilder()
        for (row, line) in printed.enumerated() {
            func add(_ column: String, _ value: Int64?, _ mark: Mark) {
                if let status = hiding[[line.code, column]] {
                    _ = builder.append(0, Mark(status, glyph: ":"))
                } else if let other = changing[[line.code, column]] {
                    _ = builder.append(other, .plain)
                } else {
                    _ = builder.append(value ?? 0, mark)
                }
            }
            if totals { add("total", line.total, .plain) }
            for (column, code) in codes.enumerated() {
                if column < row {
                    let value = line.before[column]
                    add(code, value, value == 0 ? Mark(.nilFigure, glyph: "-") : .plain)
                } else {
                    add(code, nil, column == row ? diagonal : Mark(.blank))
                }
            }
        }
        return Table(
            title: "Net migration between counties", period: Period(year: 2011), notes: [], measures: [measure],
            keySpace: KeySpace(dimensions)!, presence: .dense, cells: builder.finish())
    }
}
