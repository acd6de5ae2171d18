import Foundation

/// What strace writes about the daemon.
enum Tracing {
    /// One system call, in the order in which it came back.
    struct Call: Sendable {
        var name: String
        var line: String
    }

    /// Whether strace may trace here; says so where it may not.
    static func works() async -> Bool {
        // No strace, or no right to trace: the answer is no either way.
        let answer = try? await Answer.of("strace", ["-f", "-o", "/dev/null", "true"])
        guard answer?.code != 0 else { return true }
        print("Skipped: strace can't trace here: \(answer?.errors ?? "there is no strace")")
        return false
    }

    /// How many syncs have come back so far.
    static func syncs(in trace: String) -> Int { calls(in: trace).count { $0.name == "fdatasync" } }

    /// The calls of all threads; one that was interrupted stands where it was resumed.
    static func calls(in trace: String) -> [Call] {
        // Nothing was traced yet.
        guard let text = try? String(contentsOfFile: trace, encoding: .utf8) else { return [] }
        var begun: [Substring: Substring] = [:]
        var calls: [Call] = []
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            let thread = line[..<space]
            let rest = line[space...].drop { $0 == " " }
            if rest.hasSuffix("<unfinished ...>") {
                begun[thread] = rest.dropLast("<unfinished ...>".count)
            } else if rest.hasPrefix("<... "), let end = rest.range(of: " resumed>") {
                let whole = (begun.removeValue(forKey: thread) ?? "") + rest[end.upperBound...]
                calls.append(Call(name: String(whole.prefix { $0 != "(" }), line: String(whole)))
            } else if rest.contains("(") {
                calls.append(Call(name: String(rest.prefix { $0 != "(" }), line: String(rest)))
            }
        }
        return calls
    }
}
