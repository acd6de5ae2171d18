import Glibc

/// Groups of users, by name.
enum Group {
    /// The number of a group; nil where there is none of that name.
    ///
    /// Source: getgrnam_r(3).
    static func number(_ name: String) -> gid_t? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var capacity = 16_384
        while true {
            var space = [CChar](repeating: 0, count: capacity)
            let code = getgrnam_r(name, &entry, &space, space.count, &found)
            // A group may have any number of members.
            guard code == ERANGE, capacity < 16 << 20 else { return found == nil ? nil : entry.gr_gid }
            capacity *= 4
        }
    }
}

extension SettingsLoader {
    /// Looks whether the groups that the settings name are there.
    ///
    /// - Parameters:
    ///   - settings: As resolved.
    ///   - text: The configuration file's text, for the line.
    /// - Throws: `SettingsError` for the first that isn't.
    func checkGroups(_ settings: Settings, text: String?) throws(SettingsError) {
        for (key, name) in [("socket_group", settings.socketGroup), ("admin_group", settings.adminGroup)] {
            guard let name, Group.number(name) == nil else { continue }
            throw SettingsError(
                place: place(of: key, text: text), message: "`\(key)` can't be `\(name)`: there is no such group",
                remedy: "Create it (groupadd --system \(name)), or leave the key out.")
        }
    }
}
