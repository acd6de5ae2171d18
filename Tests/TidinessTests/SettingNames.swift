/// The check that the annotated configuration and the settings of the daemon know the same keys.
enum SettingNames {
    /// Keys of one that the other lacks.
    ///
    /// - Parameters:
    ///   - configuration: `Config/annald.yaml`; a key may stand in a comment (`# admin_group: annal-admin`).
    ///   - source: The Swift file that makes each key by name: `seconds("settle_seconds", …)`, `SettingKey(name: "socket"`.
    /// - Returns: Those that the settings don't know, and those that the configuration doesn't explain.
    static func offences(configuration: TextFile, source: TextFile) -> [Offence] {
        let written = names(configuration, /^(?:# )?([a-z_]+):(?:\s|$)/)
        let known = names(source, /(?:\(|\bname: )"([a-z][a-z_]*)"/)
        let unknown = written.filter { name, _ in known[name] == nil }
            .map { Offence(path: configuration.path, line: $1, message: "\(source.name) has no key \($0)") }
        let missing = known.filter { name, _ in written[name] == nil }
            .map { Offence(path: source.path, line: $1, message: "\(configuration.name) has no key \($0)") }
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
