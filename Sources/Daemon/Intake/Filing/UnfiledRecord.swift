import StableStorage

/// Which commits' files could not be moved, in `unfiled` of the state directory: the numbers of their first entries, for
/// the next start.
///
/// It is there only while there are any. Without it a file is known still by its change time, as long as nobody has
/// changed its mode or owner.
struct UnfiledRecord {
    static let fileName = "unfiled"
    private static let freshName = "unfiled.new"
    private static let heading = "annal unfiled 1"
    /// Far more than anybody leaves lying.
    private static let mostNumbers = 10_000
    private static let maximumBytes = 20 * (mostNumbers + 1)

    let directory: any Directory

    /// What an earlier run left there.
    ///
    /// - Throws: `StorageError` where it is there and can't be read.
    func read() throws(StorageError) -> [UInt64] {
        let file: any File
        do throws(StorageError) {
            file = try directory.open(Self.fileName, mode: .read)
        } catch  where error.isNotFound {
            return []
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.maximumBytes, alignment: 1)
        defer { buffer.deallocate() }
        let count = try file.read(into: buffer, at: 0)
        let lines = String(decoding: buffer.prefix(count), as: UTF8.self).split(separator: "\n")
        guard lines.first.map(String.init) == Self.heading else { return [] }
        return lines.dropFirst().compactMap { UInt64($0) }
    }

    /// Puts these in the place of those before, whole; none removes it.
    ///
    /// - Throws: `StorageError`; those before are there still.
    func write(_ numbers: [UInt64]) throws(StorageError) {
        guard !numbers.isEmpty else { return try remove(Self.fileName) }
        try remove(Self.freshName)
        let file = try directory.open(Self.freshName, mode: .create)
        let text = Self.heading + "\n" + numbers.suffix(Self.mostNumbers).map { "\($0)\n" }.joined()
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        defer { bytes.deallocate() }
        bytes.copyBytes(from: text.utf8)
        try file.write([UnsafeRawBufferPointer(bytes)], at: 0)
        try file.sync()
        try directory.rename(Self.freshName, to: Self.fileName)
        try directory.sync()
    }

    private func remove(_ name: String) throws(StorageError) {
        do throws(StorageError) { try directory.remove(name) } catch  where error.isNotFound {}
    }
}
