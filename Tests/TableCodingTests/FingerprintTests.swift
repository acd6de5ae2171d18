import Annals
import TestSupport
import Testing

@testable import TableCoding

@Suite struct FingerprintTests {
    @Test func `order, glyphs and palettes don't count`() {
        let cells = Samples.mixed().cells
        var turned = Samples.mixed().canonical.cells
        turned.values.reverse()
        turned.marks.reverse()
        turned.palette = turned.palette.map { Mark($0.status, flags: $0.flags, glyph: "x") }
        #expect(Fingerprint.of(cells) == Fingerprint.of(turned))
    }

    @Test func `a figure, a status or a flag does`() {
        let cells = Samples.table(cells: 3, first: 0).cells
        var others = [cells, cells, cells, Samples.table(cells: 4, first: 0).cells]
        others[0].values[0] = 1
        others[1].palette = [Mark(.nilFigure)]
        others[2].palette = [Mark(.value, flags: .provisional)]
        #expect(Set(([cells] + others).map(Fingerprint.of)).count == 5)
    }
}
