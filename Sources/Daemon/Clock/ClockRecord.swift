import StableStorage

/// What a run leaves behind about the clock, in `clock` of the state directory: four lines for people and the next run.
struct ClockRecord: Hashable, Sendable {
    /// Of the boot in which the offset was taken; nil where the system doesn't tell.
    var bootID: String?
    /// Microseconds from the time since boot to the time of day, as trusted.
    var offset: Int64
    /// The last time of day that was trusted, in microseconds since 1970.
    var seen: Int64
    /// Whether commits were held.
    var isHeld: Bool

    static let fileName = "clock"
    private static let heading = "annal clock 1"
    private static let maximumBytes = 4096
    /// Microseconds of some ten thousand years: nothing beyond was written by a daemon, and sums of less don't overflow.
    private static let sane: Range<Int64> = -(1 << 58)..<(1 << 58)

    init(bootID: String?, offset: Int64, seen: Int64, isHeld: Bool) {
        self.bootID = bootID
        self.offset = offset
        self.seen = seen
        self.isHeld = isHeld
    }

    /// Reads what ``text`` writes; nil for anything else.
    init?(_ text: String) {
        let lines = text.split(separator: "\n")
        guard lines.first.map(String.init) == Self.heading else { return nil }
        var fields: [Substring: Substring] = [:]
        for line in lines.dropFirst() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { return nil }
            fields[words[0]] = words[1]
        }
        guard let boot = fields["boot"], let offset = fields["offset"].flatMap({ Int64($0) }),
            let seen = fields["seen"].flatMap({ Int64($0) }), let held = fields["held"], ["yes", "no"].contains(held),
            Self.sane.contains(offset), Self.sane.contains(seen)
        else { return nil }
        self.init(bootID: boot == "unknown" ? nil : String(boot), offset: offset, seen: seen, isHeld: held == "yes")
    }

    var text: String {
        """
        \(Self.heading)
        boot \(bootID ?? "unknown")
        offset \(offset)
        seen \(seen)
        held \(isHeld ? "yes" : "no")

        """
    }

    /// What lies in a directory; nil where nothing does, or nothing that can be read as one.
    ///
    /// - Throws: `StorageError` where the file is there and can't be read.
    static func read(from directory: any Directory) throws(StorageError) -> ClockRecord? {
        try file(in: directory).read().flatMap { String(validating: $0, as: UTF8.self) }.flatMap { ClockRecord($0) }
    }

    /// Puts it in the place of the one before, whole.
    ///
    /// - Throws: `StorageError`; the one before is there still.
    func write(to directory: any Directory) throws(StorageError) {
        try Self.file(in: directory).replace(with: text)
    }

    private static func file(in directory: any Directory) -> SmallFile {
        SmallFile(fileName, in: directory, maximumBytes: maximumBytes)
    }
}
