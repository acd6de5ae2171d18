import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

/// Random damage to real inputs: a value or a reason comes back, the same one twice, and never a trap.
///
/// A failure prints the seed and the round; `MutationTests.replay` reads that one again.
@Suite struct MutationTests {
    /// SplitMix64.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    static let seed: UInt64 = 20_111_231
    static let rounds = 12_000

    private static let fragments: [[UInt8]] =
        [
            "\t", "\n", "\r", "\r\n", "\"", "\"\"", ";", ",", ".", "..", "-", "−", " ", "\u{A0}", "\u{202F}", "0", "1",
            "9", "2011",
            "2010-11", "1980=100", "9223372036854775807", "99999999999999999999", "0.000000000000000000001", "\u{FFFD}",
            "total",
            "year", "value", "01 ", "12 Hordaland", "\n\n", "[x](#)", "¹", "\u{1A}", "\u{0}", "(-2019)", "1,234",
            "1.234", "%",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xD8]]

    private static let inputs: [(name: String, bytes: [UInt8])] = {
        var inputs: [(String, [UInt8])] = []
        let founding = "net-migration-between-counties-2011.txt"
        if let bytes = RepositoryFiles.bytes("Config/samples/\(founding)") { inputs.append((founding, bytes)) }
        let texts = [
            "region,sex,year,value\n0101 Halden,M,2010,5\n\"0104 \"\"Moss\"\"\",F,2011,6.5\n",
            "region\tage\tPersons 2005\tPersons 2006\n\"0101 Halden\"\t\"0 years\"\t314\t1 273\n0104\t1 year\t-\t\n",
            "Flows 2011\n\n;Total;01 Aa;02 Bb\n01 Aa;-5;-;-5\n02 Bb;5;5;-\n\n1 Note; with a stop\n",
            "origin,st,name,returns,exempts\r\n06059,CA,Orange,17241,30298\r\n41067,OR,Washington,-1,5\r\n",
            "Population\n\n\t2010\t2011\nOslo\t5\t6\nBergen\t7\t8\n\n¹ Note\n",
        ]
        for (index, text) in texts.enumerated() { inputs.append(("input\(index)-2011.csv", Array(text.utf8))) }
        inputs.append(
            ("utf16-2011.csv", [0xFF, 0xFE] + Array(texts[0].utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
        return inputs
    }()

    static func mutant(round: Int) -> SourceDocument {
        var random = Random(state: seed &+ UInt64(round) &* 0x1_0000_0001)
        let input = inputs[round % inputs.count]
        var bytes = input.bytes
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: fragments.randomElement(using: &random)!, at: place)
            case 2: bytes.replaceSubrange(place..<end, with: fragments.randomElement(using: &random)!)
            case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
            default:
                let cut = Int.random(in: 0...bytes.count, using: &random)
                if Bool.random(using: &random) { bytes.removeSubrange(cut...) } else { bytes.removeSubrange(..<cut) }
            }
        }
        return SourceDocument(name: input.name, bytes: bytes)
    }

    /// All that a reading says, as one value to compare.
    private static func outcome(_ document: SourceDocument) -> String {
        do throws(Reason) {
            let read = try TableReading.read(document, definitions: .builtIn, limits: ReadingLimits(cells: 100_000))
            return "\(read.facts) \(read.tables)"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: 0..<8) func damage(slice: Int) {
        var readable = 0
        for round in stride(from: slice, to: Self.rounds, by: 8) {
            let document = Self.mutant(round: round)
            do throws(Reason) {
                let read = try TableReading.read(document, definitions: .builtIn, limits: ReadingLimits(cells: 100_000))
                readable += 1
                for table in read.tables {
                    #expect(table.cells.values.count == table.cells.marks.count)
                    #expect(
                        table.keySpace.dimensions.allSatisfy {
                            Set($0.categories.map(\.code)).count == $0.categories.count
                        }, "seed \(Self.seed), round \(round)")
                }
            } catch {
                #expect(!error.message.isEmpty)
            }
            if round % 16 == slice {
                #expect(Self.outcome(document) == Self.outcome(document), "seed \(Self.seed), round \(round)")
            }
        }
        #expect(readable > 50, "the damage leaves too little to read to test anything")
    }

    /// Where each cell came from, over damaged files too.
    @Test func originsOfDamagedFiles() {
        for round in stride(from: 0, to: Self.rounds, by: 40) {
            let document = Self.mutant(round: round)
            // A refusal is fine here; what is read must have its places.
            guard let source = try? TableReading.sourceTables(document, definitions: .builtIn) else { continue }
            for table in source {
                #expect(table.origins.count == table.table.cells.count)
                for cell in 0..<table.origins.count { #expect(table.origins.origin(ofCell: cell).line > 0) }
            }
        }
    }
}
