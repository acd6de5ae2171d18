import Logging
import Testing

@testable import Daemon

@Suite struct SettingsTests {
    @Test func defaultsAreThoseOfThePage() {
        let settings = Settings()
        #expect(settings.inbox == "/var/spool/annal/inbox")
        #expect(settings.state == "/var/lib/annal")
        #expect(settings.socket == "/run/annal/control.sock")
        #expect(settings.settleSeconds == 2)
        #expect(settings.rescanSeconds == 60)
        #expect(settings.fileBytes == 1 << 30)
        #expect(settings.lineBytes == 16 << 20)
        #expect(settings.cells == 50_000_000)
        #expect(settings.categories == 1_000_000)
        #expect(settings.logLevel == .info)
        #expect(settings.adminGroup == nil)
    }

    @Test func nothingNeedsARestartWhereNothingDiffers() {
        #expect(Settings().needingRestart(against: Settings()).isEmpty)
    }

    @Test func placesNeedARestart() {
        var settings = Settings()
        settings.inbox = "/srv/inbox"
        settings.state = "/srv/state"
        settings.socket = "/srv/control.sock"
        settings.socketGroup = "annal"
        settings.adminGroup = "admins"
        settings.rescanSeconds = 9
        settings.cacheBytes = 0
        settings.segmentBytes = 1 << 20
        #expect(
            settings.needingRestart(against: Settings())
                == [
                    "inbox", "state", "socket", "socket_group", "admin_group", "rescan_seconds", "cache_bytes",
                    "segment_bytes",
                ])
    }

    @Test func limitsAndTimesDoNot() {
        var settings = Settings()
        settings.settleSeconds = 9
        settings.fileBytes = 9
        settings.lineBytes = 9999
        settings.cells = 9
        settings.categories = 9
        settings.logLevel = .debug
        #expect(settings.needingRestart(against: Settings()).isEmpty)
    }
}
