import Annals
import Testing

@testable import TableReading

@Suite struct SDMXHeadingTests {
    private func kinds(_ header: String) -> [SDMXHeading.Kind]? {
        SDMXHeading(header.split(separator: ",", omittingEmptySubsequences: false).map(String.init))?.columns.map(
            \.kind)
    }

    @Test func dimensionsStandBeforeFiguresAndAttributesBehind() {
        #expect(
            kinds("DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS,NOTE") == [
                .structure, .frequency, .dimension, .time, .value, .attribute, .attribute,
            ])
        #expect(
            kinds("STRUCTURE[;],STRUCTURE_ID,ACTION,OBS_KEY,GEO,OBS_STATUS,TIME_PERIOD,OBS_VALUE,N[]") == [
                .structure, .structure, .action, .seriesKey, .dimension, .attribute, .time, .value, .attribute,
            ])
        #expect(kinds("GEO,TIME_PERIOD,OBS_VALUE") == [.dimension, .time, .value])
        #expect(kinds("DATAFLOW,OBS_VALUE,GEO,TIME_PERIOD") == [.structure, .value, .open, .time])
    }

    @Test func columnsOfLabels() {
        #expect(
            kinds("STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,GEO,AREA,TIME_PERIOD,TIME,OBS_VALUE,VALUE") == [
                .structure, .structure, .structure, .dimension, .label(of: 3), .time, .label(of: 5), .value,
                .label(of: 7),
            ])
        #expect(
            kinds("GEO,Area,SEX_LABEL,SEX,TIME_PERIOD,OBS_VALUE") == [
                .dimension, .label(of: 0), .label(of: 3), .dimension, .time, .value,
            ])
    }

    @Test(arguments: [
        "geo,time,value", "geo,TIME_PERIOD,value", "geo,time_period,obs_value", "year,DATAFLOW,value", "",
    ])
    func otherHeadingsAreNone(header: String) { #expect(kinds(header) == nil) }

    @Test func dataflowsAndLabels() {
        #expect(SDMXDataflow("ESTAT:DEMO_PJAN(1.0)")?.id == "DEMO_PJAN")
        let named = SDMXDataflow("OECD.SDD:DSD_A@DF_B(1.0): Population: all")
        #expect((named?.agency, named?.id, named?.name) == ("OECD.SDD", "DSD_A@DF_B", "Population: all"))
        #expect(SDMXDataflow("DF_X", name: "Births")?.name == "Births")
        #expect(SDMXDataflow(" ") == nil)
        #expect(SDMXLabel.parts(of: "R1:3903") == ("R1:3903", nil))
        #expect(SDMXLabel.parts(of: "F: Female: all") == ("F", "Female: all"))
    }

    @Test func instants() {
        #expect(SDMXTime.instant("12/03/24 11:00:00") == Instant(iso8601: "2024-03-12T11:00:00Z"))
        #expect(SDMXTime.instant("13/02/2025") == Instant(iso8601: "2025-02-13"))
        #expect(SDMXTime.instant("2025-02-13T23:00:00+0100") == Instant(iso8601: "2025-02-13T22:00:00Z"))
        #expect(SDMXTime.instant("32/13/24 11:00:00") == nil && SDMXTime.instant("soon") == nil)
    }
}
