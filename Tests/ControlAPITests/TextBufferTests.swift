import Annals
import ControlAPI
import Testing

@Suite struct TextBufferTests {
    @Test func figuresAreWrittenAsTheyAreEverywhere() {
        var numbers: [Int64] = [0, 1, -1, 9, 10, -10, 99, 100, 9999, 10_000, 99_999, .max, .min, .min + 1]
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            numbers.append(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0...63, using: &random))
        }
        for number in numbers {
            for decimals in 0...18 {
                var buffer = TextBuffer(capacity: 1)
                buffer.append(figure: number, decimals: decimals)
                let expected = ScaledDecimal.text(number, decimals: decimals)
                #expect(String(decoding: buffer.take(), as: UTF8.self) == expected)
                #expect(FigureWidth.of(number, decimals: decimals) == expected.utf8.count)
            }
        }
    }

    @Test func itGrowsAndStartsAnew() {
        var buffer = TextBuffer(capacity: 1)
        let texts = PackedTexts([[], Array("ab".utf8), Array("c".utf8)])
        for _ in 0..<1000 {
            for index in 0..<texts.count { buffer.append(texts, at: index) }
            buffer.append(spaces: 2)
            buffer.append(spaces: -1)
        }
        #expect(buffer.count == 5000)
        buffer.removeTrailingSpaces(backTo: 4999)
        #expect(buffer.take().suffix(3) == Array("bc ".utf8)[...])
        #expect(buffer.take().isEmpty)
        buffer.append("x")
        #expect(buffer.take() == [0x78])
    }
}

@Suite struct AnswerBodyTests {
    @Test func piecesAreOfOneSizeAndLoseNothing() {
        var body = AnswerBody()
        body.append("head\n")
        body.append(rows: 0) { _, buffer in buffer.append("never") }
        body.append(rows: 100_000) { rows, buffer in
            for row in rows {
                buffer.append(number: row)
                buffer.append(0x0A)
            }
        }
        body.append("")
        body.append("tail\n")
        var pieces = body.pieces()
        var all: [UInt8] = []
        var count = 0
        while let piece = pieces.next() {
            count += 1
            #expect(piece.count < AnswerBody.pieceBytes + 4096)
            all += piece
        }
        #expect(count > 5)
        let lines = String(decoding: all, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "head" && lines.last == "tail")
        #expect(lines.dropFirst().dropLast().elementsEqual((0..<100_000).lazy.map { Substring("\($0)") }))
        #expect(body.bytes() == all)
    }
}
