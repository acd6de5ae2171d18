import Annals
import Definitions
import TestSupport
import Testing

@testable import Daemon

/// The annotated configuration that is installed, held against the settings.
@Suite struct ConfigurationFileTests {
    private static let file = RepositoryFiles.root + "/Config/annald.yaml"

    @Test func itsValuesAreTheDefaults() throws {
        #expect(try SettingsLoader(file: Self.file).load().settings == Settings())
    }

    @Test func theDefinitionsBesideItAreRead() throws {
        let definitions = try SettingsLoader(file: Self.file).load().definitions
        #expect(definitions.datasets.map(\.dataset.slug) == ["net-migration-between-counties"])
    }
}
