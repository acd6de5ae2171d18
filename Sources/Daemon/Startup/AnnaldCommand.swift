package import ArgumentParser
package import Reading

/// The daemon's command line: flags, handed on.
package struct AnnaldCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "annald",
        abstract: "Watch an inbox, keep each year's table as a versioned snapshot, and answer what changed.",
        discussion: """
            Flags win over the environment (ANNALD_INBOX, …), that over the configuration file, and this over the \
            defaults. SIGHUP reads the configuration again; SIGTERM finishes the commit in hand and stops.

            Example: annald --config Config/annald.yaml --inbox /srv/inbox --state /srv/annal
            """)

    @Option(
        help: """
            The configuration file; definitions lie beside it in datasets.d/ and dialects/. Default: \
            \(SettingsLoader.standardFile), where it exists.
            """)
    var config: String?

    @Option(help: "Where files are dropped.")
    var inbox: String?

    @Option(help: "Where the log, done/ and quarantine/ are kept.")
    var state: String?

    @Option(help: "The control socket.")
    var socket: String?

    @Flag(help: "Say whether the configuration and its definitions are good, and end.")
    var checkConfig = false

    @Flag(help: "Begin a new log, where the one that the state directory had is gone and can't be restored.")
    var newLog = false

    private var loader: SettingsLoader {
        let flags = [("inbox", inbox), ("state", state), ("socket", socket)]
        return SettingsLoader(
            file: config ?? SettingsLoader.installedFile(),
            flags: Dictionary(uniqueKeysWithValues: flags.compactMap { key, value in value.map { (key, $0) } }),
            environment: Startup.environment())
    }

    package init() {}

    package func run() async throws {
        if checkConfig {
            throw ExitCode(Startup.checkConfiguration(loader))
        }
        throw ExitCode(await Startup.run(loader, startsNewLog: newLog))
    }
}

extension AnnaldCommand {
    /// The whole program: a reader where the command line says so, else the daemon.
    ///
    /// - Parameter examine: What a reader does with a file; only a program for trials has one of its own.
    package static func runProgram(
        examine: @escaping ReaderMain.Examine = { bytes, job, examiner in examiner.examine(bytes, job) }
    ) async -> Never {
        if CommandLine.arguments.dropFirst().first == ReaderMain.argument { ReaderMain.run(examine: examine) }
        Startup.prepare()
        do {
            let command = try Self.parse()
            try await command.run()
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if code == .success, !text.isEmpty { print(text) }
            if code != .success, !text.isEmpty { Startup.complain(text) }
            // Wrong usage is 2 here as in annalctl; the library's own code for it is 64.
            Startup.end(code == .validationFailure ? 2 : code.rawValue)
        }
        Startup.end(0)
    }
}
