import Testing

@testable import RecordLog

@Suite struct SegmentNameTests {
    @Test func namesAndNumbersAgree() {
        for number in [1, 42, 99_999_999] as [UInt32] {
            #expect(SegmentName.number(of: SegmentName.name(of: number)) == number)
        }
        #expect(SegmentName.name(of: 7) == "00000007.seg")
        #expect(SegmentName.brokenName(of: 3, offset: 73_728, attempt: 0) == "00000003.73728.broken")
        #expect(SegmentName.brokenName(of: 3, offset: 73_728, attempt: 2) == "00000003.73728-2.broken")
    }

    @Test func copiesOfTornTailsTellTheirSegment() {
        for (offset, attempt) in [(8192, 0), (73_728, 3)] {
            #expect(
                SegmentName.brokenNumber(of: SegmentName.brokenName(of: 42, offset: offset, attempt: attempt)) == 42)
        }
        for name in [
            "00000042.broken", "00000042.seg.broken", "00000042.8192-0.broken", "00000042.08192.broken",
            "42.8192.broken", "..00000042.8192.broken", "00000042.-1.broken", "00000042.8192.broken~",
        ] {
            #expect(SegmentName.brokenNumber(of: name) == nil, "\(name)")
        }
    }

    @Test(arguments: [
        "1.seg", "00000001.seg~", "0000000a.seg", "+0000001.seg", "lock", ".seg",
        "00000001.8192.broken",
        "00000000.seg",
        "100000000.seg", "4294967295.seg",
    ])
    func othersAreLeftAlone(name: String) {
        #expect(SegmentName.number(of: name) == nil)
    }
}
