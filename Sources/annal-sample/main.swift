import ArgumentParser
import SampleTables

/// Prints a synthetic year of the founding table.
struct Sample: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annal-sample",
        abstract: "Print a synthetic year of \"Net migration between counties\", clearly labelled, whose sums hold.",
        discussion: "Example: annal-sample 2010 > inbox/net-migration-2010-synthetic.txt")

    @Argument(help: "The year, 1000 to 9999.")
    var year: Int

    @Option(help: "The same seed gives the same figures.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1000...9999).contains(year) else { throw ValidationError("a year has four digits") }
    }

    func run() { print(NetMigrationPage(year: year, seed: seed).text, terminator: "") }
}

Sample.main()
