internal import Glibc
package import Logging
package import Reading
package import TableReading

/// How the daemon runs: the resolved values of `Config/annald.yaml`, where each key is explained.
package struct Settings: Hashable, Sendable {
    package var inbox = "/var/spool/annal/inbox"
    package var state = "/var/lib/annal"
    package var socket = "/run/annal/control.sock"
    /// Group that may open the socket; nil leaves the daemon's own.
    package var socketGroup: String?
    /// Group whose members may change things besides root and the daemon's user.
    package var adminGroup: String?
    /// Most connections to the control socket at once.
    package var connections = 256
    package var settleSeconds = 2.0
    package var rescanSeconds = 60.0
    package var fileBytes = 1 << 30
    package var lineBytes = 16 << 20
    package var cells = 50_000_000
    package var categories = 1_000_000
    /// Processes that read files; 0 reads them in the daemon itself, nil is one a processor.
    package var readerWorkers: Int?
    /// Memory of each.
    package var readerBytes = 4 << 30
    /// How long one may take for one file.
    package var readerSeconds = 300
    package var cacheBytes = 256 << 20
    package var segmentBytes = 64 << 20
    package var logLevel = Logger.Level.info

    package init() {}

    /// Names of the keys in which two settings differ and that take effect only at the next start.
    package func needingRestart(against running: Settings) -> [String] {
        var names: [String] = []
        if inbox != running.inbox { names.append("inbox") }
        if state != running.state { names.append("state") }
        if socket != running.socket { names.append("socket") }
        if socketGroup != running.socketGroup { names.append("socket_group") }
        if adminGroup != running.adminGroup { names.append("admin_group") }
        if connections != running.connections { names.append("connections") }
        if readerCount != running.readerCount { names.append("reader_workers") }
        if rescanSeconds != running.rescanSeconds { names.append("rescan_seconds") }
        if cacheBytes != running.cacheBytes { names.append("cache_bytes") }
        if segmentBytes != running.segmentBytes { names.append("segment_bytes") }
        return names
    }
}

extension Settings {
    /// How many processes read files; 0 where the daemon does it itself.
    package var readerCount: Int { readerWorkers ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// What a file may not exceed.
    package var readingLimits: ReadingLimits {
        ReadingLimits(fileBytes: fileBytes, lineBytes: lineBytes, cells: cells, categories: categories)
    }

    /// What each reader may use.
    package var readerOptions: ReaderPool.Options {
        ReaderPool.Options(memoryByteCount: readerBytes, seconds: readerSeconds)
    }
}

/// Why settings can't be used: which key, where it was set, and what is allowed.
package struct SettingsError: Error, Hashable, CustomStringConvertible {
    /// `annald.yaml:12`, `ANNALD_INBOX`, `--inbox`.
    package var place: String
    package var message: String
    package var remedy: String

    package var description: String { "\(place): \(message). \(remedy)" }
}
