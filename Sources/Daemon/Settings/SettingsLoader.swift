import Definitions
import Yams

/// Where settings come from: flags win over the environment, that over the file, and the file over the defaults.
///
/// The whole file is read and checked at each load, so that a reload either takes all of it or nothing.
package struct SettingsLoader: Sendable {
    /// The configuration file's path; nil where there is none, and the defaults stand.
    package var file: String?
    /// Values of flags by key: `["inbox": "/srv/inbox"]`.
    package var flags: [String: String]
    /// The environment, whole; only `ANNALD_…` is looked at.
    package var environment: [String: String]

    package init(file: String?, flags: [String: String] = [:], environment: [String: String] = [:]) {
        self.file = file
        self.flags = flags
        self.environment = environment
    }

    /// Resolves the settings.
    ///
    /// - Parameter text: The configuration file's text, or nil where there is none.
    /// - Returns: Settings in which every value is allowed.
    /// - Throws: `SettingsError` naming the first place with an unknown key, or a value that is not allowed.
    package func resolve(text: String?) throws(SettingsError) -> Settings {
        var settings = Settings()
        if let text { try apply(yaml: text, to: &settings) }
        for (variable, value) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix("ANNALD_") {
            guard let key = SettingKey.all.first(where: { $0.variable == variable }) else {
                throw unknown(variable, at: variable, known: SettingKey.all.map(\.variable))
            }
            try set(key, to: value, at: variable, in: &settings)
        }
        for key in SettingKey.all {
            if let value = flags[key.name] { try set(key, to: value, at: "--\(key.name)", in: &settings) }
        }
        return settings
    }

    private func apply(yaml text: String, to settings: inout Settings) throws(SettingsError) {
        let name = file ?? "configuration"
        guard let root = try parse(text, name: name) else { return }
        guard let mapping = root.mapping else {
            throw SettingsError(
                place: name, message: "not a list of keys and values", remedy: "Write one `key: value` a line.")
        }
        var seen: Set<String> = []
        for (keyNode, valueNode) in mapping {
            let place = "\(name):\(keyNode.mark?.line ?? 0)"
            let keyName = keyNode.string ?? "?"
            guard let key = SettingKey.all.first(where: { $0.name == keyName }) else {
                throw unknown(keyName, at: place, known: SettingKey.all.map(\.name))
            }
            guard seen.insert(keyName).inserted else {
                throw SettingsError(place: place, message: "`\(keyName)` stands twice", remedy: "Keep one of them.")
            }
            guard let value = valueNode.scalar?.string else {
                throw SettingsError(
                    place: place, message: "`\(keyName)` is not a single value", remedy: "Allowed: \(key.allowed).")
            }
            try set(key, to: value, at: place, in: &settings)
        }
    }

    /// The document's root, or nil where it holds nothing.
    private func parse(_ text: String, name: String) throws(SettingsError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch {
            throw Self.error(error, in: text, name: name)
        }
    }

    /// What is wrong and in which line; the text itself is nobody's to read in a log.
    private static func error(_ error: any Error, in text: String, name: String) -> SettingsError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return SettingsError(
                place: "\(name):\(mark.line)", message: "not valid YAML: \(problem)", remedy: "Correct that line.")
        case .duplicatedKeysInMapping(let keys, _):
            let key = keys.sorted().first ?? "?"
            let lines = RepeatedKey.lines(of: key, in: text)
            return SettingsError(
                place: lines.last.map { "\(name):\($0)" } ?? name,
                message: "`\(key)` stands twice" + (lines.count > 1 ? ", in line \(lines[0]) as well" : ""),
                remedy: "Keep one of them.")
        case .reader(let problem, _, _, _):
            return SettingsError(place: name, message: "not valid YAML: \(problem)", remedy: "Write it in UTF-8.")
        default: return SettingsError(place: name, message: "not valid YAML", remedy: "Correct it.")
        }
    }

    /// Where the value of a key that has no flag comes from.
    func place(of key: String, text: String?) -> String {
        let variable = SettingKey.all.first { $0.name == key }?.variable
        if let variable, environment[variable] != nil { return variable }
        let line = text.flatMap { RepeatedKey.lines(of: key, in: $0).last }
        return (file ?? "configuration") + (line.map { ":\($0)" } ?? "")
    }

    private func set(
        _ key: SettingKey, to value: String, at place: String, in settings: inout Settings
    ) throws(SettingsError) {
        guard key.apply(value, &settings) else {
            throw SettingsError(
                place: place, message: "`\(key.name)` can't be `\(value)`", remedy: "Allowed: \(key.allowed).")
        }
    }

    private func unknown(_ name: String, at place: String, known: [String]) -> SettingsError {
        SettingsError(
            place: place, message: "no setting is called `\(name)`",
            remedy: "Known: \(known.joined(separator: ", ")).")
    }
}
