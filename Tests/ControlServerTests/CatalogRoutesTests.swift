import Annals
import ControlAPI
import Testing

@Suite struct CatalogRoutesTests {
    @Test func datasets() async throws {
        try await RunningServer.with { server in
            #expect(
                try await server.text("datasets")
                    == #"{"datasets":[{"id":"crops","title":"Crops","years":[2010,2011],"dimensions":["region","crop"]}]}"#
                    + "\n")
            #expect(
                try await server.text("datasets", format: .ndjson)
                    == #"{"id":"crops","title":"Crops","years":[2010,2011],"dimensions":["region","crop"]}"# + "\n")
            #expect(try await server.get("datasets/crops", as: DatasetReport.self).years == [2010, 2011])
            let problem = try await server.problem("datasets/potatoes")
            #expect(problem.kind == .noSuchDataset)
            #expect(problem.remedy == "There is: crops.")
            #expect(try await server.problem("datasets/..%2F..%2Fetc").kind == .noSuchDataset)
        }
    }

    @Test func years() async throws {
        try await RunningServer.with { server in
            let years = try await server.get("datasets/crops/years", as: YearsReport.self).years
            #expect(years.map(\.year) == [2010, 2011])
            #expect(years.map(\.version) == [1, 2])
            #expect(years.map(\.vintages) == [1, 2])
            let early = try await server.get("datasets/crops/years?known_at=2", as: YearsReport.self).years
            #expect(early.map(\.version) == [1, 1])
            #expect(try await server.get("datasets/crops/years?as_of=2010-01-01", as: YearsReport.self).years.isEmpty)
        }
    }

    @Test func aDatasetThatCameLaterWasNotThereYet() async throws {
        let archive = try SampleArchive.filled()
        try SampleArchive.drop(
            SampleArchive.table(2012, [[1, 2], [3, 4], [4, 6]]), into: archive, as: #require(DatasetID("potatoes")))
        try await RunningServer.with(StandInBackend(archive)) { server in
            #expect(try await server.get("datasets/potatoes/years?known_at=5", as: YearsReport.self).years.count == 1)
            for path in ["years", "years/2012", "years/2012/vintages", "delta", "series"] {
                let problem = try await server.problem("datasets/potatoes/\(path)?known_at=4")
                #expect(problem.kind == .noSuchDataset, "\(path)")
                #expect(problem.remedy == "There is: crops.", "\(path)")
            }
        }
    }

    @Test(arguments: ["2010-11", "2010%2F11", "2010-2011", "2010"]) func aSplitYearInAnySpelling(
        _ year: String
    ) async throws {
        let archive = try SampleArchive.empty()
        var table = try SampleArchive.table(2010, [[1, 2], [3, 4], [4, 6]])
        table.period.label = "2010-11"
        try SampleArchive.drop(table, into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server in
            let history = try await server.get("datasets/crops/years/\(year)/vintages", as: HistoryReport.self)
            #expect(history.year == 2010)
            #expect(try await server.problem("datasets/crops/years/2010-12").kind == .noSuchYear)
        }
    }

    /// What it would be answered now is not what it would be answered then.
    @Test func anEntryThatIsYetToComeIsRefused() async throws {
        try await RunningServer.with { server async throws in
            #expect(try await server.get("datasets/crops/years?known_at=4", as: YearsReport.self).years.count == 2)
            for path in ["years", "years/2011", "years/2011/vintages", "delta", "series"] {
                let problem = try await server.problem("datasets/crops/\(path)?known_at=5")
                #expect(problem.kind == .wrongParameter)
                #expect(problem.remedy == "Its last one is 4.")
            }
        }
    }

    @Test func history() async throws {
        try await RunningServer.with { server in
            let history = try await server.get("datasets/crops/years/2011/vintages", as: HistoryReport.self)
            #expect(history.vintages.map(\.version) == [1, 2])
            #expect(history.vintages.map(\.current) == [false, true])
            #expect(history.vintages.map(\.outcome) == ["new", "revised"])
            #expect(history.vintages[0].changed == nil)
            // Without the total: rye in the south went up, oats there are hidden on both sides.
            #expect(
                history.vintages[1].changed
                    == DeltaSummary(
                        compared: 3, appeared: 0, vanished: 0, transitions: 0, sameReason: 1, increased: 1,
                        decreased: 0,
                        unchanged: 2)
            )
            #expect(history.vintages[1].kind == "correction")
            #expect(history.vintages[1].reason == "A typing error")
            #expect(try await server.text("datasets/crops/years/2011/vintages").contains(#""changed":null"#))
            let then = try await server.get("datasets/crops/years/2011/vintages?known_at=2", as: HistoryReport.self)
            #expect(then.vintages.map(\.current) == [true])
            #expect(try await server.problem("datasets/crops/years/1999/vintages").kind == .noSuchYear)
        }
    }

    @Test func aSplitYearAnswersToItsLabel() async throws {
        let archive = try SampleArchive.empty()
        var table = try SampleArchive.table(2011, [[1, 2], [3, 4], [4, 6]])
        table.period.label = "2011/12"
        try SampleArchive.drop(table, into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server in
            for name in ["2011", "2011%2F12"] {
                let show = try await server.get("datasets/crops/years/\(name)", as: ReceivedTable.self)
                #expect(show.period == "2011/12")
                #expect(show.year == 2011)
            }
            #expect(try await server.problem("datasets/crops/years/2012").kind == .noSuchYear)
        }
    }
}
