import Archive
import Glibc

/// What is fuzzed: each takes any bytes and returns, and what it accepts it can read back.
enum FuzzPart: String, CaseIterable {
    case frames, commits, examined, sidecars, definitions, queries, files

    /// The one that the environment names: libFuzzer has the arguments to itself.
    static let chosen: FuzzPart = {
        let name = getenv("ANNAL_FUZZ_PART").map { String(cString: $0) } ?? ""
        guard let part = FuzzPart(rawValue: name) else {
            print("ANNAL_FUZZ_PART is one of: " + allCases.map(\.rawValue).joined(separator: " "))
            exit(64)
        }
        return part
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .frames: FrameFuzzer.run(bytes)
        case .commits: hold(CommitRoundTrip(bytes) != .differs, "a commit reads as it was read")
        case .examined: ExaminedFuzzer.run(bytes)
        case .sidecars: TextFuzzers.sidecar(bytes)
        case .definitions: TextFuzzers.definition(bytes)
        case .queries: TextFuzzers.query(bytes)
        case .files: FileFuzzer.run(bytes)
        }
    }
}

/// Traps where something doesn't hold, in release builds too.
func hold(_ condition: Bool, _ rule: @autoclosure () -> String) {
    if !condition { fatalError("doesn't hold: " + rule()) }
}

/// What bytes give, or nil where they are refused.
func attempt<Answer, Failure: Error>(_ body: () throws(Failure) -> Answer) -> Answer? {
    do { return try body() } catch { return nil }
}

/// Takes an input apart, from the front.
struct InputBytes {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    /// 0 at the end.
    mutating func byte() -> Int { Int(rest.popFirst() ?? 0) }

    /// Two bytes, the low one first.
    mutating func word() -> Int { byte() | byte() << 8 }

    /// So many bytes, or what is left.
    mutating func take(_ count: Int = .max) -> [UInt8] {
        let taken = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        return taken
    }
}
