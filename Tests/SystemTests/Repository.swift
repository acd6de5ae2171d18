import Foundation

/// Where the repository lies and where its programs were built.
enum Repository {
    /// The root, symbolic links resolved, so that a package that borrows these tests finds it too.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The directory of `annald` and `annalctl`: `ANNAL_BIN`, else the debug build.
    static let programs = ProcessInfo.processInfo.environment["ANNAL_BIN"] ?? root + "/.build/debug"

    static func program(_ name: String) -> String { programs + "/" + name }

    /// The founding table as it ships.
    static let foundingFile = root + "/Config/samples/net-migration-between-counties-2011.txt"
}

/// Numbers from the environment that make a random test longer or replay it.
enum Knob {
    static func number(_ variable: String) -> Int? { ProcessInfo.processInfo.environment[variable].flatMap(Int.init) }

    static let crashRounds = number("ANNAL_CRASH_ROUNDS") ?? 3
    static let crashFiles = number("ANNAL_CRASH_FILES") ?? 60
    /// Words of the rows of the damage table that are tried; nil tries all.
    static let damage = ProcessInfo.processInfo.environment["ANNAL_DAMAGE"]
    static let seed = number("ANNAL_SEED").map(UInt64.init) ?? UInt64.random(in: 1...999_999)
}
