import ArgumentParser
import ControlAPI
import Definitions

/// The definition that pins how files are read, without a daemon.
struct DefineCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "define",
        abstract: "Prints the definition that pins how files are read. Needs no daemon.",
        discussion: """
            The definition is YAML with comments: look it through, correct it, and save it in datasets.d/ beside the
            configuration file. Several files get one definition that reads all of them as they are read now; where there
            is none, the difference is named. Of a file that is refused, the reason is printed, and what its remedy proposes,
            with what would come of it. Definitions that lie beside the configuration file that --config names are kept and
            completed. Ends with 1 where a file is or would be refused, or where there is no one definition.

            EXAMPLES
              annalctl define births-2010.csv births-2011.csv > /etc/annal/datasets.d/births.yaml
              annalctl define births-2011.csv --check old-years/
            """)

    @Argument(
        help: ArgumentHelp("Files as they would be dropped, of one dataset.", valueName: "file"), completion: .file())
    var files: [String]
    @Option(
        help: ArgumentHelp(
            "Says for each file of a folder what it would become under the definition, in a comment of a line.",
            valueName: "dir"),
        completion: .directory)
    var check: String?
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let defined = DefinedFiles(paths: files, definitions: try options.definitions())
        let checked = try check.map { (folder) throws(ControlProblem) in
            try CheckedFolder.files(in: folder, definitions: defined.definitions)
        }
        if options.format == .json {
            try StandardStreams.write(Self.json(defined, checked))
        } else {
            let lines = (checked ?? []).flatMap { YAMLComment.lines($0.line) }
            let text = defined.text + (lines.isEmpty ? "" : "\n" + lines.joined())
            try StandardStreams.write(
                text.split(separator: "\n", omittingEmptySubsequences: false).map { TerminalText.sanitised(String($0)) }
                    .joined(separator: "\n"))
        }
        let isRefused = checked?.contains { $0.reason != nil } ?? false
        return defined.isWhole && !isRefused ? .done : .answerIsNo
    }

    private static func json(_ defined: DefinedFiles, _ checked: [ReadFile]?) -> AnswerBody {
        var json = JSONWriter()
        json.beginObject()
        json.field("definition", defined.text)
        json.key("differences")
        json.array(defined.differences)
        json.key("files")
        json.beginArray()
        for file in checked ?? defined.files { file.write(to: &json) }
        json.endArray()
        json.endObject()
        var body = AnswerBody()
        body.append(json.take() + [0x0A])
        return body
    }
}
