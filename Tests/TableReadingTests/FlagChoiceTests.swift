import Annals
import Definitions
import Testing

@testable import TableReading

/// Which columns hold marks of figures, and of which.
@Suite struct FlagChoiceTests {
    private func table(_ text: String, dialect: String = "eurostat") throws(Reason) -> Table {
        var sidecar = Sidecar()
        sidecar.dialect = dialect
        return try read(text, sidecar: sidecar).tables[0]
    }

    @Test(arguments: ["Data_Marking", "Marker", "value_q", "valueflag", "annotation", "Footnote", "A", "flag1", "Code"])
    func whateverItIsCalled(name: String) throws {
        let table = try table("region,value,\(name)\nN,120,\nS,98,p\nE,47,\n")
        #expect(table.shown("S") == "98 provisional")
        #expect(table.shown("N") == "120")
    }

    @Test func marksInFrontOfTheirFigures() throws {
        let table = try table("region,flag,births,flag.1,deaths\nN,,121,p,91\nS,p,98,,85\nE,,45,,30\n")
        #expect((table.shown("N", "births"), table.shown("N", "deaths")) == ("121", "91 provisional"))
        #expect((table.shown("S", "births"), table.shown("S", "deaths")) == ("98 provisional", "85"))
    }

    @Test func marksBesideNoFiguresOfTheirOwn() {
        let text = "region,births,deaths,flag,flag.1\nN,121,91,p,\nS,98,85,,p\nE,45,30,,\n"
        let reason = refusal(of: text)
        #expect(reason?.remedy?.contains("`columns: {flags: {births: [flag], deaths: [flag.1]}}`") == true)
    }

    @Test func withoutAHeadingBehindYears() throws {
        var sidecar = Sidecar()
        sidecar.dialect = "eurostat"
        let tables = try read("region,2010,,2011,\nN,120,,121,p\nS,99,b,98,\nE,45,,47,p\n", sidecar: sidecar).tables
        #expect((tables[0].shown("N"), tables[0].shown("S")) == ("120", "99 break"))
        #expect((tables[1].shown("N"), tables[1].shown("S")) == ("121 provisional", "98"))
    }

    @Test func sdmxWithLabels() throws {
        let text = "geo,OBS_VALUE,OBS_STATUS: Observation status\nAT,12.5,A: Normal value\nBE,9.3,P: Provisional\n"
        let table = try table(text, dialect: "generic")
        #expect((table.shown("AT"), table.shown("BE")) == ("12.5", "9.3 provisional"))
    }

    /// Without the column all that it hides would be published.
    @Test func noRemedyPublishesWhatIsHidden() {
        let confidential = refusal(of: "geo,OBS_VALUE,CONF_STATUS\nAT,12.5,F\nBE,7391,C\nDE,,C\n")
        #expect(confidential?.line == 3)
        #expect(confidential?.remedy?.contains("ignore") == false, "\(confidential?.remedy ?? "")")
        #expect(confidential?.found == "C")
    }

    @Test func aReasonDoesNotRepeatWhatIsHidden() throws {
        let definitions = try Definitions.load(directory: [
            ("dialects/office.yaml", "dialect: office\nsymbols:\n  \"c\": confidential\n"),
            ("datasets.d/f.yaml", "dataset: f\nmatch: {file: [f-*]}\ndialect: office\n"),
        ])
        let reason = refusal(
            of: "region,sex,persons\na,m,7394 c\na,f,12\nb,m,13\nb,f,c\n", name: "f-2011.csv", definitions: definitions)
        let said = [reason?.message, reason?.found, reason?.expected, reason?.remedy].compactMap(\.self).joined()
        #expect(reason?.line == 2 && !said.contains("7394"), "\(said)")
    }

    @Test func confidentialityIsNoObservationStatus() throws {
        let table = try table("geo,OBS_VALUE,OBS_FLAG,CONF_STATUS\nAT,12.5,,F\nBE,,,C\n")
        #expect((table.shown("AT"), table.shown("BE")) == ("12.5", "confidential"))
    }

    /// Whichever stands first; `..` alone says least.
    @Test(arguments: [
        "OBS_STATUS,CONF_STATUS\nAT,12.5,A,F\nBE,,M,C\nBG,,O,N",
        "CONF_STATUS,OBS_STATUS\nAT,12.5,F,A\nBE,,C,M\nBG,,N,O",
    ])
    func twoReasonsWhyThereIsNoFigure(text: String) throws {
        let table = try table("geo,OBS_VALUE,\(text)\n", dialect: "generic")
        #expect(["AT", "BE", "BG"].map { table.shown($0) } == ["12.5", "confidential", "confidential"])
    }

    @Test func twoReasonsThatContradictEachOther() {
        let reason = refusal(of: "geo,OBS_VALUE,CONF_STATUS\nAT,12.5,F\nBE,-,C\nBG,3,F\n")
        #expect(reason?.line == 3)
        #expect(reason?.message.contains("confidential of a cell that is nil") == true, "\(String(describing: reason))")
    }

    @Test(arguments: ["Suppressed", "disclosure_code"])
    func aZeroInTheirPlace(name: String) {
        let reason = refusal(of: "region,value,\(name)\nN,120,N\nS,0,Y\nE,9,N\n")
        #expect(reason?.column == 3)
    }

    @Test func nothingIsSuppressed() throws {
        let table = try table("region,value,Suppressed\nN,120,N\nS,0,N\nE,9,N\n", dialect: "generic")
        #expect(table.shown("S") == "0")
    }

    @Test(arguments: ["region,F,M\nNorth,120,130\nSouth,99,98\n", "region,T,M,F\nNorth,250,130,120\nSouth,197,98,99\n"])
    func womenAreNoMarks(text: String) throws {
        let table = try table(text, dialect: "generic")
        #expect(table.cells.count == (text.contains("T") ? 6 : 4))
    }

    @Test func maritalStatusIsAKey() throws {
        let text = "region,status,persons\nN,S,120\nN,M,130\nN,D,20\nS,S,99\nS,M,98\nS,D,10\n"
        #expect(try table(text, dialect: "generic").dimensionIDs == ["region", "status"])
    }
}
