import Testing

@testable import Daemon

@Suite struct DescriptorLimitTests {
    @Test func clientsGetWhatIsLeftOver() {
        func connections(_ count: Int, wanted: Int = 256) -> Int {
            DescriptorLimit(count: count).connections(wanted: wanted, readers: 2, cores: 2)
        }
        #expect(connections(524_288) == 256)
        #expect(connections(1024) == 256)
        #expect(connections(1024, wanted: 10) == 10)
        #expect(connections(1024, wanted: 5000) == 1024 - 166)
        #expect(connections(256) == 256 - 166)
        #expect(connections(64) == DescriptorLimit.fewestConnections)
        #expect(connections(64, wanted: 1) == 1)
    }

    @Test func tooFewAreRefusedNamingTheLimit() throws {
        try DescriptorLimit(count: 48).check()
        #expect {
            try DescriptorLimit(count: 47).check()
        } throws: { error in
            "\(error)".contains("47") && "\(error)".contains("48") && "\(error)".contains("LimitNOFILE")
        }
    }

    @Test func raisingItNeverLowersIt() {
        let raised = DescriptorLimit.raise()
        #expect(raised.count > 0)
        #expect(DescriptorLimit.raise() == raised)
    }
}
