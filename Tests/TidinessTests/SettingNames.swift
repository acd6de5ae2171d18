/// The check that what explains the settings to people and the daemon itself know the same keys.
enum SettingNames {
    /// A text in which every key is explained, and how a key is written in it.
    struct Explanation {
        let file: TextFile
        let key: Regex<(Substring, Substring)>

        /// `Config/annald.yaml`; a key may stand in a comment (`# admin_group: annal-admin`).
        static func configuration(_ file: TextFile) -> Explanation {
            Explanation(file: file, key: /^(?:# )?([a-z_]+):(?:\s|$)/)
        }

        /// A manual page; a key is an item: `.It Cm inbox`.
        static func manual(_ file: TextFile) -> Explanation {
            Explanation(file: file, key: /^\.It Cm ([a-z_]+)$/)
        }
    }

    /// Keys of one that the other lacks.
    ///
    /// - Parameters:
    ///   - explanation: What people read.
    ///   - source: The Swift file that makes each key by name: `seconds("settle_seconds", …)`, `SettingKey(name: "socket"`.
    /// - Returns: Those that the settings don't know, and those that are not explained.
    static func offences(_ explanation: Explanation, source: TextFile) -> [Offence] {
        let file = explanation.file
        let written = names(file, explanation.key)
        let known = names(source, /(?:\(|\bname: )"([a-z][a-z_]*)"/)
        let unknown = written.filter { name, _ in known[name] == nil }
            .map { Offence(path: file.path, line: $1, message: "\(source.name) has no key \($0)") }
        let missing = known.filter { name, _ in written[name] == nil }
            .map { Offence(path: source.path, line: $1, message: "\(file.name) has no key \($0)") }
        return (unknown + missing).sorted { ($0.path, $0.line ?? 0) < ($1.path, $1.line ?? 0) }
    }

    /// Each name with the first line that has it.
    private static func names(_ file: TextFile, _ pattern: Regex<(Substring, Substring)>) -> [String: Int] {
        var found: [String: Int] = [:]
        for (index, line) in file.lines.enumerated() {
            for match in line.matches(of: pattern) where found[String(match.1)] == nil {
                found[String(match.1)] = index + 1
            }
        }
        return found
    }
}
