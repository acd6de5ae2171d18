import Annals
import Archive
import ControlAPI
import Testing

/// Rules about what of a file is recorded, from its bytes to the answer.
@Suite struct FileToAnswerTests {
    @Test func aCodeOfBlanksIsAbsent() async throws {
        let archive = try SampleArchive.empty()
        let text = """
            region,sex,year,persons
            North,women,2010,120
            North,men,2010,135
            East,women,2010,51
            East,men,2010,49
            South,women,2010,220
            South,men,2010,211
            North,women,2011,124
            North,men,2011,
            East,women,2011,52
            East,men,2011,47
            South,women,2011,
            South,men,2011,

            """
        #expect(try RecordedFile.record(text, as: "persons.csv", in: archive).map(\.outcome) == [.new, .new])
        try await RunningServer.with(StandInBackend(archive)) { server in
            let show = try await server.text("datasets/persons/years/2011?where=region=North")
            #expect(show.contains(#"{"at":["North","men"],"value":null,"status":"blank","flags":[]}"#), "\(show)")
            #expect(show.contains("2011 has only blanks for South of region: it is absent from it"), "\(show)")
            let problem = try await server.problem("datasets/persons/years/2011?where=region=South")
            #expect(problem.kind == .wrongParameter)
            let delta = try await server.text("datasets/persons/delta?where=region=South")
            #expect(delta.contains(#"{"at":["South","women"],"from":220,"to":null,"change":null,"#), "\(delta)")
            #expect(delta.contains(#""vanished":2,"transitions":0"#), "\(delta)")
        }
    }

    @Test func dimensionsStandAsInTheFirstVintageNotAsInTheFile() async throws {
        let archive = try SampleArchive.empty()
        let first = "region,sex,persons\nNorth,women,120\nNorth,men,135\nSouth,women,220\nSouth,men,211\n"
        let turned = "sex,region,persons\nwomen,North,121\nmen,North,135\nwomen,South,220\nmen,South,211\n"
        #expect(try RecordedFile.record(first, as: "persons-2010.csv", in: archive).map(\.outcome) == [.new])
        #expect(try RecordedFile.record(turned, as: "persons-2011.csv", in: archive).map(\.outcome) == [.new])
        try await RunningServer.with(StandInBackend(archive)) { server in
            let delta = try await server.text("datasets/persons/delta?top=1")
            #expect(delta.contains(#""cells":[{"at":["North","women"],"from":120,"to":121,"#), "\(delta)")
        }
    }
}
