import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct SentinelCheckTests {
    @Test func repeatedSentinels() throws {
        let reason = refusal(of: "region;persons\na;5\nb;-1\nc;6\nd;-1\n")
        #expect(reason?.line == 3)
        #expect(reason?.column == 2)
        #expect(reason?.message.hasPrefix("-1 stands 2 times in `persons`") == true)
        #expect(refusal(of: "region;persons\na;5\nb;99999\nc;6\nd;99999\n")?.found == "99999")
        #expect(refusal(of: "region;rate\na;5.5\nb;-9.0\nc;6.0\nd;-9.0\n")?.found == "-9")
    }

    @Test func whatIsNone() throws {
        #expect(try read("region;persons\na;5\nb;-1\nc;6\n").tables[0].shown("b") == "-1")
        #expect(try read("region;net\na;5\nb;-1\nc;-6\nd;-1\n").tables[0].shown("d") == "-1")
    }

    @Test func dialectExplains() throws {
        let text = "region;persons\na;5\nb;-1\nc;6\nd;-1\n"
        #expect(try read(text, sidecar: Sidecar(dialect: "irs")).tables[0].shown("b") == "confidential")
        var definitions = Definitions.builtIn
        definitions.dialects["mine"] = Dialect(name: "mine", symbols: ["-1": .init(.value)])
        #expect(
            try read(text, sidecar: Sidecar(dialect: "mine"), definitions: definitions).tables[0].shown("b") == "-1")
    }

    @Test func declaredKindDecides() throws {
        let text = "region;persons\na;5\nb;-1\nc;6\nd;-1\n"
        let net = try definitions("dataset: x\nmatch: {file: \"figures*\"}\nmeasures: [{code: persons, kind: net}]\n")
        #expect(try read(text, definitions: net).tables[0].shown("b") == "-1")
        let count = try definitions(
            "dataset: x\nmatch: {file: \"figures*\"}\nmeasures: [{code: persons, kind: count}]\n")
        #expect(refusal(of: text + "e;-7\n", definitions: count) != nil)
    }
}
