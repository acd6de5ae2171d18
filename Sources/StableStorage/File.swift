/// An open file: positioned reads and writes, no cursor, so that any thread may use it.
///
/// It is closed when the last reference to it goes.
package protocol File: Sendable {
    /// For messages.
    var path: String { get }

    /// In bytes.
    func size() throws(StorageError) -> Int

    /// Fills the buffer from `offset` on.
    ///
    /// - Returns: The number of bytes read, less than asked for only where the file ends.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int

    /// Writes the pieces one after another, all of them or an error; not durable before `sync`.
    ///
    /// - Parameters:
    ///   - pieces: Valid during the call; any number, of any length.
    ///   - offset: Of the first byte of the first piece.
    /// - Throws: After which nobody knows what of it was written.
    func write(_ pieces: [UnsafeRawBufferPointer], at offset: Int) throws(StorageError)

    /// Makes everything durable that was written, and the size (`fdatasync`).
    func sync() throws(StorageError)

    /// Allocates room up to `end`, growing the file with zeros.
    ///
    /// Later writes before `end` find their room. The part from `zeroedFrom` on is written with zeros rather than only
    /// allocated, so that a sync after small writes there has no metadata to write.
    ///
    /// - Throws: `isLackOfRoom` where there isn't as much; the file keeps its content, its size may have grown.
    func reserve(upTo end: Int, zeroedFrom: Int) throws(StorageError)

    /// Whether the file still has a name: false once somebody removed it, whereupon nothing in it outlives this process.
    func isLinked() throws(StorageError) -> Bool

    /// Cuts or grows the file; not durable before `sync`.
    func truncate(to size: Int) throws(StorageError)
}
