import StableStorage

/// Which commits' files could not be moved, in `unfiled` of the state directory: the numbers of their first entries, for
/// the next start.
///
/// It is there only while there are any. Without it a file is known still by its change time, as long as nobody has
/// changed its mode or owner.
struct UnfiledRecord {
    static let fileName = "unfiled"
    private static let heading = "annal unfiled 1"
    /// Far more than anybody leaves lying.
    private static let mostNumbers = 10_000
    private static let maximumBytes = 20 * (mostNumbers + 1)

    private let file: SmallFile

    init(directory: any Directory) {
        file = SmallFile(Self.fileName, in: directory, maximumBytes: Self.maximumBytes)
    }

    /// What an earlier run left there.
    ///
    /// - Throws: `StorageError` where it is there and can't be read.
    func read() throws(StorageError) -> [UInt64] {
        guard let bytes = try file.read() else { return [] }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.first.map(String.init) == Self.heading else { return [] }
        return lines.dropFirst().compactMap { UInt64($0) }
    }

    /// Puts these in the place of those before, whole; none removes it.
    ///
    /// - Throws: `StorageError`; those before are there still.
    func write(_ numbers: [UInt64]) throws(StorageError) {
        guard !numbers.isEmpty else { return try file.remove() }
        try file.replace(with: Self.heading + "\n" + numbers.suffix(Self.mostNumbers).map { "\($0)\n" }.joined())
    }
}
