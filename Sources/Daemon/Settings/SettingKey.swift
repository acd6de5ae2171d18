import Logging

/// One key of the configuration: its name, what it allows, and where its value goes.
struct SettingKey: Sendable {
    let name: String
    /// The allowed values in words, for errors.
    let allowed: String
    /// Puts a value into the settings; false where it is not allowed.
    let apply: @Sendable (String, inout Settings) -> Bool

    /// The environment variable that sets it.
    var variable: String { "ANNALD_" + name.uppercased() }

    static let all: [SettingKey] = [
        path("inbox", \.inbox),
        path("state", \.state),
        SettingKey(name: "socket", allowed: "an absolute path of at most 107 bytes") { text, settings in
            guard text.hasPrefix("/"), text.utf8.count <= 107, !text.utf8.contains(0) else { return false }
            settings.socket = text
            return true
        },
        optionalName("socket_group", \.socketGroup),
        optionalName("admin_group", \.adminGroup),
        number("connections", 1...65_536, \.connections),
        seconds("settle_seconds", 0.05...3600, \.settleSeconds),
        seconds("rescan_seconds", 0.1...86_400, \.rescanSeconds),
        number("file_bytes", 1...(4 << 30), \.fileBytes),
        number("line_bytes", 1024...(256 << 20), \.lineBytes),
        number("cells", 1...200_000_000, \.cells),
        number("categories", 1...10_000_000, \.categories),
        SettingKey(name: "reader_workers", allowed: "a whole number from 0 to 64") { text, settings in
            guard let value = Int(text), (0...64).contains(value) else { return false }
            settings.readerWorkers = value
            return true
        },
        number("reader_bytes", (64 << 20)...(1 << 40), \.readerBytes),
        number("reader_seconds", 1...86_400, \.readerSeconds),
        number("cache_bytes", 0...(1 << 40), \.cacheBytes),
        number("segment_bytes", (64 << 10)...(1 << 30), \.segmentBytes),
        SettingKey(
            name: "log_level", allowed: "one of " + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        ) { text, settings in
            guard let level = Logger.Level(rawValue: text) else { return false }
            settings.logLevel = level
            return true
        },
    ]

    private static func path(_ name: String, _ target: any WritableKeyPath<Settings, String> & Sendable) -> SettingKey {
        SettingKey(name: name, allowed: "an absolute path") { text, settings in
            guard text.hasPrefix("/"), !text.utf8.contains(0) else { return false }
            settings[keyPath: target] = text
            return true
        }
    }

    private static func optionalName(
        _ name: String, _ target: any WritableKeyPath<Settings, String?> & Sendable
    ) -> SettingKey {
        SettingKey(name: name, allowed: "the name of a group") { text, settings in
            guard !text.isEmpty else { return false }
            settings[keyPath: target] = text
            return true
        }
    }

    private static func seconds(
        _ name: String, _ range: ClosedRange<Double>, _ target: any WritableKeyPath<Settings, Double> & Sendable
    ) -> SettingKey {
        SettingKey(name: name, allowed: "seconds from \(range.lowerBound) to \(range.upperBound)") { text, settings in
            // Not `0x10`, which is a number to the standard library.
            guard !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }), let value = Double(text),
                range.contains(value)
            else {
                return false
            }
            settings[keyPath: target] = value
            return true
        }
    }

    private static func number(
        _ name: String, _ range: ClosedRange<Int>, _ target: any WritableKeyPath<Settings, Int> & Sendable
    ) -> SettingKey {
        SettingKey(name: name, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
            text, settings in
            guard let value = Int(text), range.contains(value) else { return false }
            settings[keyPath: target] = value
            return true
        }
    }
}
