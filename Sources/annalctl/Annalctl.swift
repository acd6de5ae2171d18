import ArgumentParser
import ControlAPI

/// The root of all commands.
struct Annalctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annalctl",
        abstract: "Asks annald about yearly tables, every version of them, and what changed.",
        discussion: """
            EXAMPLES
              annalctl status
              annalctl show net-migration-between-counties 2011
              annalctl delta net-migration-between-counties 2010..2011 --top 10
              annalctl --format csv series net-migration-between-counties --where county=03,counterpart=01

            --socket, --config and --format may stand before or after the command; --version alone shows the version.

            EXIT CODES
              0 done; 1 the answer is no; 2 wrong usage; 3 no daemon at the socket; 4 no such dataset, year, version or
              id; 5 not permitted; 6 the daemon can't now; 7 timed out
            """,
        subcommands: [
            StatusCommand.self, DatasetsCommand.self, YearsCommand.self, HistoryCommand.self, ShowCommand.self,
            DeltaCommand.self, SeriesCommand.self, TriangleCommand.self, ReportCommand.self, DropsCommand.self,
            SyncCommand.self,
            QuarantineCommand.self, InspectCommand.self, DefineCommand.self, ConcordanceCommand.self,
            HeadCommand.self, VerifyCommand.self, BackupCommand.self,
            RepairCommand.self, ClockCommand.self, ReloadCommand.self,
        ])

    @OptionGroup var options: GlobalOptions

    /// What `annalctl --version` says.
    static let programVersion = Version.current

    func run() throws { throw CleanExit.helpRequest(self) }
}
