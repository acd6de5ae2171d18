import Annals
import ArgumentParser
import Comparison
import ControlAPI
import ControlClient
import Definitions
import Reading

/// Which codes became which.
struct ConcordanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "concordance", abstract: "Which codes of a classification became which: check, show.",
        discussion: "EXAMPLE\n  annalctl concordance show no-county --from 2011 --to 2024",
        subcommands: [ConcordanceCheckCommand.self, ConcordanceShowCommand.self])
}

/// Looks for what can't be.
struct ConcordanceCheckCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Looks for gaps, overlaps, cycles, and codes that end and come again.",
        discussion: """
            Needs no daemon; where one answers, codes that no table of the bound datasets has are named too. Ends with 1 \
            where there are gaps, overlaps or cycles.

            EXAMPLES
              annalctl concordance check no-county
              annalctl concordance check concordances/municipalities.csv --format json
            """)

    @Argument(help: ArgumentHelp("A concordance in force, or a file that would be one.", valueName: "name-or-file"))
    var name: String
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let concordance = try NamedConcordance.find(name, options)
        let mistakes = ConcordanceCheck.findings(in: concordance)
        let report: ConcordanceReport?
        do {
            report = try await session.client().answer(
                to: ControlRequest(.get, ControlRequest.path("concordances", concordance.name)),
                as: ConcordanceReport.self)
        } catch let problem as ControlProblem where problem.kind == .noDaemon || problem.kind == .noSuchConcordance {
            // Without a daemon that has it there are no tables to look at; the answer says so.
            report = nil
        }
        let unknown = report.flatMap { report in
            report.datasets.isEmpty
                ? nil : ConcordanceCheck.codes(of: concordance, missingIn: Set(report.codes ?? []))
        }
        let findings = mistakes + (unknown ?? [])
        if options.format == .json {
            try StandardStreams.write(
                Self.json(concordance, findings, looksAt: unknown == nil ? nil : report?.datasets))
        } else {
            try StandardStreams.write(
                Self.text(concordance, findings, looksAt: unknown == nil ? nil : report?.datasets))
        }
        return findings.contains(where: ConcordanceCheck.isMistake) ? .answerIsNo : .done
    }

    private static func text(_ concordance: Concordance, _ findings: [Finding], looksAt datasets: [String]?) -> String {
        var lines = ["\(concordance.name): \(concordance.links.count) links"]
        lines += findings.map { "\($0.code)\($0.line.map { ", line \($0)" } ?? ""): \($0.message)" }
        if findings.isEmpty { lines.append("Nothing was found.") }
        if let datasets {
            lines.append("Codes were looked for in \(datasets.joined(separator: ", ")).")
        } else {
            lines.append(
                "Whether tables have the codes wasn't looked at: no daemon has this concordance bound to a dataset.")
        }
        return lines.map { TerminalText.sanitised($0) + "\n" }.joined()
    }

    private static func json(
        _ concordance: Concordance, _ findings: [Finding], looksAt datasets: [String]?
    ) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.field("name", concordance.name)
        json.field("links", concordance.links.count)
        json.field("findings", findings)
        json.key("datasets")
        if let datasets { json.array(datasets) } else { json.null() }
        json.endObject()
        return json.take() + [0x0A]
    }
}

/// The groups of two years.
struct ConcordanceShowCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Which codes of two years can be compared, by the concordance alone.",
        discussion: """
            Needs no daemon. What only tables can tell, such as codes that no link mentions, isn't in it.

            EXAMPLE
              annalctl concordance show no-county --from 2011 --to 2024 --minor ignore
            """)

    @Argument(help: ArgumentHelp("A concordance in force, or a file that would be one.", valueName: "name-or-file"))
    var name: String
    @Option(help: "The first year.") var from: Int
    @Option(help: "The second year.") var to: Int
    @Option(help: "What moved in part: merge or ignore.") var minor: Concordance.Minor = .merge
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...9999).contains(from), (1...9999).contains(to) else {
            throw ValidationError("--from and --to take years from 1 to 9999.")
        }
    }

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let concordance = try NamedConcordance.find(name, options)
        let outcome: ConcordanceOutcome
        do throws(ComparisonRefusal) {
            outcome = try ConcordedCodes.outcome(
                of: concordance, from: from, to: to, minor: minor)
        } catch {
            throw ControlProblem(.deltaRefused, error.message + ".", remedy: error.remedy)
        }
        if options.format == .json {
            var json = JSONWriter()
            json.encode(outcome)
            try StandardStreams.write(json.take() + [0x0A])
        } else {
            try StandardStreams.write(outcome.lines().map { $0 + "\n" }.joined())
        }
        return .done
    }
}

/// A concordance that a command names.
enum NamedConcordance {
    /// A file where the name is a path or ends as one does, else the one in force.
    ///
    /// - Throws: `.refused` where the file can't be used; `.noSuchConcordance`.
    static func find(_ name: String, _ options: GlobalOptions) throws(ControlProblem) -> Concordance {
        if name.contains("/") || name.hasSuffix(Concordance.fileSuffix) { return try read(name) }
        let known = try options.definitions().concordances
        if let concordance = known[name] { return concordance }
        throw ControlProblem(
            .noSuchConcordance, "There is no concordance “\(name)”.",
            remedy:
                "There is: \(known.keys.sorted().joined(separator: ", ")). Others lie beside the configuration file "
                + "that --config names.")
    }

    private static func read(_ path: String) throws(ControlProblem) -> Concordance {
        let text: String
        do throws(UnreadableText) {
            text = try TextFile.read(path)
        } catch {
            throw ControlProblem(.wrongParameter, "\(error).", remedy: "Name a file that can be read.")
        }
        do throws(DefinitionError) {
            return try Concordance.parse(text, file: path)
        } catch {
            throw ControlProblem(.refused, "\(error).")
        }
    }
}
