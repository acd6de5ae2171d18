import ArgumentParser
import Glibc
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

// Wrong usage is 2 here as in the other programs; the library's own code for it is 64.
do {
    try Sample.parse().run()
} catch {
    let code = Sample.exitCode(for: error)
    let text = Sample.fullMessage(for: error)
    if code == .success {
        print(text)
    } else {
        // Nothing is left to do where standard error is gone.
        _ = "\(text)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
    exit(code == .validationFailure ? 2 : code.rawValue)
}
