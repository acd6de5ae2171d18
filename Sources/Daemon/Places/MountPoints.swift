import Glibc

/// Where file systems, and parts of them, are mounted.
enum MountPoints {
    /// The paths of all mount points that this process sees; none where the system doesn't tell.
    ///
    /// Source: proc(5), /proc/PID/mountinfo.
    static func all() -> [String] {
        guard let file = fopen("/proc/self/mountinfo", "re") else { return [] }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        var points: [String] = []
        while getline(&line, &capacity, file) > 0, let text = line {
            if let point = point(of: String(cString: text)) { points.append(point) }
        }
        return points
    }

    /// The mount point that a line tells of, which is its fifth field.
    static func point(of line: String) -> String? {
        let fields = line.split(separator: " ")
        guard fields.count > 4 else { return nil }
        return String(decoding: unescaped(Array(fields[4].utf8)), as: UTF8.self)
    }

    /// Blanks, tabs, line ends and backslashes stand there as `\040` and the like.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = Int(String(decoding: digits, as: UTF8.self), radix: 8),
                let escaped = UInt8(exactly: code)
            {
                result.append(escaped)
                rest = rest.dropFirst(3)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
