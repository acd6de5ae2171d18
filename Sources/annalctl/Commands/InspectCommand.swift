import Annals
import ArgumentParser
import ControlAPI
import Definitions
import Reading

/// What would be read from files, without a daemon.
struct InspectCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "What would be read from files: dataset, year, shape, audits. Needs no daemon.",
        discussion: """
            Definitions lie beside the configuration file that --config names. Ends with 1 where a file would be refused.

            EXAMPLES
              annalctl inspect --config /etc/annal/annald.yaml net-migration-2011.txt
              annalctl inspect --explain net-migration-2011.txt
            """)

    @Argument(help: ArgumentHelp("Files as they would be dropped.", valueName: "file")) var files: [String]
    @Flag(help: "Shows the cells as well.") var cells = false
    @Flag(
        help: """
            Says for each column what it was taken for and why, and shows the cells with the line, column and text that \
            each was read from.
            """)
    var explain = false
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let definitions = try options.definitions()
        let detail: InspectedFile.Detail = explain ? .places : cells ? .cells : .shape
        let inspected = files.map { InspectedFile(path: $0, definitions: definitions, detail: detail) }
        if options.format == .json {
            try StandardStreams.write(Self.json(inspected))
        } else {
            for file in inspected { try StandardStreams.write(file.text()) }
        }
        return inspected.contains(where: \.isRefused) ? .answerIsNo : .done
    }

    private static func json(_ files: [InspectedFile]) -> AnswerBody {
        var json = JSONWriter()
        var body = AnswerBody()
        json.beginObject()
        json.key("files")
        json.beginArray()
        for file in files { file.write(to: &json, of: &body) }
        json.endArray()
        json.endObject()
        body.append(json.take() + [0x0A])
        return body
    }
}
