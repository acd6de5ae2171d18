import Annals
import TableCoding
import Testing

@testable import Archive

@Suite struct HeadTests {
    @Test func `a head reads as it is written`() {
        let head = Head(sequence: 12, chain: ContentHasher.digest(of: [1, 2, 3]))
        #expect(Head(head.description) == head)
        #expect(Head(Head.empty.description) == .empty)
    }

    @Test(arguments: ["", "12", "12:", ":", "-1:00", "12:zz", "1:2:3", "12:039058c6f2c0cb492c533b0a4d14ef77cc0f78ab"])
    func `anything else is no head`(text: String) {
        #expect(Head(text) == nil)
    }
}
