/// A small file of a directory: read whole, and put whole in the place of the one before.
package struct SmallFile: Sendable {
    private let directory: any Directory
    private let name: String
    /// More is not read.
    private let maximumBytes: Int

    package init(_ name: String, in directory: any Directory, maximumBytes: Int) {
        self.name = name
        self.directory = directory
        self.maximumBytes = maximumBytes
    }

    /// What stands in it, up to as many bytes as it may have; nil where it isn't there.
    package func read() throws(StorageError) -> [UInt8]? {
        let file: any File
        do throws(StorageError) {
            file = try directory.open(name, mode: .read)
        } catch  where error.isNotFound {
            return nil
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: maximumBytes, alignment: 1)
        defer { buffer.deallocate() }
        let count = try file.read(into: buffer, at: 0)
        return Array(buffer.prefix(count))
    }

    /// Puts other content in its place, durable when it returns.
    ///
    /// - Throws: The content before is there still.
    package func replace(with text: String) throws(StorageError) {
        let fresh = name + ".new"
        try remove(fresh)
        let file = try directory.open(fresh, mode: .create)
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        defer { bytes.deallocate() }
        bytes.copyBytes(from: text.utf8)
        try file.write([UnsafeRawBufferPointer(bytes)], at: 0)
        try file.sync()
        try directory.rename(fresh, to: name)
        try directory.sync()
    }

    /// Removes it, where it is there.
    package func remove() throws(StorageError) { try remove(name) }

    private func remove(_ name: String) throws(StorageError) {
        do throws(StorageError) { try directory.remove(name) } catch  where error.isNotFound {}
    }
}
