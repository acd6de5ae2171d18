import Glibc
package import Logging
import Synchronization

/// Log lines on standard error: one line each, with the journal's priority in front where systemd reads it.
///
/// The level is one for the whole process, so that a reload can change it.
package struct StandardErrorLog: LogHandler {
    private static let sharedLevel = Mutex(Logger.Level.info)

    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let marksPriority: Bool

    /// Makes a handler.
    ///
    /// - Parameter toJournal: Whether the lines end in systemd's journal; then `<6>` and the like stand in front.
    package init(toJournal: Bool) { marksPriority = toJournal }

    /// Changes the level of all loggers.
    package static func setLevel(_ level: Logger.Level) { sharedLevel.withLock { $0 = level } }

    package var logLevel: Logger.Level {
        get { Self.sharedLevel.withLock { $0 } }
        // A logger of a library must not change everybody's level.
        set {}
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, specific in specific }
        let tail = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let head = marksPriority ? "<\(Self.priority(of: event.level))>" : "annald \(event.level): "
        let error = event.error.map { ": \($0)" } ?? ""
        LogOutlet.standardError.say(head + Self.oneLine("\(event.message)\(error)\(tail)"))
    }

    /// A line without characters that could start another one or move a terminal's cursor.
    private static func oneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .control {
                line += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// Source: syslog(3), sd-daemon(3).
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
