import Annals
import Testing

@testable import TableReading

/// Tables that arrive together are held against one another, as they would be one after the other.
@Suite struct YearsOfOneFileTests {
    private func table(_ text: String, name: String = "x-2011.csv") throws -> Table {
        try read(text, name: name).tables[0]
    }

    private let plain = "region;n\n01;5\n02;6\n03;7\n"

    @Test func anotherYearOfTheSameIsTaken() throws {
        let other = try table("region;n\n01;9\n02;8\n03;7\n04;1\n", name: "x-2010.csv")
        #expect(YearsOfOneFile.difference(try table(plain), other) == nil)
    }

    @Test(arguments: [
        ("fylke;n\n01;5\n02;6\n03;7\n", "other dimensions"), ("region;deaths\n01;5\n02;6\n03;7\n", "other measures"),
        ("region;n (1000)\n01;5\n02;6\n03;7\n", "another unit"),
        ("region;n\n11;5\n12;6\n13;7\n", "other codes of `region`"),
        ("region;n\n1;5\n02;6\n03;7\n", "a code that differs by zeros in front"),
    ])
    func whatIsNoneOfItIsNot(text: String, what: String) throws {
        #expect(YearsOfOneFile.difference(try table(text), try table(plain))?.what == what)
    }
}
