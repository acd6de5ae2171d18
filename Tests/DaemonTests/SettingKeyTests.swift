import Testing

@testable import Daemon

@Suite struct SettingKeyTests {
    private func key(_ name: String) throws -> SettingKey { try #require(SettingKey.all.first { $0.name == name }) }

    private func accepts(_ name: String, _ value: String) throws -> Bool {
        var settings = Settings()
        let accepted = try key(name).apply(value, &settings)
        #expect(accepted || settings == Settings(), "what is refused changes nothing")
        return accepted
    }

    @Test func namesAreUniqueAndVariablesFollowThem() throws {
        #expect(Set(SettingKey.all.map(\.name)).count == SettingKey.all.count)
        #expect(try key("settle_seconds").variable == "ANNALD_SETTLE_SECONDS")
        #expect(try key("inbox").variable == "ANNALD_INBOX")
    }

    @Test(arguments: [
        ("inbox", "/a", "a"), ("state", "/", ""), ("socket", "/s", "s"),
        ("socket_group", "annal", ""), ("admin_group", "wheel", ""),
        ("connections", "1", "0"), ("connections", "65536", "65537"),
        ("settle_seconds", "0.05", "0.04"), ("settle_seconds", "3600", "3601"), ("settle_seconds", "2", "nan"),
        ("settle_seconds", "1e0", "inf"), ("settle_seconds", "0.2", "-1"), ("settle_seconds", "1.5", "1,5"),
        ("settle_seconds", "2", "0x2"),
        ("rescan_seconds", "0.1", "0"), ("rescan_seconds", "86400", "86401"), ("rescan_seconds", "60", "1 m"),
        ("file_bytes", "1", "0"), ("file_bytes", "4294967296", "4294967297"), ("file_bytes", "1024", "1 KiB"),
        ("line_bytes", "1024", "1023"), ("line_bytes", "268435456", "268435457"), ("line_bytes", "4096", "4e3"),
        ("cells", "200000000", "200000001"), ("cells", "1", "-1"),
        ("categories", "10000000", "10000001"), ("categories", "1", "0"),
        ("cache_bytes", "0", "-1"), ("cache_bytes", "1099511627776", "1099511627777"),
        ("cache_bytes", "7", "99999999999999999999"),
        ("segment_bytes", "65536", "65535"), ("segment_bytes", "1073741824", "1073741825"),
        ("segment_bytes", "65537", "1 M"),
        ("log_level", "trace", "loud"), ("log_level", "critical", "CRITICAL"), ("log_level", "notice", ""),
    ])
    func rangesAreKept(_ name: String, _ good: String, _ bad: String) throws {
        #expect(try accepts(name, good))
        #expect(try !accepts(name, bad))
    }

    @Test func aSocketPathHasToFitItsAddress() throws {
        #expect(try accepts("socket", "/" + String(repeating: "s", count: 106)))
        #expect(try !accepts("socket", "/" + String(repeating: "s", count: 107)))
    }

    @Test(arguments: ["inbox", "state", "socket"]) func aPathWithAZeroByteIsNone(_ name: String) throws {
        #expect(try !accepts(name, "/a\0b"))
    }

    @Test func everyKeySaysWhatItAllows() {
        #expect(SettingKey.all.allSatisfy { !$0.allowed.isEmpty })
    }
}
