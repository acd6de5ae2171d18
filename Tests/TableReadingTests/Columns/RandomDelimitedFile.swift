import Glibc
import TestSupport

/// A delimited file made from a seed, of everything that a scan of columns carries over from one row to the next.
///
/// Rows begin as the row above does, or nearly; texts begin as others do; line ends stand inside quotes; lines that are no
/// rows stand among them.
struct RandomDelimitedFile {
    /// Those that are tried: as many as `ANNAL_SCANS` says, by hand many; `ANNAL_SEED` alone.
    static let seeds: Range<Int> = {
        func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
        return number("ANNAL_SEED").map { $0..<$0 + 1 } ?? 0..<(number("ANNAL_SCANS") ?? 400)
    }()

    private(set) var bytes: [UInt8] = []
    /// *Shape:* one a column: whether it holds figures.
    private(set) var areFigures: [Bool]
    /// Whether a byte was changed that nobody knows the meaning of.
    let isSpoilt: Bool

    private static let texts = [
        "North", "\"North\"", " North ", "\"A, B\"", "\"A \"\"B\"\"\"", "N", "No", "\"N\"", "South\t", "\"Line\nend\"",
        "\"Line\n\nend\"", "\"\n\"", "\"CR\r\nLF\"", "Østfold", "\"\"", "", "\" North\"", "Nor\"th", "\"a\nb\"  ",
        "a label that is longer than eight bytes", "a label that is longer than eight",
    ]
    private static let figures = [
        "0", "7", "12", "-5", "99999999", "123456789", "1234567890123", "\"44\"", "1.5", "20.25", "-", "–", "1234567",
        "12345678", "-0", "999999999999999", " 8", "9 ", "\"6\" ",
    ]
    private static let names = ["region", "sex", "age", "kind", "origin", "branch", "owner"]

    private let heading: [String]
    /// What this file draws its texts from.
    private var pool: [String]

    init(seed: Int) {
        var numbers = SeededNumbers(UInt64(seed))
        isSpoilt = seed % 8 == 5
        let keyCount = Int.random(in: 1...7, using: &numbers)
        areFigures = [Bool](repeating: false, count: keyCount) + [true]
        if Int.random(in: 0..<4, using: &numbers) == 0, keyCount < 7 { areFigures.append(true) }
        if Bool.random(using: &numbers) { areFigures.shuffle(using: &numbers) }
        var names = Self.names[...]
        var measures = ["births", "deaths"][...]
        heading = areFigures.map { ($0 ? measures.popFirst() : names.popFirst()) ?? "" }
        pool = (0..<Int.random(in: 1...6, using: &numbers)).map { _ in Self.texts.randomElement(using: &numbers) ?? "" }
        // Codes of up to 300 bytes, of which some are the beginning of others.
        let long = String((0..<300).map { _ in "abcde".randomElement(using: &numbers) ?? "a" })
        for _ in 0..<Int.random(in: 0...3, using: &numbers) {
            pool.append(String(long.prefix(Int.random(in: 1...300, using: &numbers))))
        }
        // More entries than a byte numbers.
        let hasMany = Int.random(in: 0..<16, using: &numbers) == 0
        if hasMany { pool += (0..<400).map { "code\($0)" } }
        let rowCount = Int.random(in: 12...(hasMany ? 900 : 120), using: &numbers)
        append(heading, "\n")
        var row = areFigures.map { $0 ? "7" : "North" }
        for place in 0..<rowCount {
            // The first rows tell the form of the file, the last ones that no notes stand below them.
            let isPlain = place < 10 || place > rowCount - 3
            if isPlain { row = areFigures.map { $0 ? "7" : "North" } } else { draw(&row, &numbers) }
            let isLast = place == rowCount - 1
            append(row, isLast && Bool.random(using: &numbers) ? "" : place % 11 == 3 ? "\r\n" : "\n")
            if !isPlain { appendLine(&numbers) }
        }
        if isSpoilt { spoil(&numbers) }
    }

    private mutating func append(_ fields: [String], _ end: String) {
        bytes += (fields.joined(separator: ",") + end).utf8
    }

    /// The next row: the same but for its last columns, most of the time.
    private func draw(_ row: inout [String], _ numbers: inout SeededNumbers) {
        let kind = Int.random(in: 0..<8, using: &numbers)
        for place in row.indices.reversed() {
            if areFigures[place] {
                row[place] = Self.figures.randomElement(using: &numbers) ?? "1"
            } else if kind > 5 || kind > 1 && place + 2 >= row.count || Int.random(in: 0..<9, using: &numbers) == 0 {
                row[place] = pool.randomElement(using: &numbers) ?? "North"
            }
        }
    }

    /// A line that is no row, or what putting files together leaves in front of a row.
    private mutating func appendLine(_ numbers: inout SeededNumbers) {
        switch Int.random(in: 0..<60, using: &numbers) {
        case 0: append([""], "\n")
        case 1: append([""], "\r\n")
        case 2: append(heading.map { _ in "" }, "\n")
        case 3: append(["  "], "\n")
        case 4: bytes += [0xEF, 0xBB, 0xBF]
        case 5:
            // A text alone above it would be the title of a second table.
            append(areFigures.map { $0 ? "7" : "North" }, "\n")
            append(heading, "\n")
        default: break
        }
    }

    /// Takes a byte out, puts one in or another in its place, somewhere among the rows.
    private mutating func spoil(_ numbers: inout SeededNumbers) {
        let place = Int.random(in: bytes.count / 2..<bytes.count * 3 / 4, using: &numbers)
        let byte = Array(",\n\"x7".utf8).randomElement(using: &numbers) ?? 0x2C
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(byte, at: place)
        default: bytes[place] = byte
        }
    }
}
