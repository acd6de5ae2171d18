import Glibc
package import Definitions
package import Reading

/// Everything that a start or a reload reads: settings, and the definitions that lie beside them.
package struct Configuration: Sendable {
    package var settings: Settings
    package var definitions: Definitions

    /// Whether files are read as under another one: what was examined under that stands.
    func reads(as other: Configuration) -> Bool {
        definitions.sources == other.definitions.sources && settings.readingLimits == other.settings.readingLimits
            && settings.readerOptions == other.settings.readerOptions
    }
}

/// Why a configuration can't be used; a running daemon keeps the one it has.
package enum ConfigurationError: Error, CustomStringConvertible {
    case unreadable(UnreadableText)
    case settings(SettingsError)
    case definitions(DefinitionFolder.Failure)
    case places(PlaceConflict)

    package var description: String {
        switch self {
        case .unreadable(let error): "\(error)"
        case .settings(let error): "\(error)"
        case .definitions(let error): "\(error)"
        case .places(let error): "\(error)"
        }
    }
}

extension SettingsLoader {
    /// Where the configuration lies when nobody says otherwise.
    package static let standardFile = "/etc/annal/annald.yaml"

    /// Reads the configuration file, if there is one, and the definitions beside it.
    ///
    /// - Throws: `ConfigurationError` for the first thing that is not right; nothing is taken half.
    package func load() throws(ConfigurationError) -> Configuration {
        var text: String?
        if let file {
            do throws(UnreadableText) { text = try TextFile.read(file) } catch { throw .unreadable(error) }
        }
        let settings: Settings
        do throws(SettingsError) {
            settings = try resolve(text: text)
            try checkGroups(settings, text: text)
        } catch {
            throw .settings(error)
        }
        do throws(PlaceConflict) { try settings.checkPlaces(configuration: file) } catch { throw .places(error) }
        do throws(DefinitionFolder.Failure) {
            let definitions = try DefinitionFolder.load(besideConfiguration: file)
            return Configuration(settings: settings, definitions: definitions)
        } catch {
            throw .definitions(error)
        }
    }
}

extension SettingsLoader {
    /// The standard configuration file, where it exists.
    package static func installedFile() -> String? { access(standardFile, F_OK) == 0 ? standardFile : nil }
}
