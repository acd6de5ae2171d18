import ArgumentParser
import ControlAPI
import Definitions
import Glibc
import Reading
import Yams

extension AnswerFormat: ExpressibleByArgument {}

/// The options of every command.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon's control socket; else ANNALD_SOCKET.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("annald's configuration file, for its socket and definitions.", valueName: "file"))
    var config: String?

    @Option(
        name: .customLong("format"), help: "How the answer is printed; table where nothing is said (report: Markdown).")
    var chosenFormat: AnswerFormat?

    /// The one that is chosen, else the one for people.
    var format: AnswerFormat { chosenFormat ?? .table }

    @Option(
        help: ArgumentHelp(
            "How long to wait: for a byte of the answer, 30 where nothing is said (verify, repair, backup: 300); sync: "
                + "for all of it, 60.", valueName: "seconds"))
    var timeout: Double?

    func validate() throws {
        guard timeout.map({ (0...86_400).contains($0) }) ?? true else {
            throw ValidationError("--timeout takes seconds from 0 to 86400.")
        }
    }

    static let defaultSocket = "/run/annal/control.sock"

    /// Where the daemon is asked: option, environment, configuration file, default.
    ///
    /// - Throws: `.wrongParameter` where the configuration file can't be used.
    func socketPath() throws(ControlProblem) -> String {
        if let socket { return socket }
        if let variable = getenv("ANNALD_SOCKET") {
            let path = String(cString: variable)
            if !path.isEmpty { return path }
        }
        guard let config else { return Self.defaultSocket }
        return try Self.socket(inConfiguration: config) ?? Self.defaultSocket
    }

    private static func socket(inConfiguration path: String) throws(ControlProblem) -> String? {
        let text: String
        do throws(UnreadableText) {
            text = try TextFile.read(path)
        } catch {
            throw ControlProblem(.wrongParameter, "\(error).", remedy: "Name annald's configuration with --config.")
        }
        do {
            return try Yams.compose(yaml: text)?.mapping?["socket"]?.string
        } catch {
            throw ControlProblem(
                .wrongParameter, "\(path) is not valid YAML.",
                remedy: "annald --check-config --config \(path) names the line.")
        }
    }

    /// What lies beside the configuration file, for the commands that read files themselves.
    ///
    /// - Throws: `.wrongParameter` where a definition can't be used.
    func definitions() throws(ControlProblem) -> Definitions {
        do throws(DefinitionFolder.Failure) {
            return try DefinitionFolder.load(besideConfiguration: config)
        } catch {
            throw ControlProblem(
                .wrongParameter, "\(error).", remedy: "Correct the definitions, or name others with --config.")
        }
    }

    /// The parser wants options after their command; these may stand before it as well.
    static func movedToTheEnd(of arguments: [String]) -> [String] {
        // Questions of a shell's completion name words by their place.
        if arguments.contains(where: { $0.hasPrefix("---") }) { return arguments }
        var rest: [String] = []
        var moved: [String] = []
        var iterator = arguments.makeIterator()
        while let argument = iterator.next() {
            if argument == "--" {
                return rest + moved + [argument] + Array(IteratorSequence(iterator))
            } else if names.contains(argument), let value = iterator.next() {
                moved += [argument, value]
            } else if names.contains(where: { argument.hasPrefix($0 + "=") }) {
                moved.append(argument)
            } else {
                rest.append(argument)
            }
        }
        return rest + moved
    }

    private static let names = ["--socket", "--config", "--format", "--timeout"]
}
