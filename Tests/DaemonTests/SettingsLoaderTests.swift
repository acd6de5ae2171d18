import Logging
import Testing

@testable import Daemon

@Suite struct SettingsLoaderTests {
    private func loader(flags: [String: String] = [:], _ environment: [String: String] = [:]) -> SettingsLoader {
        SettingsLoader(file: "annald.yaml", flags: flags, environment: environment)
    }

    private func error(
        in text: String?, flags: [String: String] = [:], _ environment: [String: String] = [:]
    ) throws -> SettingsError {
        try #require(throws: SettingsError.self) {
            try loader(flags: flags, environment).resolve(text: text)
        }
    }

    @Test func nothingGivesTheDefaults() throws {
        #expect(try loader().resolve(text: nil) == Settings())
        #expect(try loader().resolve(text: "") == Settings())
        #expect(try loader().resolve(text: "# only a comment\n") == Settings())
    }

    @Test func everyKeyOfAFileIsTaken() throws {
        let settings = try loader().resolve(
            text: """
                inbox: /a
                state: /b
                socket: /c
                socket_group: d
                admin_group: e
                connections: 3
                settle_seconds: 0.5
                rescan_seconds: 7
                file_bytes: 8
                line_bytes: 9000
                cells: 10
                categories: 11
                cache_bytes: 12
                segment_bytes: 131072
                log_level: debug
                """)
        var expected = Settings()
        expected.inbox = "/a"
        expected.state = "/b"
        expected.socket = "/c"
        expected.socketGroup = "d"
        expected.adminGroup = "e"
        expected.connections = 3
        expected.settleSeconds = 0.5
        expected.rescanSeconds = 7
        expected.fileBytes = 8
        expected.lineBytes = 9000
        expected.cells = 10
        expected.categories = 11
        expected.cacheBytes = 12
        expected.segmentBytes = 131_072
        expected.logLevel = .debug
        #expect(settings == expected)
    }

    @Test func flagsOverEnvironmentOverFile() throws {
        let file = "inbox: /file\nstate: /file\nsocket: /file\n"
        let environment = ["ANNALD_STATE": "/environment", "ANNALD_SOCKET": "/environment", "PATH": "/bin"]
        let settings = try loader(flags: ["socket": "/flag"], environment).resolve(text: file)
        #expect(settings.inbox == "/file")
        #expect(settings.state == "/environment")
        #expect(settings.socket == "/flag")
    }

    @Test func anUnknownKeyIsNamedWithItsLine() throws {
        let error = try error(in: "inbox: /a\n\nsettel_seconds: 1\n")
        #expect(error.place == "annald.yaml:3")
        #expect(error.message.contains("settel_seconds"))
        #expect(error.remedy.contains("settle_seconds"))
    }

    @Test func aBadValueIsNamedWithItsLineAndWhatIsAllowed() throws {
        let error = try error(in: "cells: many\n")
        #expect(error.place == "annald.yaml:1")
        #expect(error.message.contains("cells") && error.message.contains("many"))
        #expect(error.remedy.contains("200000000"))
    }

    @Test func aKeyTwiceIsNamedWithItsLines() throws {
        let error = try error(in: "# secret: 1\ncells: 1\n\nlog_level: info\n\"cells\" : 2\n")
        #expect(error.place == "annald.yaml:5")
        #expect(error.message == "`cells` stands twice, in line 2 as well")
        #expect(!error.description.contains("secret"))
    }

    /// A file of settings may hold what isn't for everybody's eyes, and a log isn't the place to read it.
    @Test(arguments: ["secret: 1\ninbox: [\n", "secret: 1\na: b: c\n", "secret: 1\n\tx\n", "secret: '\n"])
    func brokenYAMLIsNamedByItsLineAndNotPrinted(_ text: String) throws {
        let error = try error(in: text)
        #expect(error.place.hasPrefix("annald.yaml:"))
        #expect(!error.description.contains("secret"))
    }

    @Test(arguments: ["- a\n- b\n", "just text\n", "inbox: [/a, /b]\n", "inbox: {a: b}\n", "inbox: [\n", "a: b: c\n"])
    func whatIsNoListOfKeysAndValues(_ text: String) throws {
        let error = try error(in: text)
        #expect(error.place.hasPrefix("annald.yaml"))
        #expect(!error.remedy.isEmpty)
    }

    @Test func aKeyWithoutAValueIsNoValue() throws {
        let error = try error(in: "log_level:\n")
        #expect(error.message.contains("log_level"))
    }

    @Test func theEnvironmentIsCheckedToo() throws {
        #expect(try error(in: nil, ["ANNALD_CELLS": "0"]).place == "ANNALD_CELLS")
        let unknown = try error(in: nil, ["ANNALD_CELS": "1"])
        #expect(unknown.place == "ANNALD_CELS")
        #expect(unknown.remedy.contains("ANNALD_CELLS"))
        #expect(try loader(flags: [:], ["ANNAL_BIN": "x", "annald_cells": "x"]).resolve(text: nil) == Settings())
    }

    @Test func flagsAreCheckedToo() throws {
        #expect(try error(in: nil, flags: ["inbox": "relative"]).place == "--inbox")
    }

    /// A value that is overruled is checked all the same: it would bite when the flag goes.
    @Test func anOverruledValueIsStillChecked() throws {
        #expect(try error(in: "inbox: relative\n", flags: ["inbox": "/good"]).place == "annald.yaml:1")
    }

    @Test func anErrorReadsAsASentence() throws {
        let error = try error(in: "cells: many\n")
        #expect(error.description == "annald.yaml:1: `cells` can't be `many`. \(error.remedy)")
    }
}
