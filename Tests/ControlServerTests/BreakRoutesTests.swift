import Annals
import Archive
import ControlAPI
import Testing

/// Flags and breaks in the answers of the delta's route.
@Suite struct BreakRoutesTests {
    private static let path = "datasets/crops/delta"

    /// 2010, 2011 with a break at (n, rye), 2012 with a provisional figure there.
    private func archive() throws -> Archive {
        let archive = try SampleArchive.empty()
        for (year, flags) in [(2010, CellFlags.revised), (2011, .seriesBreak), (2012, .provisional)] {
            var table = try SampleArchive.table(year, [[10, 20], [30, 40], [40, 60]])
            table.cells.palette.append(Mark(.value, flags: flags))
            table.cells.marks[0] = 1
            table.cells.values[0] += Int64(year)
            try SampleArchive.drop(table, into: archive)
        }
        return archive
    }

    @Test func acrossABreak() async throws {
        try await RunningServer.with(StandInBackend(try archive())) { server async throws in
            let text = try await server.text(Self.path + "?from=2010&to=2011")
            #expect(
                text.contains(
                    #""comparison":"compared","from_flags":["revised"],"to_flags":["break"],"across_break":true}"#))
            #expect(text.contains(#""unchanged":3,"across_break":1}"#))
            let csv = try await server.text(Self.path + "?from=2010&to=2011", format: .csv).split(separator: "\r\n")
            #expect(csv[0].hasSuffix(",status,flags,unit,from_year,from_version,from_flags,across_break"))
            #expect(csv[1].hasSuffix(",compared,value,break,tonnes,2010,1,revised,true"))
            #expect(csv[2].hasSuffix(",compared,value,,tonnes,2010,1,,false"))
            let table = try await server.text(Self.path + "?from=2010&to=2011&where=crop=rye", format: .table)
            #expect(table.contains("%  revised → break  across a break\n"), "\(table)")
            #expect(table.contains("1 across a break\n"), "\(table)")
        }
    }

    @Test func aBreakInBetweenAndSums() async throws {
        try await RunningServer.with(StandInBackend(try archive())) { server async throws in
            let text = try await server.text(Self.path + "?from=2010&to=2012")
            #expect(text.contains(#""from_flags":["revised"],"to_flags":["provisional"],"across_break":true}"#))
            // The year's own break is one before it.
            let later = try await server.text(Self.path + "?from=2011&to=2012")
            #expect(!later.contains(#""across_break":true"#) && later.contains(#""across_break":0"#))
            let sums = try await server.text(Self.path + "?from=2010&to=2012&by=region")
            #expect(sums.contains(#""to_flags":["provisional"],"across_break":true,"contribution""#), "\(sums)")
            #expect(sums.contains(#""across_break":1"#))
            // As long as 2011 isn't known, there is no break.
            let known = try await server.text(Self.path + "?from=2010&to=2011&known_at=2&by=crop", format: .csv)
            #expect(known.contains(",2010,1,revised,true\r\n"))
        }
    }

    @Test func betweenVersionsThereIsNone() async throws {
        try await RunningServer.with { server async throws in
            let text = try await server.text(Self.path + "?year=2011")
            #expect(!text.contains("across_break"))
        }
    }
}
