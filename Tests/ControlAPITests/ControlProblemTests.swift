import ControlAPI
import FoundationEssentials
import Testing

@Suite struct ControlProblemTests {
    /// The contract of the exit codes, written out: scripts outside this repository rely on it.
    @Test(
        arguments: [
            (.wrongParameter, 400, 2), (.unknownParameter, 400, 2), (.unacceptableFormat, 406, 2),
            (.noSuchRoute, 404, 2),
            (.methodNotAllowed, 405, 2), (.tooLarge, 413, 2), (.noSuchDataset, 404, 4), (.noSuchYear, 404, 4),
            (.noSuchVersion, 404, 4), (.noSuchQuarantine, 404, 4), (.deltaRefused, 422, 1),
            (.noSuchConcordance, 404, 4),
            (.refused, 422, 1), (.notPermitted, 403, 5), (.damaged, 500, 1), (.readOnly, 503, 6), (.starting, 503, 6),
            (.stopping, 503, 6), (.noInbox, 503, 6), (.malformedRequest, 400, 2), (.timedOut, 504, 7),
            (.noDaemon, 0, 3), (.failure, 500, 6), (.busy, 503, 6),
        ] as [(ProblemKind, Int, Int32)])
    func everyKindHasOneStatusAndOneExitCode(kind: ProblemKind, status: Int, code: Int32) {
        #expect(kind.status == status)
        #expect(kind.exitCode.rawValue == code)
    }

    @Test func theTableIsComplete() { #expect(ProblemKind.allCases.count == 24) }

    @Test func aProblemSurvivesTheWire() throws {
        let problem = ControlProblem(.noSuchYear, "There is no 2009 in \"x\".", remedy: "Years: 2010, 2011.")
        let bytes = JSONWriter.bytes(of: problem)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"type":"urn:annal:problem:no-such-year","title":"There is no such year","status":404,"#
                + #""detail":"There is no 2009 in \"x\".","remedy":"Years: 2010, 2011.","code":4}"#)
        #expect(try JSONDecoder.answers.decode(ControlProblem.self, from: Data(bytes)) == problem)
    }

    @Test func aKindFromALaterVersionIsAFailure() throws {
        let json = #"{"type":"urn:annal:problem:new-kind","detail":"?"}"#
        #expect(try JSONDecoder.answers.decode(ControlProblem.self, from: Data(json.utf8)).kind == .failure)
    }
}
